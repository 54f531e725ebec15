/** Sums of a queue as plain numbers in fixed places: thousands of them are kept, and every fact adds to some. */
import { COUNT_KEYS } from './counts.ts';
import { noLevelCounts, noQueueInterval, type QueueInterval, WAIT_BUCKETS } from './interval.ts';

type SumName = Exclude<keyof QueueInterval, 'waits'>;

const NAMES = Object.keys(noQueueInterval()).filter((name): name is SumName => name !== 'waits');

/** The place of each sum; those of {@link Counts} come first, those of a level feed last. */
export const SUM = Object.fromEntries(NAMES.map((name, place) => [name, place])) as Readonly<
  Record<SumName, number>
>;
/** How many places there are before those that are not of {@link Counts}, and of a level feed. */
export const COUNTS = COUNT_KEYS.length;
export const LEVELS = Object.keys(noLevelCounts()).length;
/** Where the sums of a level feed begin, and after them the histogram of waits. */
export const FIRST_LEVEL = NAMES.length - LEVELS;
export const FIRST_WAIT = NAMES.length;

export type PackedSums = Float64Array;

export const noSums = (): PackedSums => new Float64Array(NAMES.length + WAIT_BUCKETS);

/** Adds to the number in a place. */
export function addTo(sums: Float64Array | Uint16Array, place: number, value: number): void {
  sums[place] = (sums[place] ?? 0) + value;
}

/** Raises the number in a place to this one. */
export function raiseTo(sums: Float64Array, place: number, value: number): void {
  sums[place] = Math.max(sums[place] ?? 0, value);
}

/** The sums by name. */
export function unpack(packed: PackedSums): QueueInterval {
  const sums = noQueueInterval();
  for (const name of NAMES) sums[name] = packed[SUM[name]] ?? 0;
  for (let bucket = 0; bucket < WAIT_BUCKETS; bucket++) sums.waits[bucket] = packed[FIRST_WAIT + bucket] ?? 0;
  return sums;
}
