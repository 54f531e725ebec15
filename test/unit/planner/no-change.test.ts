import { describe, expect, it } from 'vitest';
import type { HallBasis } from '#shared/moves.ts';
import { StaffingPolicy } from '#shared/staffing-world.ts';
import type { TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import { hallBasis, twinOfBasis } from '#server/planner/suggestions/move-basis.ts';
import { noChange } from '#server/planner/suggestions/no-change.ts';

const queue = (id: string): HallBasis['queues'][number] => ({
  id,
  serviceSeconds: 120,
  serviceVariation: 0.8,
  leaveRate: 0,
  targetSeconds: 600,
  waitedSeconds: [],
});
/** One counter for the first queue, and one for both. */
const hall: HallBasis = {
  queues: [queue('a'), queue('b')],
  groups: [
    { serves: [0], staff: [[0, 1]], inService: [] },
    { serves: [0, 1], staff: [[0, 1]], inService: [[1, 30]] },
  ],
};
const perHour = (a: number, b: number) => [a, b].map((count) => [[0, count / 3_600]] as const);
const without = (arrivals: ReturnType<typeof perHour>, queues = ['a']) =>
  noChange({
    basis: { branch: 'hall', queues, hall },
    arrivals,
    window: { from: 10, to: 70 },
    policy: StaffingPolicy.parse({}),
    seed: 5,
  });

describe('the waits as they would have been without a move', () => {
  it('are those of the arrivals that really came, to other queues of the hall too', () => {
    const quiet = without(perHour(30, 0));
    const shared = without(perHour(30, 28));
    const busy = without(perHour(55, 0));
    expect(shared?.middle).toBeGreaterThan(quiet?.middle ?? Infinity);
    expect(busy?.middle).toBeGreaterThan(quiet?.middle ?? Infinity);
  });

  it('are unknown where nobody came', () => {
    expect(without(perHour(0, 20))).toBeNull();
  });

  it('rest on a hall that is the same after it was a fact', () => {
    const twin: TwinBranch = twinOfBasis(hall, perHour(10, 10));
    expect(hallBasis(['a', 'b'], twin)).toEqual(hall);
    expect(hallBasis(['a', 'b'], JSON.parse(JSON.stringify(twin)) as TwinBranch)).toEqual(hall);
  });
});
