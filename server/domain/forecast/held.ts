/** Whether an interval of whole counts held what came, and what it promised. */
import { INTERVAL } from './calibration.ts';
import { ADDED_UP_TO, countShare } from './quantiles.ts';

/** A count forecast with the ends of its interval. */
export interface ForecastInterval {
  mean: number;
  variance: number;
  low: number;
  high: number;
}

export interface Held {
  /** The ends belong to the interval. */
  inside: boolean;
  /**
   * How much of the outcome is held, 0–1, when the probability of a whole count is spread evenly: of a count at an end only
   * what lies within 10 to 90 %. On average 0.8 when forecasts are right, however few come. Source: the non-randomized
   * probability integral transform of Czado, Gneiting & Held, "Predictive model assessment for count data", 2009.
   */
  part: number;
  /** Probability of a count inside, 0–1: what would be seen if the forecast were right. */
  promised: number;
}

export function heldBy({ mean, variance, low, high }: ForecastInterval, actual: number): Held {
  const inside = actual >= low && actual <= high;
  // Where so many come that counts are taken as continuous, one count more or less is nothing.
  if (mean <= 0 || mean > ADDED_UP_TO) return { inside, part: Number(inside), promised: INTERVAL.covers };
  const share = (count: number): number => countShare(count, mean, variance);
  const promised = share(high) - share(low - 1);
  if (!inside) return { inside, part: 0, promised };
  const [from, to] = [share(actual - 1), share(actual)];
  const within = Math.min(to, INTERVAL.high) - Math.max(from, INTERVAL.low);
  return { inside, part: to > from ? Math.max(0, within / (to - from)) : 1, promised };
}
