/** Forecasts that wait for what comes, and how good they were. */
import {
  type Accuracy,
  type AccuracySums,
  accuracyOf,
  addOutcome,
  noAccuracy,
} from '../../../domain/forecast/accuracy.ts';
import { INTERVAL, recalibrated } from '../../../domain/forecast/calibration.ts';
import { heldBy } from '../../../domain/forecast/held.ts';
import type { Expected } from '../../../domain/forecast/day-factor.ts';
import { type Forecast, forecastOf } from '../../../domain/forecast/outlook.ts';

/**
 * `nextHour` and `restOfDay` are forecast at every full hour of the day, before its first slot too; `nextDay` once,
 * when the day before is over. Each is the sum of its slots.
 */
export const HORIZONS = ['nextHour', 'restOfDay', 'nextDay'] as const;
export type Horizon = (typeof HORIZONS)[number];

export const BASELINES = ['lastWeek', 'mean4w'] as const;
export type Baseline = (typeof BASELINES)[number];
type Method = 'muster' | Baseline;

/** A forecast made, with the interval as wide as was thought right at that time. */
export interface OpenForecast {
  series: string;
  horizon: Horizon;
  from: number;
  to: number;
  forecast: Forecast;
  baselines: Record<Baseline, number>;
}

/** A figure for each horizon. */
export type ByHorizon<T> = Record<Horizon, T>;

export interface Scores {
  /** Makes the interval of a forecast. */
  open(asked: Omit<OpenForecast, 'forecast'>, expected: Expected): OpenForecast;
  /** Takes in what came; `counts` tells whether it is scored or only teaches the width of intervals. */
  settle(forecast: OpenForecast, actual: number, counts: boolean): void;
  accuracy(method: Method): ByHorizon<Accuracy>;
  /** Forecasts scored. */
  scored(): number;
}

export function createScores(): Scores {
  const widths = new Map<string, number>();
  const sums: Record<Method, ByHorizon<AccuracySums>> = {
    muster: table(),
    lastWeek: table(),
    mean4w: table(),
  };
  const widthKey = ({ series, horizon }: Pick<OpenForecast, 'series' | 'horizon'>) => `${horizon} ${series}`;
  return {
    open: (asked, expected) => ({ ...asked, forecast: forecastOf(expected, widths.get(widthKey(asked))) }),
    settle(open, actual, counts) {
      const { horizon, forecast, baselines } = open;
      const held = heldBy(forecast, actual);
      widths.set(widthKey(open), recalibrated(widths.get(widthKey(open)) ?? 1, held.part));
      if (!counts) return;
      addOutcome(sums.muster[horizon], {
        mean: forecast.mean,
        actual,
        quantiles: quantilesOf(forecast),
        held,
      });
      for (const baseline of BASELINES)
        addOutcome(sums[baseline][horizon], {
          mean: baselines[baseline],
          actual,
          quantiles: [],
          held: null,
        });
    },
    accuracy: (method) => byHorizon((horizon) => accuracyOf(sums[method][horizon])),
    scored: () => HORIZONS.reduce((total, horizon) => total + sums.muster[horizon].outcomes, 0),
  };
}

/** The same for each horizon. */
export const byHorizon = <T>(value: (horizon: Horizon) => T): ByHorizon<T> => ({
  nextHour: value('nextHour'),
  restOfDay: value('restOfDay'),
  nextDay: value('nextDay'),
});

const table = (): ByHorizon<AccuracySums> => byHorizon(noAccuracy);

const quantilesOf = ({ low, median, high }: Forecast) => [
  { share: INTERVAL.low, value: low },
  { share: 0.5, value: median },
  { share: INTERVAL.high, value: high },
];
