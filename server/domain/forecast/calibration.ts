/** Keeps intervals as wide as they claim to be, whatever the model got wrong. */

/** Share of outcomes an interval is to hold, and its two ends. */
export const INTERVAL = { covers: 0.8, low: 0.1, high: 0.9 } as const;

/** One outcome moves the width by this much, log ratio: about 100 outcomes set it. */
const STEP = 0.05;
/** Bounds of the width; a count is never taken to vary less than Poisson either. */
const NARROWEST = 0.25;
const WIDEST = 4;

/**
 * The width of intervals after one more outcome, as a multiple of the model's standard deviation; starts at 1. Each
 * miss widens, each hit narrows, in the proportion in which the claimed coverage balances them, so in the long run the
 * share of hits is the claimed one however the truth changes, as far as the bounds let it. `part` is how much of the
 * outcome was held, 0–1: counting a whole number at an end of the interval as a hit would narrow intervals of a few
 * arrivals too far. Source: Gibbs & Candès, "Adaptive conformal inference under distribution shift", 2021.
 */
export function recalibrated(width: number, part: number): number {
  const step = INTERVAL.covers - part;
  return Math.max(NARROWEST, Math.min(WIDEST, width * Math.exp(STEP * step)));
}
