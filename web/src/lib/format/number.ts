/** Counts and shares. "—" is no value, 0 is a true zero (rule SL3). */

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thousands separated; "—" for no value. */
export const count = (n: number | null): string => (n === null ? '—' : counts.format(n));

/** A ratio 0–1 as a whole percentage; "—" for no value. */
export const percent = (ratio: number | null): string =>
  ratio === null ? '—' : `${Math.round(ratio * 100)}%`;

/** A small ratio 0–1 with one decimal, as for abandonment; "—" for no value. */
export const finePercent = (ratio: number | null): string =>
  ratio === null ? '—' : `${(Math.round(ratio * 1_000) / 10).toFixed(1)}%`;
