import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benchForecast } from '#server/cli/bench/forecast.ts';
import { baselinesOf } from '#server/cli/bench/forecast/baselines.ts';
import { dealOut } from '#server/cli/bench/forecast/deal-out.ts';
import {
  aloneForecaster,
  type Forecaster,
  pooledForecaster,
} from '#server/cli/bench/forecast/forecasters.ts';
import { rollingOrigin } from '#server/cli/bench/forecast/rolling-origin.ts';
import { readSeriesFiles } from '#server/cli/bench/forecast/series-files.ts';
import { UsageError } from '#server/cli/result.ts';
import type { DayCounts } from '#server/domain/forecast/grid.ts';
import { GRID, makeDays, MONDAY, RATES } from './made-days.ts';

const FIXTURE = fileURLToPath(new URL('../../fixtures/intervals/hotline-1999.csv', import.meta.url));
/** Eight weeks of the fixture end here, two follow: 5 June 1999. */
const EIGHT_WEEKS = Date.parse('1999-06-05T00:00:00Z') / 86_400_000;

/** A forecaster that notes every forecast it was asked for, by day and slots. */
function noting(forecaster: Forecaster, notes: Map<string, number>): Forecaster {
  return (histories, day) => {
    const course = forecaster(histories, day);
    return {
      ...course,
      expected(name, from, to) {
        const expected = course.expected(name, from, to);
        notes.set([name, day, from, to].join(), expected.mean + expected.rateVariance);
        return expected;
      },
    };
  };
}

function forecastsOf(series: Map<string, DayCounts[]>, forecaster: Forecaster, trainUntil: number) {
  const notes = new Map<string, number>();
  const coverages: (number | null)[] = [];
  rollingOrigin({
    grid: GRID,
    series,
    forecaster: noting(forecaster, notes),
    trainUntil,
    historyDays: 28,
    onDay: (_, scores) => coverages.push(scores.accuracy('muster').restOfDay.coverage),
  });
  return { notes, coverages };
}

describe('a rolling origin', () => {
  const DAYS = 16;
  const TRAINED = 8;
  const made = (seed: number) => makeDays(DAYS, seed, (_, slot) => RATES[slot] ?? 0).days;
  const series = new Map([
    ['a', made(51)],
    ['b', made(52)],
  ]);

  it.each([
    ['alone', aloneForecaster(GRID)],
    ['pooled', pooledForecaster(GRID)],
  ])('never looks ahead (%s): what comes later changes no earlier forecast', (_, forecaster) => {
    const { notes, coverages } = forecastsOf(series, forecaster, MONDAY + TRAINED);
    const dayOf = fc.integer({ min: TRAINED + 1, max: DAYS - 1 });
    const slotOf = fc.integer({ min: 0, max: GRID.slots - 1 });
    fc.assert(
      fc.property(dayOf, slotOf, fc.nat({ max: 500 }), (changedDay, changedSlot, wild) => {
        const changed = new Map(
          [...series].map(([name, days]) => [
            name,
            days.map((each, index) => ({
              ...each,
              counts: each.counts.map((count, slot) =>
                index > changedDay || (index === changedDay && slot >= changedSlot) ? wild : count,
              ),
            })),
          ]),
        );
        const after = forecastsOf(changed, forecaster, MONDAY + TRAINED);
        for (const [key, value] of notes) {
          const [, day = 0, from = 0] = key.split(',').map(Number);
          const isBefore = day < MONDAY + changedDay || (day === MONDAY + changedDay && from <= changedSlot);
          if (isBefore) expect(after.notes.get(key)).toBe(value);
        }
        // The widths of intervals as well are those of the days before.
        const whole = changedDay - TRAINED - 1;
        expect(after.coverages.slice(0, whole)).toEqual(coverages.slice(0, whole));
      }),
      { numRuns: 8 },
    );
  });

  it('scores every full hour, the rest of the day and the next day of each series', () => {
    const scores = rollingOrigin({
      grid: GRID,
      series,
      forecaster: aloneForecaster(GRID),
      trainUntil: MONDAY + TRAINED,
      historyDays: 28,
    });
    const days = DAYS - TRAINED - 1;
    expect(scores.scored()).toBe(2 * days * (10 + 10 + 1));
  });
});

describe('baselines', () => {
  it('are the same weekday last time and the mean of the last four', () => {
    const days = Array.from({ length: 42 }, (_, day) => ({ day: MONDAY + day, counts: [day, 2 * day] }));
    expect(baselinesOf(days, MONDAY + 42)).toEqual({ lastWeek: [35, 70], mean4w: [24.5, 49] });
  });

  it('pass over days with holes', () => {
    const days = [0, 7, 14].map((day) => ({ day: MONDAY + day, counts: [day === 14 ? null : day] }));
    expect(baselinesOf(days, MONDAY + 21)?.lastWeek).toEqual([7]);
    expect(baselinesOf([], MONDAY)).toBeNull();
  });
});

describe('dealing out', () => {
  it('gives each hall its share and loses nobody', () => {
    const days = [{ day: MONDAY, counts: [3_000, null, 1_000] }];
    const halls = dealOut(days, 4, 1_000, 5);
    expect(halls.size).toBe(4);
    const dealt = [...halls.values()].map(([day]) => day?.counts ?? []);
    expect(dealt.reduce((sum, [count]) => sum + (count ?? 0), 0)).toBe(3_000);
    for (const [first, hole] of dealt) {
      expect(first).toBeGreaterThan(650);
      expect(hole).toBeNull();
    }
  });
});

describe('a real hotline, eight weeks and the two after', () => {
  it('is foretold better than by last week and by the mean of four weeks', async () => {
    const { grid, series } = await readSeriesFiles([FIXTURE]);
    const forecaster = aloneForecaster(grid);
    const scores = rollingOrigin({ grid, series, forecaster, trainUntil: EIGHT_WEEKS, historyDays: 56 });
    const { nextHour, restOfDay } = scores.accuracy('muster');
    expect(nextHour.wape).toBeLessThan(0.19);
    expect(restOfDay.wape).toBeLessThan(0.175);
    for (const baseline of ['lastWeek', 'mean4w'] as const) {
      expect(nextHour.wape).toBeLessThan((scores.accuracy(baseline).nextHour.wape ?? 0) * 0.8);
      expect(restOfDay.wape).toBeLessThan(scores.accuracy(baseline).restOfDay.wape ?? 0);
    }
    expect(nextHour.coverage).toBeGreaterThan(0.76);
    expect(nextHour.coverage).toBeLessThan(0.84);
  });
});

describe('bench forecast refuses', () => {
  const defaults = { historyDays: '112', perDay: '100', seed: '1' };
  const run = (files: string[], options: Record<string, string>) =>
    benchForecast(files, { ...defaults, ...options });

  it.each([
    ['no file', [], { trainUntil: '1999-06-05' }, /name a file/],
    ['a file that is not there', ['/nowhere.csv'], { trainUntil: '1999-06-05' }, /nowhere\.csv/],
    ['a date that is none', [FIXTURE], { trainUntil: '5 June' }, /--train-until is not a date/],
    ['nothing to test', [FIXTURE], { trainUntil: '2020-01-01' }, /no day to test/],
    ['nothing to learn from', [FIXTURE], { trainUntil: '1998-01-01' }, /no day to learn/],
    ['a history of no days', [FIXTURE], { trainUntil: '1999-06-05', historyDays: '0' }, /--history-days/],
    ['a folder that is not there', [], { trainUntil: '1999-06-05', pooled: '/nowhere' }, /folder/],
  ])('%s', async (_, files, options, message) => {
    const running = run(files, options);
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });
});
