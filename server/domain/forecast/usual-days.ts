/** How usual each day of history was, so that a forgotten holiday does not bend what is learned. */
import { WEEKDAYS } from './calendar.ts';
import type { FilledDay } from './filled-days.ts';
import { at, sum } from './grid.ts';

/** A day of history with how usual it was. */
export interface WeighedDay extends FilledDay {
  /** 1 for a usual day, near 0 for one far from its weekday. */
  weight: number;
}

/** Days further than so many robust standard deviations from their weekday lose most of their weight. */
const UNUSUAL_DEVIATIONS = 3;
/** Totals of one weekday differ by at least this, log ratio: below it nothing is unusual. */
const LEAST_DEVIATION = 0.03;
/** Makes a median deviation comparable with a standard deviation. */
const MEDIAN_TO_SD = 1.4826;
const ROUNDS = 6;
const LEAST_RATIO = 1e-3;

/**
 * Weighs days by how far their total lies from that of their weekday: w = 1 / (1 + (d / 3 s)⁴), d the log ratio,
 * s its robust spread; repeated until it settles.
 */
export function weighDays(days: readonly FilledDay[]): WeighedDay[] {
  let weighed = days.map((day) => ({ ...day, weight: 1 }));
  for (let round = 0; round < ROUNDS; round++) {
    const usual = byWeekday(weighed).map(meanTotal);
    const deviations = weighed.map(({ weekday, total }) => {
      const mean = at(usual, weekday);
      return mean > 0 ? Math.log(Math.max(LEAST_RATIO, total / mean)) : 0;
    });
    const spread = Math.max(LEAST_DEVIATION, MEDIAN_TO_SD * median(deviations.map(Math.abs)));
    weighed = weighed.map((day, index) => ({
      ...day,
      weight: 1 / (1 + (at(deviations, index) / (UNUSUAL_DEVIATIONS * spread)) ** 4),
    }));
  }
  return weighed;
}

/** The days of each weekday, 0 Monday … 6 Sunday. */
export const byWeekday = <D extends { weekday: number }>(days: readonly D[]): D[][] =>
  Array.from({ length: WEEKDAYS }, (_, weekday) => days.filter((day) => day.weekday === weekday));

/** How many usual days these amount to. */
export const weightOf = (days: readonly WeighedDay[]): number => sum(days.map(({ weight }) => weight));

/** Weighted mean of the days' totals; 0 for no days. */
export const meanTotal = (days: readonly WeighedDay[]): number =>
  days.length === 0 ? 0 : sum(days.map(({ total, weight }) => total * weight)) / weightOf(days);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0 ? 0 : (at(sorted, Math.floor(middle)) + at(sorted, Math.ceil(middle) - 1)) / 2;
}
