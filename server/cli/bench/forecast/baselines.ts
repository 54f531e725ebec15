/** What anyone could forecast without a model: the same slots of earlier weeks. */
import { type Calendar, dayKind } from '../../../domain/forecast/calendar.ts';
import type { DayCounts } from '../../../domain/forecast/grid.ts';

const MEAN_OF_WEEKS = 4;
const NO_CALENDAR: Calendar = new Map();

export interface Baselines {
  /** Counts of the same weekday last time. */
  lastWeek: readonly number[];
  /** Mean of the last four days of this weekday. */
  mean4w: readonly number[];
}

/**
 * The baselines of a day from the days before it. Days with holes are passed over; where a weekday has not come yet the
 * latest day stands for it. `null` when there is no whole day before.
 */
export function baselinesOf(before: readonly DayCounts[], day: number): Baselines | null {
  const whole = before.flatMap((each) => {
    const counts = each.counts.filter((count) => count !== null);
    return counts.length === each.counts.length ? [{ day: each.day, counts }] : [];
  });
  const weekday = dayKind(NO_CALENDAR, day).weekday;
  const same = whole.filter((each) => dayKind(NO_CALENDAR, each.day).weekday === weekday);
  const recent = same.length > 0 ? same.slice(-MEAN_OF_WEEKS) : whole.slice(-1);
  const last = recent.at(-1)?.counts;
  if (last === undefined) return null;
  const mean4w = last.map(
    (_, slot) => recent.reduce((total, { counts }) => total + (counts[slot] ?? 0), 0) / recent.length,
  );
  return { lastWeek: last, mean4w };
}
