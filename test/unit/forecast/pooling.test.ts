import { describe, expect, it } from 'vitest';
import { fitArrivals } from '#server/domain/forecast/arrival-model.ts';
import { poissonDeviation } from '#server/domain/forecast/accuracy.ts';
import { expectedBetween, learnSlot, startDay } from '#server/domain/forecast/day-course.ts';
import type { DayCounts } from '#server/domain/forecast/grid.ts';
import { fitPool, learnPoolSlot, startPoolDay } from '#server/domain/forecast/pooling.ts';
import { GRID, makeDays, makeFactors, MONDAY, RATES } from './made-days.ts';

const HALLS = 15;
const DAYS = 31;
const KNOWN = 21;
/** Halls of different size that share their ups and downs. */
const FACTORS = makeFactors(DAYS, 31, 0.15);
const sizeOf = (hall: number): number => 0.05 + 0.02 * hall;
const HISTORIES = new Map(
  Array.from({ length: HALLS }, (_, hall): [string, DayCounts[]] => [
    `hall-${hall}`,
    makeDays(DAYS, 40 + hall, (day, slot) => sizeOf(hall) * (RATES[slot] ?? 0) * (FACTORS[day]?.[slot] ?? 1))
      .days,
  ]),
);
const before = (days: number) => new Map([...HISTORIES].map(([name, each]) => [name, each.slice(0, days)]));
const countsOf = (day: number, slot: number) =>
  new Map([...HISTORIES].map(([name, each]) => [name, each[day]?.counts[slot] ?? null]));

/** Errors of the next hour, pooled and alone, and what chance makes of it. */
function errors() {
  const sums = { pooled: 0, alone: 0, floor: 0 };
  for (let day = KNOWN; day < DAYS; day++) {
    const pool = startPoolDay(fitPool(before(day), { grid: GRID }), MONDAY + day);
    const alone = new Map(
      [...before(day)].map(([name, each]) => [
        name,
        startDay(fitArrivals(each, { grid: GRID }), MONDAY + day),
      ]),
    );
    for (let slot = 0; slot < GRID.slots; slot++) {
      if (slot % 2 === 0)
        for (const [name, member] of pool.members) {
          const own = alone.get(name) ?? member;
          const came = (HISTORIES.get(name)?.[day]?.counts ?? [])
            .slice(slot, slot + 2)
            .reduce<number>((sum, count) => sum + (count ?? 0), 0);
          const { mean } = expectedBetween(member, slot, slot + 2);
          sums.pooled += Math.abs(mean - came);
          sums.alone += Math.abs(expectedBetween(own, slot, slot + 2).mean - came);
          sums.floor += poissonDeviation(mean);
        }
      learnPoolSlot(pool, countsOf(day, slot));
      for (const [name, own] of alone) learnSlot(own, countsOf(day, slot).get(name) ?? null);
    }
  }
  return sums;
}

describe('pooled halls', () => {
  it('come near the error that chance alone makes, where a hall by itself does not', () => {
    const { pooled, alone, floor } = errors();
    expect(pooled / floor).toBeLessThan(1.15);
    expect(pooled).toBeLessThan(0.95 * alone);
  });

  it('give a new hall the size and profile of a mean one', () => {
    const histories = before(KNOWN).set('new', []);
    const { members } = startPoolDay(fitPool(histories, { grid: GRID }), MONDAY + KNOWN);
    const course = members.get('new');
    const mean = RATES.reduce((sum, rate) => sum + rate, 0) * sizeOf((HALLS - 1) / 2);
    expect(course && expectedBetween(course, 0, GRID.slots).mean / mean).toBeCloseTo(1, 0);
  });

  it('do not take a silent hall for an empty one', () => {
    const pool = startPoolDay(fitPool(before(KNOWN), { grid: GRID }), MONDAY + KNOWN);
    const counts = new Map([...pool.members].map(([name, { usual }]) => [name, usual[0] ?? 0]));
    counts.delete('hall-14');
    learnPoolSlot(pool, counts);
    const silent = pool.members.get('hall-14');
    const fresh = startPoolDay(fitPool(before(KNOWN), { grid: GRID }), MONDAY + KNOWN).members.get('hall-14');
    if (silent === undefined || fresh === undefined) throw new Error('hall-14 is a member');
    expect(expectedBetween(silent, 1, 20).mean / expectedBetween(fresh, 1, 20).mean).toBeCloseTo(1, 1);
  });
});
