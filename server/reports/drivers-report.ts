/** Why queues were slower than usual: the average wait of each quarter-hour and of the day so far, split (rule GD7). */
import type { DriverReportFoot, DriverReportRow } from '#shared/drivers.ts';
import type { BranchProfile } from '#shared/network.ts';
import { hallDay } from '../domain/branch/hall-day.ts';
import { INTERVAL_MS, intervalStart } from '../domain/metrics/interval.ts';
import { dayOf, type Slot } from './calendar.ts';
import type { DayWanted } from './driver-rows.ts';
import { readHallDay } from './hall-days.ts';
import type { IntervalReportParts } from './interval-report.ts';

export interface DriversWanted {
  branches: readonly BranchProfile[];
  /** Quarter-hours that lie in it; where it has several of a hall's days, each is a day of its own. */
  span: Slot | undefined;
  /** One of the hall's days instead; without any, the day that runs. */
  day: number | undefined;
}

export interface DriversReportParts extends IntervalReportParts {
  /** The rows of a day by queue. */
  split: (wanted: DayWanted) => Promise<DriverReportRow[][]>;
}

/**
 * The rows queue by queue, those over the whole branch first; of each the row over all quarter-hours before their own.
 * Only what is completely in history is split. Throws HistoryUnavailable.
 */
export async function* driversReport(
  { history, projectedTo, now, split }: DriversReportParts,
  { branches, span, day }: DriversWanted,
): AsyncGenerator<DriverReportRow[], DriverReportFoot> {
  const leftOut: string[] = [];
  const until = now();
  for (const profile of branches) {
    const completeTo = intervalStart(Math.min(until, projectedTo(profile.id)));
    let hasRows = false;
    for (const each of daysWanted(profile, span, day ?? hallDay(profile, until))) {
      const dayStart = dayOf(profile, each.day).from;
      const to = Math.min(intervalStart(each.to), completeTo);
      const from = dayStart + Math.ceil((each.from - dayStart) / INTERVAL_MS) * INTERVAL_MS;
      if (!(from < to)) continue;
      const hall = await readHallDay(history, profile, each.day, to);
      if (hall === null) continue;
      hasRows = true;
      yield* await split({ branch: profile.id, zone: profile.zone, day: each.day, dayStart, from, to, hall });
    }
    if (!hasRows) leftOut.push(profile.id);
  }
  return { leftOut };
}

/** The hall's days that are asked for, each with its part of the span. */
function daysWanted(profile: BranchProfile, span: Slot | undefined, day: number): ({ day: number } & Slot)[] {
  if (span === undefined) return [{ day, ...dayOf(profile, day) }];
  const first = hallDay(profile, span.from);
  const days = Array.from({ length: hallDay(profile, span.to - 1) - first + 1 }, (_, i) => first + i);
  return days.map((each) => {
    const { from, to } = dayOf(profile, each);
    return { day: each, from: Math.max(from, span.from), to: Math.min(to, span.to) };
  });
}
