/**
 * How today differs from what its weekday usually brings, learned slot by slot.
 *
 * Arrivals of a slot vary around expected × (1 + level + loading × drift): `level` lasts over days, `drift` comes and
 * goes within hours, `loading` says how unsteady this time of day is. A Kalman filter follows both: the best linear
 * rule under this model (Kalman 1960). Against a level alone one count of N where m were expected gives the mean of
 * the Gamma–Poisson rule, (1/σ² + N) / (1/σ² + m); drift does what discounting old slots and fading the lead do there.
 */
import { at } from './grid.ts';

/** What is believed about a slot of the day; variances are of ratios. */
export interface DayFactor {
  level: number;
  drift: number;
  levelVariance: number;
  covariance: number;
  driftVariance: number;
}

/** How drift moves from slot to slot. */
export interface Drift {
  /** Part of the drift that is left after one slot, 0–1. */
  persistence: number;
  /** Variance of drift on a day of which nothing is known. */
  variance: number;
  /** Variance of what is in one slot only, beyond Poisson, at loading 1. */
  slotVariance: number;
}

/** A rate that is off by more than this is taken to be off by this, so that no forecast is zero or negative. */
const LEAST_RATE_RATIO = 0.02;
/** Poisson noise follows the rate down to this, as a multiple of the usual rate. */
const LEAST_NOISE_RATIO = 0.1;
/** Fewer expected arrivals in a slot than this say nothing about a ratio. */
const LEAST_EXPECTED = 0.1;

/** A count further off than so many standard deviations teaches no more than that: one wild slot is a fault of the source. */
const SURPRISE_LIMIT = 4;
/** Above this variance of the level not even the size of the series is known, and any count is possible. */
const SIZE_UNKNOWN = 1;

/** True as long as nothing is known of the size of a series, be it from other days, similar series or the slots of today. */
export const isSizeUnknown = ({ levelVariance }: DayFactor): boolean => levelVariance > SIZE_UNKNOWN;

/** The belief before the first slot. */
export const startDayFactor = (level: number, levelVariance: number, drift: Drift): DayFactor => ({
  level,
  drift: 0,
  levelVariance,
  covariance: 0,
  driftVariance: drift.variance,
});

/** The belief about the running slot once it is over: `count` came where `expected` were usual. */
export function learnCount(
  belief: DayFactor,
  drift: Drift,
  expected: number,
  loading: number,
  count: number,
): DayFactor {
  if (expected <= 0) return belief;
  const usual = Math.max(LEAST_EXPECTED, expected);
  const ratio = 1 + belief.level + loading * belief.drift;
  const noise = Math.max(LEAST_NOISE_RATIO, ratio) / usual + drift.slotVariance * loading ** 2;
  const withLevel = belief.levelVariance + loading * belief.covariance;
  const withDrift = belief.covariance + loading * belief.driftVariance;
  const variance = withLevel + loading * withDrift + noise;
  const limit = isSizeUnknown(belief) ? Infinity : SURPRISE_LIMIT * Math.sqrt(variance);
  const surprise = Math.max(-limit, Math.min(limit, (count - expected * ratio) / usual));
  return {
    level: belief.level + (withLevel / variance) * surprise,
    drift: belief.drift + (withDrift / variance) * surprise,
    levelVariance: belief.levelVariance - withLevel ** 2 / variance,
    covariance: belief.covariance - (withLevel * withDrift) / variance,
    driftVariance: belief.driftVariance - withDrift ** 2 / variance,
  };
}

/** The belief some slots later. */
export function slotsLater(belief: DayFactor, drift: Drift, slots = 1): DayFactor {
  const left = drift.persistence ** slots;
  return {
    ...belief,
    drift: belief.drift * left,
    covariance: belief.covariance * left,
    driftVariance: belief.driftVariance * left ** 2 + drift.variance * (1 - left ** 2),
  };
}

/** Expected arrivals and the variance of their rate (a count varies by the mean more). */
export interface Expected {
  mean: number;
  rateVariance: number;
}

/**
 * Arrivals over this slot and those after it together, each usually `expected` with `loading`. The rates of the slots
 * hang together, so their sum varies more than its parts would one by one.
 */
export function sumAhead(
  belief: DayFactor,
  drift: Drift,
  expected: readonly number[],
  loading: readonly number[],
): Expected {
  let mean = 0;
  let variance = 0;
  let withLevel = 0;
  let withDrift = 0;
  let later = belief;
  expected.forEach((usual, ahead) => {
    const load = at(loading, ahead);
    mean += usual * rateRatio(later, load);
    const slot = later.levelVariance + 2 * load * later.covariance + load ** 2 * later.driftVariance;
    variance +=
      2 * usual * (withLevel + load * withDrift) + usual ** 2 * (slot + drift.slotVariance * load ** 2);
    withLevel += usual * (later.levelVariance + load * later.covariance);
    withDrift += usual * (later.covariance + load * later.driftVariance);
    withDrift *= drift.persistence;
    later = slotsLater(later, drift);
  });
  return { mean, rateVariance: variance };
}

/** The rate of the slot as a multiple of the usual one. */
export const rateRatio = (belief: DayFactor, loading: number): number =>
  Math.max(LEAST_RATE_RATIO, 1 + belief.level + loading * belief.drift);
