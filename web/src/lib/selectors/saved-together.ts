/** What several suggestions promise to save together. Pure. */
import type { PromisedRange } from '#shared/suggestions.ts';

const NOTHING: PromisedRange = { low: 0, middle: 0, high: 0 };

/**
 * Customer-minutes, each promise added to the others: a range as wide as if all of them went well, or ill, at once,
 * since nobody simulated them together.
 */
export const savedTogether = (promises: readonly PromisedRange[]): PromisedRange =>
  promises.reduce(
    (sum, { low, middle, high }) => ({
      low: sum.low + low,
      middle: sum.middle + middle,
      high: sum.high + high,
    }),
    NOTHING,
  );
