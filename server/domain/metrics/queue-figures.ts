/** Live sums of one queue: today, since the log began, and the window that moves with the clock (rule WN1). */
import { WHOLE_COUNTS } from './counts.ts';
import { type LevelCounts, noLevelCounts, type QueueInterval, WAIT_BUCKETS } from './interval.ts';
import {
  addTo,
  COUNTS,
  FIRST_LEVEL,
  FIRST_WAIT,
  LEVELS,
  noSums,
  type PackedSums,
  raiseTo,
  SUM,
  unpack,
} from './packed-sums.ts';
import {
  noRolling,
  ROLLING_MS,
  type Rolling,
  rowAt,
  rowsBetween,
  rowsWithin,
  type Width,
  windowStart,
} from './rolling.ts';
import type { Tally } from './tally.ts';

export interface QueueFigures {
  today: PackedSums;
  /** Since the log began. */
  total: PackedSums;
  rolling: Rolling;
  /** The counts of the last 30 minutes, while the window begins at `from`: screens ask for them with every frame. */
  recent: { from: number; counts: Float64Array };
}

/** Of a queue that a level feed tells of. */
export interface LevelFigures {
  today: Float64Array;
  rolling: Rolling;
}

export const noQueueFigures = (): QueueFigures => ({
  today: noSums(),
  total: noSums(),
  rolling: noRolling(),
  recent: { from: 0, counts: new Float64Array(COUNTS) },
});

export const noLevelFigures = (): LevelFigures => ({ today: noLevels(), rolling: noRolling() });
export const noLevels = (): Float64Array => new Float64Array(LEVELS);

/** In a slot whole numbers take less room; the histogram follows them. */
const QUEUE_WIDTH: Width = { sums: COUNTS - WHOLE_COUNTS, counts: WHOLE_COUNTS + WAIT_BUCKETS };
const LEVEL_WIDTH: Width = { sums: LEVELS, counts: 0 };

/** Where the addends of a queue go, given the start of today and the newest time known. */
export function queueTally(queue: QueueFigures, dayStart: number, now: number): Tally {
  const { today, total, rolling } = queue;
  const counts = recentCounts(queue, now);
  const rowOf = rowFinder(rolling, QUEUE_WIDTH, now);
  return {
    add(place, at, value) {
      addTo(total, place, value);
      if (at >= dayStart) addTo(today, place, value);
      const row = place < COUNTS ? rowOf(at) : null;
      if (row === null) return;
      if (place < WHOLE_COUNTS) addTo(rolling.counts, row * QUEUE_WIDTH.counts + place, value);
      else addTo(rolling.sums, row * QUEUE_WIDTH.sums + place - WHOLE_COUNTS, value);
      addTo(counts, place, value);
    },
    most(place, at, value) {
      raiseTo(total, place, value);
      if (at >= dayStart) raiseTo(today, place, value);
      const row = rowOf(at);
      if (row === null) return;
      raiseTo(rolling.sums, row * QUEUE_WIDTH.sums + place - WHOLE_COUNTS, value);
      raiseTo(counts, place, value);
    },
    wait(bucket, at) {
      addTo(total, FIRST_WAIT + bucket, 1);
      if (at >= dayStart) addTo(today, FIRST_WAIT + bucket, 1);
      const row = rowOf(at);
      if (row !== null) addTo(rolling.counts, row * QUEUE_WIDTH.counts + WHOLE_COUNTS + bucket, 1);
    },
  };
}

/** Where the addends of a level feed go. */
export function levelTally({ today, rolling }: LevelFigures, dayStart: number, now: number): Tally {
  const rowOf = rowFinder(rolling, LEVEL_WIDTH, now);
  const change = (
    how: (sums: Float64Array, place: number, value: number) => void,
    place: number,
    at: number,
    value: number,
  ): void => {
    if (at >= dayStart) how(today, place - FIRST_LEVEL, value);
    const row = rowOf(at);
    if (row !== null) how(rolling.sums, row * LEVELS + place - FIRST_LEVEL, value);
  };
  return {
    add(place, at, value) {
      change(addTo, place, at, value);
    },
    most(place, at, value) {
      change(raiseTo, place, at, value);
    },
    wait: () => undefined,
  };
}

/** Finds rows; most addends of an outcome are of one instant. */
function rowFinder(rolling: Rolling, width: Width, now: number): (at: number) => number | null {
  let last = NaN;
  let row: number | null = null;
  return (at) => {
    if (at !== last) row = rowAt(rolling, width, at, now);
    last = at;
    return row;
  };
}

/** The counts of the last 30 minutes, by their places; added up once for each step of the window. */
export function recentCounts(queue: QueueFigures, now: number): Float64Array {
  const from = windowStart(now, ROLLING_MS);
  if (queue.recent.from !== from) queue.recent = { from, counts: countsWithin(queue, now, ROLLING_MS) };
  return queue.recent.counts;
}

/** The counts of the slots that begin in `from` ≤ start < `to`, epoch ms, while the window still holds them. */
export const countsBetween = ({ rolling }: QueueFigures, from: number, to: number): Float64Array =>
  countsIn(rolling, rowsBetween(rolling, from, to));

/** The counts of the window that ends at `now`, ms long (at most 30 min). */
const countsWithin = ({ rolling }: QueueFigures, now: number, windowMs: number): Float64Array =>
  countsIn(rolling, rowsWithin(rolling, now, windowMs));

function countsIn(rolling: Rolling, rows: readonly number[]): Float64Array {
  const counts = new Float64Array(COUNTS);
  let longest = 0;
  for (const row of rows) {
    const firstCount = row * QUEUE_WIDTH.counts;
    const firstSum = row * QUEUE_WIDTH.sums - WHOLE_COUNTS;
    for (let place = 0; place < WHOLE_COUNTS; place++)
      addTo(counts, place, rolling.counts[firstCount + place] ?? 0);
    for (let place = WHOLE_COUNTS; place < COUNTS; place++)
      addTo(counts, place, rolling.sums[firstSum + place] ?? 0);
    longest = Math.max(longest, rolling.sums[firstSum + SUM.waitSecondsMax] ?? 0);
  }
  counts[SUM.waitSecondsMax] = longest;
  return counts;
}

/** The same with the waits that ended in it; what counts by arrival is not known of a window that moves. */
export function queueWithin(queue: QueueFigures, now: number, windowMs: number): QueueInterval {
  const { rolling } = queue;
  const sums = noSums();
  sums.set(countsWithin(queue, now, windowMs));
  for (const row of rowsWithin(rolling, now, windowMs)) {
    const first = row * QUEUE_WIDTH.counts + WHOLE_COUNTS;
    for (let bucket = 0; bucket < WAIT_BUCKETS; bucket++)
      addTo(sums, FIRST_WAIT + bucket, rolling.counts[first + bucket] ?? 0);
  }
  return unpack(sums);
}

const LEVEL_KEYS = Object.keys(noLevelCounts()) as (keyof LevelCounts)[];

/** What a level feed said today. */
export function levelToday({ today }: LevelFigures): LevelCounts {
  const sum = noLevelCounts();
  for (const [place, key] of LEVEL_KEYS.entries()) sum[key] = today[place] ?? 0;
  return sum;
}

/** What a level feed said in the window that ends at `now`, ms long (at most 30 min). */
export function levelWithin({ rolling }: LevelFigures, now: number, windowMs: number): LevelCounts {
  const sum = noLevelCounts();
  for (const row of rowsWithin(rolling, now, windowMs)) {
    for (const [place, key] of LEVEL_KEYS.entries()) {
      const value = rolling.sums[row * LEVELS + place] ?? 0;
      sum[key] = key === 'observedWaitingMax' ? Math.max(sum[key], value) : sum[key] + value;
    }
  }
  return sum;
}
