/** How far waits lie from their estimate: quantiles that keep their promise by watching how often they are missed. */

/** Shares of waits that end before each quantile. */
export const LEVELS = [0.1, 0.2, 0.5, 0.8, 0.9] as const;

/** Quantiles over the mean, a row for each class of {@link FEWEST_AHEAD}, in the order of {@link LEVELS}. */
export type Spread = number[][];

/** A class of places in the line begins with so many ahead: the more, the narrower the wait is around its mean. */
const FEWEST_AHEAD = [0, 0.5, 1.5, 3.5] as const;
/**
 * Before anything is learned: quantiles over the mean of a sum of 1, 2, 3 and 5 equal exponential times, one for each
 * departure that is waited for.
 */
const FIRST: readonly (readonly number[])[] = [
  [0.105, 0.223, 0.693, 1.609, 2.303],
  [0.266, 0.412, 0.839, 1.497, 1.945],
  [0.367, 0.512, 0.891, 1.426, 1.774],
  [0.487, 0.618, 0.934, 1.344, 1.599],
];
/** One wait moves a quantile by this much at most, log ratio: the last hundred or so set it. */
const STEP = 0.04;
const SMALLEST_FACTOR = 0.02;
const LARGEST_FACTOR = 12;

export const newSpread = (): Spread => FIRST.map((row) => [...row]);

const classOf = (ahead: number): number => FEWEST_AHEAD.findLastIndex((fewest) => ahead >= fewest);

/** Quantiles of a wait with this mean and so many ahead, seconds, in the order of {@link LEVELS}, rising. */
export function quantilesOf(spread: Spread, mean: number, ahead: number): number[] {
  return (spread[classOf(ahead)] ?? []).map((factor) => factor * mean).sort((a, b) => a - b);
}

/**
 * Takes in a wait that was `ratio` times its estimated mean. Each quantile moves up when it was exceeded and down when
 * not, in the proportion in which the promised share balances both, so in the long run the share is the promised one
 * under any drift. Source: Gibbs & Candès, "Adaptive conformal inference", 2021.
 */
export function learnSpread(spread: Spread, ahead: number, ratio: number): void {
  const row = spread[classOf(ahead)];
  if (row === undefined) return;
  for (const [i, level] of LEVELS.entries()) {
    const factor = row[i] ?? 1;
    const step = ratio > factor ? level : level - 1;
    row[i] = Math.min(LARGEST_FACTOR, Math.max(SMALLEST_FACTOR, factor * Math.exp(STEP * step)));
  }
}
