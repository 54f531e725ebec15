/** What a day of this weekday is usually like in a hall: the mean of the days that were like the others. */
import { addWork, type HallRecord, type HallSlot, meanWait, noWork, workIn } from './hall-record.ts';

/** A day of history. */
export interface ReferenceDay {
  record: HallRecord;
  isSameWeekday: boolean;
}

export interface UsualDay {
  slots: readonly HallSlot[];
  /** The days behind it, those left out as unusual included, and how many of them are of the same weekday. */
  days: readonly HallRecord[];
  sameWeekday: number;
}

/** With so many days of the same weekday the other weekdays are not asked. */
export const ENOUGH_WEEKDAYS = 4;
/** Fewer days than this say nothing of what is usual. */
const LEAST_DAYS = 3;
/** Of the days so large a share with the longest and so large a share with the shortest waits is left out, rounded down. */
const TRIMMED_SHARE = 0.2;
/** Makes a median deviation comparable with a standard deviation. */
const MEDIAN_TO_SD = 1.4826;

/**
 * The usual day; `null` when there is too little history to say. Days on which nobody was answered do not count, nor do
 * those on which more queues were `unknown` than today.
 */
export function usualDay(references: readonly ReferenceDay[], unknown: ReadonlySet<string>): UsualDay | null {
  const known = references
    .map((day) => ({ ...day, wait: meanWait(workIn(day.record.slots, null)) }))
    .filter((day) => day.wait !== null && day.record.unknownQueues.isSubsetOf(unknown));
  const sameWeekday = known.filter((day) => day.isSameWeekday).length;
  const trust = Math.min(1, sameWeekday / ENOUGH_WEEKDAYS);
  const asked = trust === 1 ? known.filter((day) => day.isSameWeekday) : known;
  if (asked.length < LEAST_DAYS) return null;

  const ordered = asked.toSorted((a, b) => (a.wait ?? 0) - (b.wait ?? 0));
  const trimmed = Math.floor(TRIMMED_SHARE * ordered.length);
  const kept = ordered.slice(trimmed, ordered.length - trimmed);
  const keptSame = kept.filter((day) => day.isSameWeekday).length;
  const own = keptSame > 0 ? trust : 0;
  const weighed = kept.map(({ record, isSameWeekday }) => ({
    record,
    weight: (1 - own) / kept.length + (isSameWeekday ? own / keptSame : 0),
  }));
  return { slots: meanSlots(weighed), days: asked.map(({ record }) => record), sameWeekday };
}

/**
 * How far the average wait of some queues, over these slots of the day, lies from its usual on one day, seconds: the
 * robust standard deviation over the days.
 */
export function usualScatter(
  { slots, days }: UsualDay,
  queues: readonly number[] | null,
  usualSlots: readonly number[],
): number {
  const waitIn = (all: readonly HallSlot[]): number | null =>
    meanWait(
      workIn(
        usualSlots.flatMap((slot) => all[slot] ?? []),
        queues,
      ),
    );
  const usual = waitIn(slots) ?? 0;
  const deviations = days.flatMap((day) => {
    const wait = waitIn(day.slots);
    return wait === null ? [] : [Math.abs(wait - usual)];
  });
  return MEDIAN_TO_SD * median(deviations);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 0 ? (upper + (sorted[middle - 1] ?? upper)) / 2 : upper;
}

function meanSlots(weighed: readonly { record: HallRecord; weight: number }[]): HallSlot[] {
  const [first] = weighed;
  return (first?.record.slots ?? []).map((like, i) => {
    const queues = like.queues.map(noWork);
    const servers = like.servers.map(() => 0);
    for (const { record, weight } of weighed) {
      const slot = record.slots[i];
      if (slot === undefined) continue;
      for (const [queue, work] of slot.queues.entries()) addWork(queues[queue] ?? noWork(), work, weight);
      for (const [pool, open] of slot.servers.entries()) servers[pool] = (servers[pool] ?? 0) + weight * open;
    }
    return { queues, servers };
  });
}
