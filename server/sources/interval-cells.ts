/** What all tables of counts a slot of time have in common. */

/** The column of when a slot begins. */
export const INTERVAL_START = 'interval_start';

/** Larger counts are a mistake in the file. */
const MAX_COUNT = 10_000_000;

/** A count or a sum, or `null` when the text is none. */
export function amountOf(text: string): number | null {
  const amount = text === '' ? NaN : Number(text);
  return amount >= 0 && amount <= MAX_COUNT ? amount : null;
}

/** True where the cell of `imputed` says that whoever kept the file made the counts up. */
export const isImputed = (text: string): boolean => !/^0?$/.test(text);
