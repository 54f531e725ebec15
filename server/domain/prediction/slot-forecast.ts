/** Arrivals of a slot as they are told: mean and quantiles. */
import { INTERVAL } from '../forecast/calibration.ts';
import type { Expected } from '../forecast/day-factor.ts';
import { countQuantile } from '../forecast/quantiles.ts';

/** Arrivals; not exceeded in 10, 50, 80 and 90 of a hundred cases. */
export interface SlotForecast {
  mean: number;
  /** Of the count. */
  variance: number;
  p10: number;
  p50: number;
  p80: number;
  p90: number;
}

/** `width`: multiple of the model's standard deviation, learned from its record. */
export function slotForecast({ mean, rateVariance }: Expected, width: number): SlotForecast {
  const variance = (mean + rateVariance) * width ** 2;
  const quantile = (share: number): number => countQuantile(share, mean, variance);
  return {
    mean,
    variance,
    p10: quantile(INTERVAL.low),
    p50: quantile(0.5),
    p80: quantile(0.8),
    p90: quantile(INTERVAL.high),
  };
}
