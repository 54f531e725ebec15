import { describe, expect, it } from 'vitest';
import { expectedBetween, learnSlot, startDay, startLaterDay } from '#server/domain/forecast/day-course.ts';
import type { DayCounts } from '#server/domain/forecast/grid.ts';
import { type Lasting, USUAL_LASTING } from '#server/domain/forecast/lasting.ts';
import { fitPool } from '#server/domain/forecast/pooling.ts';
import { createRng } from '#server/rng.ts';
import { GRID, makeDays, makeFactors, MONDAY, normal, RATES } from './made-days.ts';

const HALLS = 20;
const DAYS = 28;
const DEVIATION = 0.25;

/** Halls whose rates are off by a factor of their own. */
function halls(days: number, factorsOf: (hall: number) => number[][]): Map<string, DayCounts[]> {
  return new Map(
    Array.from({ length: HALLS }, (_, hall) => {
      const factors = factorsOf(hall);
      const rate = (day: number, slot: number): number =>
        0.3 * (RATES[slot] ?? 0) * (factors[day]?.[slot] ?? 1);
      return [`hall-${hall}`, makeDays(days, 70 + hall, rate).days];
    }),
  );
}

const allDay = (factors: readonly number[]): number[][] =>
  factors.map((factor) => RATES.map(() => Math.max(0.1, factor)));

/** Another factor each day. */
function everyDayAnew(hall: number): number[][] {
  const rng = createRng(900 + hall);
  return allDay(Array.from({ length: DAYS }, () => 1 + DEVIATION * normal(rng)));
}

/** A factor that follows that of the day before. */
function fromDayToDay(hall: number): number[][] {
  const rng = createRng(500 + hall);
  const kept = Math.exp(-1 / 10);
  let level = DEVIATION * normal(rng);
  return allDay(
    Array.from({ length: DAYS }, () => {
      level = kept * level + Math.sqrt(1 - kept ** 2) * DEVIATION * normal(rng);
      return 1 + level;
    }),
  );
}

const lastingOf = (histories: Map<string, DayCounts[]>): Lasting =>
  fitPool(histories, { grid: GRID }).members.get('hall-0')?.lasting ?? { level: NaN, day: NaN };

describe('how long ups and downs last', () => {
  it('is seen to be the day where every day is another', () => {
    const { level, day } = lastingOf(halls(DAYS, everyDayAnew));
    expect(day).toBeGreaterThan(0.75);
    expect(level).toBeLessThan(0.15);
  });

  it('is seen to be days where days follow one another', () => {
    const { level, day } = lastingOf(halls(DAYS, fromDayToDay));
    expect(level).toBeGreaterThan(0.6);
    expect(level + day).toBeGreaterThan(0.8);
  });

  it('is seen to be hours where they come and go', () => {
    const { level, day } = lastingOf(halls(DAYS, (hall) => makeFactors(DAYS, 300 + hall, DEVIATION)));
    expect(level + day).toBeLessThan(0.3);
  });

  it('is taken to be as usual where there is no history, and nearly so where there is little', () => {
    expect(lastingOf(halls(0, everyDayAnew))).toEqual(USUAL_LASTING);
    const { level, day } = lastingOf(halls(1, everyDayAnew));
    expect(level).toBeCloseTo(USUAL_LASTING.level, 1);
    expect(level + day).toBeLessThan(1);
  });
});

describe('a hall whose days are each another', () => {
  const model = fitPool(halls(DAYS, everyDayAnew), { grid: GRID }).members.get('hall-0');
  if (model === undefined) throw new Error('the hall has no model');
  const usual = startDay(model, MONDAY + DAYS).usual;
  const BUSY = 1.4;
  /** The hall in the afternoon of a day that has been busy so far. */
  const busyDay = () => {
    const course = startDay(model, MONDAY + DAYS);
    for (let slot = 0; slot < GRID.slots / 2; slot++) learnSlot(course, BUSY * (usual[slot] ?? 0));
    return course;
  };
  const ratioOf = (course: ReturnType<typeof busyDay>, from: number): number => {
    const ahead = course.usual.slice(from).reduce((sum, mean) => sum + mean, 0);
    return expectedBetween(course, from, GRID.slots).mean / ahead;
  };

  it('is expected to stay as busy until the evening', () => {
    expect(ratioOf(busyDay(), GRID.slots / 2)).toBeGreaterThan(1.3);
  });

  it('is expected to be as usual on the next day', () => {
    expect(ratioOf(startLaterDay(busyDay(), MONDAY + DAYS + 1), 0)).toBeCloseTo(1, 1);
  });
});
