import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StaffingPolicy } from '#shared/staffing-world.ts';
import type { TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import { type Destination, lookBoth, promiseSteering } from '#server/domain/staffing/steering.ts';
import { createRng } from '#server/rng.ts';

const policy = StaffingPolicy.parse({});
/** Two queues served by the same people, services of five minutes. */
const hallOf = (perHour: number, servers: number, waiting = 0): TwinBranch => ({
  queues: [perHour, 2].map((rate, queue) => ({
    arrivalRate: [[0, rate / 3_600]] as const,
    service: { law: 'lognormal' as const, mean: 300, variation: 0.8 },
    patience: { law: 'never' as const },
    priority: { points: 0, pointsPerMinute: 1 },
    targetSeconds: 900,
    waitedSeconds: queue === 0 ? Array.from({ length: waiting }, () => 300) : [],
  })),
  groups: [{ serves: [[0, 1]], staff: [[0, servers]], pace: 1, inService: [] }],
  dayFactor: null,
});
const pressed = { hall: hallOf(40, 3, 12), queue: 0 };
const calm = { kind: 'hall', to: { hall: hallOf(8, 3), queue: 0 }, wayMinutes: 12 } as const;
const promise = (to: Destination, share: number) => {
  const told = promiseSteering(pressed, to, share, policy, createRng(1));
  if (told === null) throw new Error('nobody comes');
  return told;
};

describe('customers who are steered elsewhere', () => {
  it('leave those who stay shorter waits, and count their own way', () => {
    const told = promise(calm, 0.2);
    expect(told.followers).toBeCloseTo(8, 5);
    expect(told.receiver.with.middle).toBeLessThan(told.receiver.without.middle);
    expect(told.giver?.with.middle).toBeGreaterThanOrEqual(told.giver?.without.middle ?? Infinity);
    expect(told.there).toBeGreaterThanOrEqual(12);
    expect(told.cost).toBeCloseTo(policy.moveCost + 8 * 12, 5);
    expect(told.gain).toBeGreaterThan(told.cost);
  });

  it('save the more the more of them follow, until the place they go to is as full', () => {
    expect(promise(calm, 0.3).gain).toBeGreaterThan(promise(calm, 0.1).gain);
    const full = { ...calm, to: { hall: hallOf(38, 3, 10), queue: 0 } };
    expect(promise(full, 0.3).loss).toBeGreaterThan(promise(calm, 0.3).loss);
    expect(promise(full, 0.3).helps).toBeLessThan(promise(calm, 0.3).helps);
  });

  it('wait at machines too, and cost no journey there', () => {
    const told = promise({ kind: 'machine', machines: 2, pace: 0.5 }, 0.25);
    expect(told.giver).toBeNull();
    expect(told.cost).toBe(policy.moveCost);
    expect(told.gain).toBeGreaterThan(promise({ kind: 'machine', machines: 1, pace: 4 }, 0.25).gain);
  });

  it('change nothing where nobody follows, whatever the halls', () => {
    const halls = fc.record({
      perHour: fc.integer({ min: 1, max: 60 }),
      servers: fc.integer({ min: 1, max: 5 }),
      waiting: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(halls, halls, ({ perHour, servers, waiting }, other) => {
        const hall = hallOf(perHour, servers, waiting);
        const to = { hall: hallOf(other.perHour, other.servers, other.waiting), queue: 0 };
        const both = lookBoth(
          { hall, queue: 0 },
          { kind: 'hall', to, wayMinutes: 10 },
          0,
          [{ from: 0, to: 60 }],
          policy,
          createRng(2),
        );
        for (const side of [both.here, both.there]) {
          expect(side?.saved.every((minutes) => minutes === 0)).toBe(true);
          expect(side?.spans[0]?.changed).toEqual(side?.spans[0]?.standing);
        }
      }),
      { numRuns: 10, seed: 3 },
    );
  });
});
