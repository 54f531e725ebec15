import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrivalModel, fitArrivals } from '#server/domain/forecast/arrival-model.ts';
import { type DayCourse, expectedBetween, learnSlot, startDay } from '#server/domain/forecast/day-course.ts';
import type { DayCounts } from '#server/domain/forecast/grid.ts';
import { daysAhead, forecastOf, restOfDay } from '#server/domain/forecast/outlook.ts';
import { GRID, makeDays, makeFactors, MONDAY, RATES } from './made-days.ts';

const usualRate = (_day: number, slot: number): number => RATES[slot] ?? 0;
const fit = (days: readonly DayCounts[]): ArrivalModel => fitArrivals(days, { grid: GRID });

function courseAt(model: ArrivalModel, today: DayCounts, slot: number): DayCourse {
  const course = startDay(model, today.day);
  for (const count of today.counts.slice(0, slot)) learnSlot(course, count);
  return course;
}

/** Mean absolute error of the next hour over a day, against the true rates. */
function errorOf(model: ArrivalModel, today: DayCounts, rates: readonly number[]): number {
  let error = 0;
  for (let slot = 0; slot + 2 <= GRID.slots; slot += 2) {
    const truth = (rates[slot] ?? 0) + (rates[slot + 1] ?? 0);
    error += Math.abs(expectedBetween(courseAt(model, today, slot), slot, slot + 2).mean / truth - 1);
  }
  return error / (GRID.slots / 2);
}

describe('the outlook', () => {
  it('works on the first day, and gets better with each', () => {
    const { days, rates } = makeDays(36, 21, usualRate);
    const after = [0, 1, 7, 28].map((known) => {
      const today = days[known] ?? { day: MONDAY, counts: [] };
      return errorOf(fit(days.slice(0, known)), today, rates[known] ?? []);
    });
    const [first = NaN, second = NaN, eighth = NaN, late = NaN] = after;
    expect(first).toBeLessThan(0.45);
    expect(second).toBeLessThan(0.12);
    expect(eighth).toBeLessThan(second);
    expect(late).toBeLessThan(0.06);
  });

  it('finds the size of a series nobody knows from its first slot', () => {
    const course = startDay(fit([]), MONDAY);
    learnSlot(course, 600);
    expect(expectedBetween(course, 1, 2).mean / 600).toBeCloseTo(1, 1);
  });

  it('follows a day that is busier than usual, and carries a part of it into the next', () => {
    const model = fit(makeDays(28, 22, usualRate).days);
    const busy = makeDays(1, 23, (day, slot) => 1.3 * usualRate(day, slot)).days[0]?.counts ?? [];
    const course = courseAt(model, { day: MONDAY + 28, counts: busy }, 14);
    const before = startDay(model, MONDAY + 28);
    const ratio = expectedBetween(course, 14, 20).mean / expectedBetween(before, 14, 20).mean;
    expect(ratio).toBeGreaterThan(1.08);
    const sum = (of: DayCourse) => daysAhead(of, 1).reduce((total, { mean }) => total + mean, 0);
    expect(sum(course) / sum(before)).toBeGreaterThan(1.01);
  });

  it('takes an unknown slot for unknown, not for empty', () => {
    const model = fit(makeDays(28, 24, usualRate).days);
    const course = courseAt(model, { day: MONDAY + 28, counts: RATES.map(() => null) }, 10);
    const before = startDay(model, MONDAY + 28);
    expect(expectedBetween(course, 10, 20).mean).toBeCloseTo(expectedBetween(before, 10, 20).mean, 6);
  });

  it('covers the rest of today and fourteen days', () => {
    const model = fit(makeDays(28, 25, usualRate).days);
    const course = courseAt(model, { day: MONDAY + 28, counts: RATES.slice() }, 5);
    expect(restOfDay(course).map(({ slot }) => slot)).toEqual([...RATES.keys()].slice(5));
    const ahead = daysAhead(course);
    expect(ahead).toHaveLength(14 * GRID.slots);
    expect(ahead.at(-1)).toMatchObject({ day: MONDAY + 42, slot: GRID.slots - 1 });
  });

  it('holds 80 % of what comes in its intervals when days are as the model takes them', () => {
    const factors = makeFactors(140, 26, 0.12);
    const { days } = makeDays(140, 27, (day, slot) => usualRate(day, slot) * (factors[day]?.[slot] ?? 1));
    let inside = 0;
    let outcomes = 0;
    for (let known = 60; known < days.length; known++) {
      const today = days[known];
      if (today === undefined) continue;
      const model = fit(days.slice(0, known));
      for (let slot = 0; slot + 2 <= GRID.slots; slot += 2) {
        const { low, high } = forecastOf(expectedBetween(courseAt(model, today, slot), slot, slot + 2));
        const actual = (today.counts[slot] ?? 0) + (today.counts[slot + 1] ?? 0);
        outcomes += 1;
        if (actual >= low && actual <= high) inside += 1;
      }
    }
    expect(inside / outcomes).toBeGreaterThan(0.76);
    expect(inside / outcomes).toBeLessThan(0.86);
  });

  it('stays finite and above zero whatever the counts were', () => {
    const count = fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 100_000 }), fc.constant(null), fc.constant(0));
    const day = fc.array(count, { minLength: GRID.slots, maxLength: GRID.slots });
    fc.assert(
      fc.property(fc.array(day, { maxLength: 12 }), day, fc.nat({ max: GRID.slots }), (past, today, slot) => {
        const model = fit(past.map((counts, index) => ({ day: MONDAY + index, counts })));
        const course = courseAt(model, { day: MONDAY + past.length, counts: today }, slot);
        for (const { mean, low, median, high } of [...restOfDay(course), ...daysAhead(course, 3)]) {
          expect(Number.isFinite(mean) && mean >= 0).toBe(true);
          expect(low >= 0 && median >= low && high >= median && Number.isFinite(high)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
