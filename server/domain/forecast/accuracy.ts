/** How good forecasts were: sums that add up over slots, queues and days, divided last. */
import { poissonProbability } from '../queueing/poisson.ts';
import type { Held } from './held.ts';

/** What was forecast and what came. */
export interface Outcome {
  mean: number;
  actual: number;
  /** Forecast quantiles by share, for the pinball loss. */
  quantiles: readonly { share: number; value: number }[];
  /** Whether the interval held what came; null where none was forecast. */
  held: Held | null;
}

/** Sums over outcomes. */
export interface AccuracySums {
  outcomes: number;
  actual: number;
  error: number;
  absoluteError: number;
  floor: number;
  pinball: number;
  inside: number;
  part: number;
  promised: number;
}

export const noAccuracy = (): AccuracySums => ({
  outcomes: 0,
  actual: 0,
  error: 0,
  absoluteError: 0,
  floor: 0,
  pinball: 0,
  inside: 0,
  part: 0,
  promised: 0,
});

/** Counts one outcome. */
export function addOutcome(sums: AccuracySums, { mean, actual, quantiles, held }: Outcome): void {
  sums.outcomes += 1;
  sums.actual += actual;
  sums.error += mean - actual;
  sums.absoluteError += Math.abs(mean - actual);
  sums.floor += poissonDeviation(mean);
  for (const { share, value } of quantiles)
    sums.pinball += Math.max(share * (actual - value), (share - 1) * (actual - value)) / quantiles.length;
  sums.inside += Number(held?.inside ?? false);
  sums.part += held?.part ?? 0;
  sums.promised += held?.promised ?? 0;
}

/** Figures of accuracy; ratios, `null` when nothing came to be measured against (rule SL3). */
export interface Accuracy {
  /** Σ|forecast − actual| / Σ actual. */
  wape: number | null;
  /** Σ(forecast − actual) / Σ actual. */
  bias: number | null;
  /** The WAPE that is left when every rate is known exactly and arrivals are Poisson. */
  poissonFloor: number | null;
  /** Mean pinball loss of the quantiles / Σ actual. */
  pinball: number | null;
  /** Share of outcomes inside the interval … */
  coverage: number | null;
  /** … what that would be on average if forecasts were right: more than 80 % where few come … */
  promised: number | null;
  /** … and with counts at its ends split, which is 80 % if forecasts are right. */
  splitCoverage: number | null;
}

/** Divides the sums. */
export function accuracyOf(sums: AccuracySums): Accuracy {
  const perOutcome = (value: number): number | null => (sums.outcomes > 0 ? value / sums.outcomes : null);
  const perArrival = (value: number): number | null => (sums.actual > 0 ? value / sums.actual : null);
  return {
    wape: perArrival(sums.absoluteError),
    bias: perArrival(sums.error),
    poissonFloor: perArrival(sums.floor),
    pinball: perArrival(sums.pinball),
    coverage: perOutcome(sums.inside),
    promised: perOutcome(sums.promised),
    splitCoverage: perOutcome(sums.part),
  };
}

/** E|N − mean| of a Poisson count: 2·mean·P(N = ⌊mean⌋) (de Moivre); near √(2·mean/π). */
export const poissonDeviation = (mean: number): number =>
  mean > 0 ? 2 * mean * poissonProbability(Math.floor(mean), mean) : 0;
