import { describe, expect, it } from 'vitest';
import type { TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import { foretell } from '#server/domain/prediction/foretell.ts';
import { staffAhead, usualOpen } from '#server/domain/prediction/staff-ahead.ts';
import { noHabits } from '#server/domain/prediction/hall-history.ts';
import type { HallNow } from '#server/domain/prediction/hall-now.ts';
import { createRng } from '#server/rng.ts';
import { branch, group, queue } from '#test/support/twin-branches.ts';

const RUNS = { fewest: 400, most: 400 };
const told = (of: TwinBranch, seed = 1) => {
  const [first] = foretell(of, createRng(seed), RUNS);
  if (first === undefined) throw new Error('nothing foretold');
  return first;
};

describe('what is foretold of a queue', () => {
  it('is a breach now when somebody waits too long already', () => {
    const ahead = told(branch([queue({ targetSeconds: 60, waitedSeconds: [90] })], [group(1)]));
    expect(ahead).toMatchObject({ breachChance: 1, breachSeconds: 0 });
  });

  it('is nothing where nobody comes', () => {
    const ahead = told(branch([queue({ targetSeconds: 60 })], [group(1)]));
    expect(ahead.breachChance).toBe(0);
    expect(ahead.breachSeconds).toBeNull();
    expect(ahead.course).toEqual(Array.from({ length: 8 }, () => null));
  });

  it('names the moment: without servers the first who comes is late once the target has passed', () => {
    const service = { law: 'fixed', seconds: 300 } as const;
    const arrivalRate = [[0, 1 / 30]] as const;
    const ahead = told(branch([queue({ targetSeconds: 600, arrivalRate, service })], [group(0)]));
    expect(ahead.breachChance).toBe(1);
    // Half of the first arrivals come within 30 s · ln 2.
    expect(ahead.breachSeconds).toBeGreaterThan(610);
    expect(ahead.breachSeconds).toBeLessThan(640);
  });

  it('grows where more come than are served, and its quantiles rise', () => {
    const service = { law: 'exponential', mean: 300 } as const;
    const ahead = told(
      branch([queue({ targetSeconds: 900, arrivalRate: [[0, 1 / 100]], service })], [group(2)]),
    );
    const [first, last] = [ahead.course[0], ahead.course[7]];
    expect(last?.p50).toBeGreaterThan((first?.p50 ?? Infinity) * 2);
    for (const step of ahead.course) {
      const { p5 = 1, p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0, p95 = 0 } = step ?? {};
      const values = [p5, p10, p25, p50, p75, p90, p95];
      expect(values).toEqual(values.toSorted((a, b) => a - b));
    }
  });

  it('does not change for the same seed', () => {
    const service = { law: 'exponential', mean: 200 } as const;
    const one = branch([queue({ targetSeconds: 300, arrivalRate: [[0, 1 / 90]], service })], [group(2)]);
    expect(told(one, 3)).toEqual(told(one, 3));
  });
});

describe('who will be there', () => {
  const now = (servers: string[], away: { id: string; seconds: number }[]): HallNow => ({
    ...{ branch: 'hall', version: 1, at: 0, opening: null, queues: [] },
    groups: [{ queues: [0], servers, inService: [], away, agreed: [] }],
  });

  it('comes back from a break, unless gone for hours', () => {
    const steps = staffAhead(now(['1', '2'], [{ id: '3', seconds: 300 }]), []);
    expect(steps).toEqual([
      [
        [0, 2],
        [600, 3],
      ],
    ]);
    expect(staffAhead(now(['1'], [{ id: '2', seconds: 7_200 }]), [])).toEqual([[[0, 1]]]);
  });

  it('changes as it usually does, but the last one stays', () => {
    const usual = [
      [0, 0],
      [1_800, 2],
      [3_600, -9],
    ] as const;
    expect(staffAhead(now(['1', '2'], []), usual)).toEqual([
      [
        [0, 2],
        [1_800, 4],
        [3_600, 1],
      ],
    ]);
  });

  it('is known from days of the same weekday, or from several others', () => {
    const habits = noHabits('hall');
    const day = (number: number, servers: number) => ({ day: number, servers: [servers] });
    expect(usualOpen({ ...habits, open: [day(93, 5), day(86, 3)] }, 100)).toEqual([4]);
    expect(usualOpen({ ...habits, open: [day(99, 5), day(98, 3)] }, 100)).toBeNull();
    expect(usualOpen({ ...habits, open: [day(99, 5), day(98, 3), day(97, 1)] }, 100)).toEqual([3]);
  });
});
