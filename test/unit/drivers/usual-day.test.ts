import { describe, expect, it } from 'vitest';
import { type HallRecord, noWork } from '#server/domain/drivers/hall-record.ts';
import { type ReferenceDay, usualDay, usualScatter } from '#server/domain/drivers/usual-day.ts';

/** A day of one slot: so many answered, after so long on average. */
const dayOf = (wait: number, answered = 10, open = 3): HallRecord => ({
  slots: [
    {
      queues: [{ ...noWork(), arrivals: answered, answered, waitSeconds: wait * answered }],
      servers: [open],
    },
  ],
  unknownQueues: new Set(),
});
const days = (waits: readonly number[], isSameWeekday = true): ReferenceDay[] =>
  waits.map((wait) => ({ record: dayOf(wait), isSameWeekday }));
const waitOf = (references: ReferenceDay[]): number | null => {
  const work = usualDay(references, new Set())?.slots[0]?.queues[0];
  return work === undefined ? null : work.waitSeconds / work.answered;
};

describe('usualDay', () => {
  it('is the mean of the days without the longest and shortest fifth', () => {
    expect(waitOf(days([100, 120, 140, 10, 5_000]))).toBeCloseTo(120, 9);
  });

  it('asks the other weekdays as far as there are few of the same', () => {
    const same = [200, 200, 200, 200];
    const others = days([100, 100, 100, 100], false);
    expect(waitOf([...days(same), ...others])).toBe(200);
    expect(waitOf([...days(same.slice(0, 3)), ...others])).toBeGreaterThan(175);
    const one = waitOf([...days(same.slice(0, 1)), ...others]) ?? 0;
    expect(one).toBeGreaterThanOrEqual(100);
    expect(one).toBeLessThan(150);
    expect(waitOf(others)).toBe(100);
    const usual = usualDay([...days([200, 200]), ...others], new Set());
    expect(usual).toMatchObject({ sameWeekday: 2, days: { length: 6 } });
  });

  it('is not known from two days', () => {
    expect(usualDay(days([100, 100]), new Set())).toBeNull();
    const closed: ReferenceDay = { record: dayOf(0, 0), isSameWeekday: true };
    expect(usualDay([...days([100, 100]), closed], new Set())).toBeNull();
  });

  it('leaves out days on which a queue told nothing that tells today', () => {
    const silent: ReferenceDay = {
      record: { ...dayOf(900), unknownQueues: new Set(['general']) },
      isSameWeekday: true,
    };
    expect(waitOf([...days([100, 100, 100]), silent])).toBeCloseTo(100, 9);
    expect(usualDay([...days([100, 100]), silent], new Set(['general']))?.days).toHaveLength(3);
  });
});

describe('usualScatter', () => {
  it('is the robust standard deviation of the days', () => {
    const usual = usualDay(days([100, 110, 90, 105, 95, 4_000]), new Set());
    if (usual === null) throw new Error('no usual day');
    const scatter = usualScatter(usual, null, [0]);
    expect(scatter).toBeGreaterThan(5);
    expect(scatter).toBeLessThan(25);
  });
});
