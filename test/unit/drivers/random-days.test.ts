import { describe, expect, it, vi } from 'vitest';
import { type Driver, DRIVERS } from '#shared/drivers.ts';
import { type HallPlan, makeDay, plus, SLOTS, times, USUAL } from './made-halls.ts';
import { against } from './usual-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const DAYS = 200;
const WEEKS = 8;
const SPELL = 16;

const DRIVEN: Record<Driver, (from: number) => HallPlan> = {
  arrivals: (from) => ({ ...USUAL, arrivals: times(USUAL.arrivals, 1.4, from, from + SPELL) }),
  handling: (from) => ({ ...USUAL, handlingSeconds: times(USUAL.handlingSeconds, 1.4, from, from + SPELL) }),
  counters: (from) => ({ ...USUAL, counters: plus(USUAL.counters, -1, from, from + SPELL) }),
};

const BANK = 96;
const bank = Array.from({ length: BANK }, (_, day) => makeDay(USUAL, 1_000_000 + day));

/** Eight usual days, others each time, and one more; of both the same hall. */
const splitOf = (plan: HallPlan, seed: number) => {
  const stride = 1 + (seed % 11);
  const weeks = Array.from({ length: WEEKS }, (_, week) => bank[(seed + week * stride) % BANK] ?? bank[0]);
  return against(
    weeks.filter((day) => day !== undefined),
    makeDay(plan, 9_000_000 + seed),
  );
};

describe('days made by chance', () => {
  it(`shows the true driver of four slow hours in nine of ten of ${DAYS} days`, () => {
    let right = 0;
    let named = 0;
    let namedRight = 0;
    for (let day = 0; day < DAYS; day++) {
      const driver = DRIVERS[day % DRIVERS.length] ?? 'arrivals';
      const from = 4 + (day % (SLOTS - SPELL - 8));
      const { parts, causes } = splitOf(DRIVEN[driver](from), day)(null, from, from + SPELL + 4);
      if (parts === null) throw new Error('not split');
      const largest = DRIVERS.toSorted((a, b) => parts[b] - parts[a])[0];
      if (largest === driver) right += 1;
      if (causes.length > 0) named += 1;
      if (causes[0] === driver) namedRight += 1;
    }
    expect(right).toBeGreaterThanOrEqual(0.9 * DAYS);
    expect(named).toBeGreaterThan(0.5 * DAYS);
    expect(namedRight).toBeGreaterThanOrEqual(0.93 * named);
  });

  it('finds one usual day in seven slow at the most', () => {
    let slow = 0;
    for (let day = 0; day < DAYS; day++) {
      const { verdict } = splitOf(USUAL, 1_000 + day)(null, 0, SLOTS);
      if (verdict !== 'usual' && verdict !== 'busyNotSlow') slow += 1;
    }
    expect(slow).toBeLessThanOrEqual(DAYS / 7);
  });
});
