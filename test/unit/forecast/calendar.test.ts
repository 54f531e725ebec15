import { describe, expect, it } from 'vitest';
import { fitArrivals } from '#server/domain/forecast/arrival-model.ts';
import { dayKind } from '#server/domain/forecast/calendar.ts';
import { expectedBetween, startDay } from '#server/domain/forecast/day-course.ts';
import { GRID, makeDays, MONDAY, RATES } from './made-days.ts';

const FRIDAY = 4;
const SATURDAY = 5;
/** Saturdays bring a third of the other days. */
const rateOf = (day: number, slot: number) => (RATES[slot] ?? 0) * (day % 7 === SATURDAY ? 1 / 3 : 1);
const HISTORY = makeDays(28, 1, rateOf).days;
const USUAL = RATES.reduce((sum, rate) => sum + rate, 0);

const totalOf = (day: number, calendar = new Map()) =>
  expectedBetween(startDay(fitArrivals(HISTORY, { grid: GRID, calendar }), day), 0, GRID.slots).mean;

describe('the calendar', () => {
  it('knows the weekday of a day number', () => {
    expect(dayKind(new Map(), 0)).toEqual({ weekday: 3, factor: 1 });
    expect(dayKind(new Map(), MONDAY)).toEqual({ weekday: 0, factor: 1 });
    expect(dayKind(new Map(), -1).weekday).toBe(2);
  });

  it('multiplies an announced day', () => {
    const day = MONDAY + 28;
    expect(totalOf(day, new Map([[day, { factor: 1.5 }]]))).toBeCloseTo(1.5 * totalOf(day), 6);
  });

  it('expects nothing of a closed day', () => {
    expect(totalOf(MONDAY + 29, new Map([[MONDAY + 29, { factor: 0 }]]))).toBe(0);
  });

  it('lets a working Saturday follow a Friday', () => {
    const saturday = MONDAY + 28 + SATURDAY;
    expect(totalOf(saturday) / USUAL).toBeCloseTo(1 / 3, 1);
    expect(totalOf(saturday, new Map([[saturday, { likeWeekday: FRIDAY }]])) / USUAL).toBeCloseTo(1, 1);
  });

  it('learns from special days at their usual size', () => {
    const halved = HISTORY.map((each, index) =>
      index % 7 === 2 ? { ...each, counts: each.counts.map((count) => (count ?? 0) / 2) } : each,
    );
    const calendar = new Map([2, 9, 16, 23].map((index) => [MONDAY + index, { factor: 0.5 }]));
    const model = fitArrivals(halved, { grid: GRID, calendar });
    const total = expectedBetween(startDay(model, MONDAY + 30), 0, GRID.slots).mean;
    expect(total / USUAL).toBeCloseTo(1, 1);
  });
});
