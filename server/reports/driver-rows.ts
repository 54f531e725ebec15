/** The rows of one hall on one of its days: the average wait of each queue, split by its drivers (rule GD7). */
import type { DriverReportRow } from '#shared/drivers.ts';
import { dayText } from '../domain/branch/hall-day.ts';
import { type DayToSplit, splitDay, type SplitWait } from '../domain/drivers/split-day.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import { localText, type Slot } from './calendar.ts';

/** A hall's day, and the quarter-hours of it that are asked for. */
export interface DayWanted extends Slot {
  branch: string;
  zone: string;
  day: number;
  dayStart: number;
  hall: DayToSplit;
}

type OwnRow = Omit<DriverReportRow, 'days' | 'sameWeekday'>;

/** By queue, those over the whole branch first; of each the row over all quarter-hours before their own. */
export function driverRows(wanted: DayWanted): DriverReportRow[][] {
  const { layout, usual } = wanted.hall;
  const split = splitDay(wanted.hall);
  const days = { days: usual?.days.length ?? 0, sameWeekday: usual?.sameWeekday ?? 0 };
  return [null, ...layout.queues].map((queue) =>
    queueRows(wanted, split, queue).map((row) => ({ ...row, ...days })),
  );
}

function queueRows(
  { branch, zone, day, dayStart, from, to }: DayWanted,
  split: SplitWait,
  queue: string | null,
): OwnRow[] {
  const slotAt = (at: number): number => (at - dayStart) / INTERVAL_MS;
  const rowOf = (slot: Slot, whole: boolean): OwnRow => {
    const { since, ...rest } = split(queue, slotAt(slot.from), slotAt(slot.to));
    return {
      ...{ branch, queue, ...slot, local: localText(zone, slot.from) },
      ...{ day: dayText(day), whole, ...rest },
      since: since === null ? null : dayStart + since * INTERVAL_MS,
    };
  };
  const rows = [rowOf({ from, to }, true)];
  for (let at = from; at < to; at += INTERVAL_MS) {
    const row = rowOf({ from: at, to: at + INTERVAL_MS }, false);
    // A quarter-hour in which nobody is answered, today as usually, has nothing to tell.
    if (row.answered > 0 || row.usualSeconds !== null) rows.push(row);
  }
  return rows;
}
