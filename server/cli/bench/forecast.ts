/** `muster bench forecast`: how well arrivals are foretold on recorded interval series. */
import { z } from 'zod';
import type { Accuracy } from '../../domain/forecast/accuracy.ts';
import type { DayCounts, Grid } from '../../domain/forecast/grid.ts';
import type { IntervalSeries } from '../../sources/interval-series.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { dealOut } from './forecast/deal-out.ts';
import { aloneForecaster, type Forecaster, pooledForecaster } from './forecast/forecasters.ts';
import { rollingOrigin } from './forecast/rolling-origin.ts';
import { BASELINES, byHorizon, type ByHorizon, type Scores } from './forecast/scores.ts';
import { readSeriesFiles, seriesFilesIn } from './forecast/series-files.ts';

const DAY_MS = 86_400_000;
const REPORT_EVERY_DAYS = 20;
/** Digits of the ratios in the result. */
const DIGITS = 5;

const Options = z.object({
  trainUntil: z.iso.date(),
  historyDays: z.coerce.number().int().positive().max(3_650),
  pooled: z.string().optional(),
  halls: z.coerce.number().int().min(2).max(1_000).optional(),
  perDay: z.coerce.number().positive(),
  seed: z.coerce.number().int(),
});
type Options = z.infer<typeof Options>;

/**
 * Forecasts every day after `--train-until` hour by hour and compares with what came, beside two baselines. Several
 * series are forecast as one region, and each alone for comparison. `ok` when the next hour and the rest of the day
 * are foretold better than by either baseline.
 */
export async function benchForecast(files: string[], raw: unknown): Promise<void> {
  const options = readOptions(raw);
  const paths = [...files, ...(options.pooled === undefined ? [] : seriesFilesIn(options.pooled))];
  if (paths.length === 0) throw new UsageError('name a file of intervals, or --pooled with a folder of them');
  const { grid, series } = halls(await readSeriesFiles(paths), options);
  const trainUntil = Date.parse(`${options.trainUntil}T00:00:00Z`) / DAY_MS;
  const testDays = daysAfter(series, trainUntil);

  const run = (forecaster: Forecaster): Scores => {
    let done = 0;
    return rollingOrigin({
      grid,
      series,
      forecaster,
      trainUntil,
      historyDays: options.historyDays,
      onDay: () => {
        if (++done % REPORT_EVERY_DAYS === 0) progress(`${done} of ${testDays} days`);
      },
    });
  };
  const startedAt = performance.now();
  const alone = run(aloneForecaster(grid));
  const scores = series.size === 1 ? alone : run(pooledForecaster(grid));
  const seconds = (performance.now() - startedAt) / 1_000;
  if (scores.scored() === 0)
    throw new UsageError('no day after --train-until has both a forecast and whole counts');

  const muster = scores.accuracy('muster');
  const baselines = Object.fromEntries(BASELINES.map((name) => [name, wapes(scores.accuracy(name))]));
  const better = BASELINES.every((name) =>
    (['nextHour', 'restOfDay'] as const).every(
      (horizon) => (muster[horizon].wape ?? Infinity) < (scores.accuracy(name)[horizon].wape ?? Infinity),
    ),
  );
  printResult({
    ok: better,
    wape: wapes(muster),
    baselines,
    poissonFloor: figures(muster, 'poissonFloor'),
    overFloor: byHorizon((horizon) => rounded(ratio(muster[horizon].wape, muster[horizon].poissonFloor))),
    coverage80: figures(muster, 'coverage'),
    bias: figures(muster, 'bias'),
    pinball: figures(muster, 'pinball'),
    ...(series.size > 1 ? { series: series.size, alone: { wape: wapes(alone.accuracy('muster')) } } : {}),
    testDays,
    forecasts: scores.scored(),
    historyDays: options.historyDays,
    slotMinutes: grid.slotMinutes,
    seconds: rounded(seconds),
    dataset: paths.join(' '),
    seed: options.halls === undefined ? null : options.seed,
  });
}

function readOptions(raw: unknown): Options {
  const options = Options.safeParse(raw);
  if (options.success) return options.data;
  const name = String(options.error.issues[0]?.path[0] ?? '').replace(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  );
  throw new UsageError(
    `--${name} is not ${name === 'train-until' ? 'a date (YYYY-MM-DD)' : 'a number that fits'}`,
  );
}

type Series = IntervalSeries['series'];

function halls({ grid, series }: IntervalSeries, options: Options): { grid: Grid; series: Series } {
  if (options.halls === undefined) return { grid, series };
  const [only, ...others] = series.values();
  if (only === undefined || others.length > 0) throw new UsageError('--halls deals out one series');
  return { grid, series: dealOut(only, options.halls, options.perDay, options.seed) };
}

/** Days to test; @throws UsageError when there are none, or none to learn from. */
function daysAfter(series: Series, trainUntil: number): number {
  const days = new Set([...series.values()].flatMap((each: DayCounts[]) => each.map(({ day }) => day)));
  const after = [...days].filter((day) => day > trainUntil).length;
  if (after === 0) throw new UsageError('--train-until leaves no day to test');
  if (after === days.size) throw new UsageError('--train-until leaves no day to learn from');
  return after;
}

const wapes = (accuracy: ByHorizon<Accuracy>) => figures(accuracy, 'wape');

const figures = (accuracy: ByHorizon<Accuracy>, figure: keyof Accuracy) =>
  byHorizon((horizon) => rounded(accuracy[horizon][figure]));

const ratio = (a: number | null, b: number | null): number | null =>
  a === null || b === null || b === 0 ? null : a / b;

const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toFixed(DIGITS));
