/** How long until somebody is served who has `ahead` customers before them and all servers busy. */
import { requireNonNegative, requirePositive, requireRatio, requireWhole } from './preconditions.ts';

/** Rates per second; services and patience are exponential, the customer asked about stays. */
export interface PlaceInQueue {
  /** At least 1, all busy. */
  servers: number;
  /** Customers waiting in front. */
  ahead: number;
  serviceRate: number;
  /** At which each of those in front gives up; 0 when nobody does. */
  abandonmentRate: number;
}

export interface WaitLaw {
  /** Seconds. */
  mean: number;
  /** Seconds. */
  standardDeviation: number;
  /** P(wait > seconds), 0–1. */
  above(seconds: number): number;
  /** The wait, seconds, that is not exceeded with this probability (0–1). */
  quantile(probability: number): number;
}

const LARGE = 1e200;
const NEWTON_STEPS = 100;
const PRECISION = 1e-14;

/**
 * The law of the wait: with i in front the next one leaves at rate nμ + iθ, so the wait is a sum of exponential times.
 * P(wait > t) = 1 − I_{1−e^{−θt}}(ahead + 1, nμ/θ), the regularised incomplete beta function, which is for whole `ahead`
 * the finite sum e^{−nμt} Σ_{i≤ahead} Π_{j<i} (nμ + jθ)/(j+1) · ((1−e^{−θt})/θ)^i; it has a gamma law as its limit θ = 0.
 * Source: Ibrahim & Whitt 2009 for the model (QLm).
 */
export function waitLaw({ servers, ahead, serviceRate, abandonmentRate }: PlaceInQueue): WaitLaw {
  requireWhole('servers', servers);
  requireWhole('ahead', ahead);
  requirePositive('serviceRate', serviceRate);
  requireNonNegative('abandonmentRate', abandonmentRate);
  if (servers === 0) throw new RangeError('without a server nobody is served');
  const capacity = servers * serviceRate;
  let mean = 0;
  let variance = 0;
  for (let i = 0; i <= ahead; i++) {
    const step = 1 / (capacity + i * abandonmentRate);
    mean += step;
    variance += step * step;
  }

  /** P(i leave by t) for i = 0…ahead, added up, and the last of them. */
  const chances = (t: number): { above: number; last: number } => {
    const age = abandonmentRate === 0 ? t : -Math.expm1(-abandonmentRate * t) / abandonmentRate;
    let term = 1;
    let sum = 1;
    let lnScale = -capacity * t;
    for (let i = 0; i < ahead; i++) {
      term *= ((capacity + i * abandonmentRate) / (i + 1)) * age;
      sum += term;
      if (sum > LARGE) {
        sum /= LARGE;
        term /= LARGE;
        lnScale += Math.log(LARGE);
      }
    }
    return { above: Math.exp(Math.log(sum) + lnScale), last: Math.exp(Math.log(term) + lnScale) };
  };

  const above = (seconds: number): number => (seconds <= 0 ? 1 : Math.min(1, chances(seconds).above));

  /** Newton's method on the survival, kept inside a bracket. */
  const quantile = (probability: number): number => {
    requireRatio('probability', probability);
    if (probability === 0) return 0;
    if (probability === 1) return Infinity;
    let low = 0;
    let high = mean;
    while (above(high) > 1 - probability) high *= 2;
    let t = mean;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const now = chances(t);
      const excess = now.above - (1 - probability);
      if (excess > 0) low = t;
      else high = t;
      const density = (capacity + ahead * abandonmentRate) * now.last;
      const guess = t + excess / density;
      const next = guess > low && guess < high ? guess : (low + high) / 2;
      if (Math.abs(next - t) <= PRECISION * next) return next;
      t = next;
    }
    return t;
  };

  return { mean, standardDeviation: Math.sqrt(variance), above, quantile };
}
