/** Forecasts recorded series as if their days were to come: with all that was known at the time, nothing after it. */
import { type DayCounts, type Grid, slotsPerHour } from '../../../domain/forecast/grid.ts';
import { type Baselines, baselinesOf } from './baselines.ts';
import type { Course, Forecaster } from './forecasters.ts';
import { createScores, type Horizon, type OpenForecast, type Scores } from './scores.ts';

/** Days before the test over which only the widths of intervals are learned. */
const CALIBRATION_DAYS = 28;

export interface RollingOptions {
  grid: Grid;
  series: ReadonlyMap<string, readonly DayCounts[]>;
  forecaster: Forecaster;
  /** Last day of training. */
  trainUntil: number;
  /** Days of history a model is fitted on. */
  historyDays: number;
  /** Told after each day tested. */
  onDay?: (day: number, scores: Scores) => void;
}

/** Runs over all days after `trainUntil` in order, a model fitted anew each morning, and scores. */
export function rollingOrigin(options: RollingOptions): Scores {
  const { series, trainUntil, historyDays, forecaster, grid } = options;
  const days = new Set([...series.values()].flatMap((each) => each.map(({ day }) => day)));
  const first = Math.min(...days);
  const scores = createScores();
  for (const day of [...days].sort((a, b) => a - b)) {
    if (day <= trainUntil - CALIBRATION_DAYS || day === first) continue;
    const before = onlyDays(series, (known) => known < day);
    const course = forecaster(
      onlyDays(before, (known) => known >= day - historyDays),
      day,
    );
    runDay({
      grid,
      course,
      today: new Map(
        [...series].map(([name, each]) => [name, each.find((known) => known.day === day)?.counts]),
      ),
      baselines: new Map([...before].map(([name, each]) => [name, baselinesOf(each, day)])),
      scores,
      counts: day > trainUntil,
    });
    if (day > trainUntil) options.onDay?.(day, scores);
  }
  return scores;
}

const onlyDays = (
  series: RollingOptions['series'],
  keep: (day: number) => boolean,
): Map<string, DayCounts[]> =>
  new Map([...series].map(([name, days]) => [name, days.filter(({ day }) => keep(day))]));

interface RunningDay {
  grid: Grid;
  course: Course;
  today: ReadonlyMap<string, readonly (number | null)[] | undefined>;
  baselines: ReadonlyMap<string, Baselines | null>;
  scores: Scores;
  counts: boolean;
}

/** One day, slot by slot: forecasts are made before a slot is seen and settled when their last slot is over. */
function runDay(running: RunningDay): void {
  const { grid, course, today } = running;
  const hour = slotsPerHour(grid);
  let open: OpenForecast[] = [];
  for (let slot = 0; slot < grid.slots; slot++) {
    if (slot === 0) open.push(...forecasts(running, 'nextDay', 0, grid.slots));
    if (slot % hour === 0) {
      if (slot + hour <= grid.slots) open.push(...forecasts(running, 'nextHour', slot, slot + hour));
      open.push(...forecasts(running, 'restOfDay', slot, grid.slots));
    }
    course.learn(new Map([...today].map(([name, counts]) => [name, counts?.[slot] ?? null])));
    for (const forecast of open) if (forecast.to === slot + 1) settle(running, forecast);
    open = open.filter(({ to }) => to > slot + 1);
  }
}

function forecasts(
  { course, today, baselines, scores }: RunningDay,
  horizon: Horizon,
  from: number,
  to: number,
) {
  return [...today.keys()].flatMap((series): OpenForecast[] => {
    const plain = baselines.get(series);
    if (plain == null) return [];
    const asked = {
      series,
      horizon,
      from,
      to,
      baselines: { lastWeek: between(plain.lastWeek, from, to), mean4w: between(plain.mean4w, from, to) },
    };
    return [scores.open(asked, course.expected(series, from, to))];
  });
}

function settle({ today, scores, counts }: RunningDay, forecast: OpenForecast): void {
  const came = today.get(forecast.series)?.slice(forecast.from, forecast.to) ?? [null];
  const known = came.filter((count) => count !== null);
  // Where a slot is unknown there is nothing to measure against.
  if (known.length === came.length) scores.settle(forecast, between(known, 0, known.length), counts);
}

const between = (counts: readonly number[], from: number, to: number): number =>
  counts.slice(from, to).reduce((total, count) => total + count, 0);
