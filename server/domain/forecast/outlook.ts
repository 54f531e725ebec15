/** Forecasts in the form in which they are shown: mean and quantiles of every slot to come. */
import { INTERVAL } from './calibration.ts';
import { type DayCourse, expectedBetween, startLaterDay } from './day-course.ts';
import type { Expected } from './day-factor.ts';
import { countQuantile } from './quantiles.ts';

/** How far ahead whole days are forecast. */
const OUTLOOK_DAYS = 14;

/** Arrivals expected in some time, and the ends of the interval that holds 80 % of outcomes. */
export interface Forecast {
  mean: number;
  variance: number;
  low: number;
  median: number;
  high: number;
}

export interface SlotForecast extends Forecast {
  day: number;
  slot: number;
}

/** `width`: multiple of the model's standard deviation, learned by `recalibrated`. */
export function forecastOf({ mean, rateVariance }: Expected, width = 1): Forecast {
  const variance = (mean + rateVariance) * width ** 2;
  const quantile = (share: number): number => countQuantile(share, mean, variance);
  return {
    mean,
    variance,
    low: quantile(INTERVAL.low),
    median: quantile(0.5),
    high: quantile(INTERVAL.high),
  };
}

/** Every slot from the one under way to the end of the day. */
export const restOfDay = (course: DayCourse, width?: number): SlotForecast[] =>
  course.usual
    .map((_, slot) => slot)
    .slice(course.slot)
    .map((slot) => ({
      day: course.day,
      slot,
      ...forecastOf(expectedBetween(course, slot, slot + 1), width),
    }));

/** Every slot of the days after the one under way. */
export const daysAhead = (course: DayCourse, days = OUTLOOK_DAYS, width?: number): SlotForecast[] =>
  Array.from({ length: days }, (_, ahead) =>
    restOfDay(startLaterDay(course, course.day + ahead + 1), width),
  ).flat();
