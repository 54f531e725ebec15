import { describe, expect, it } from 'vitest';
import { StaffingWorld } from '#shared/staffing-world.ts';
import type { HallNow } from '#server/domain/prediction/hall-now.ts';
import type { TwinBranch } from '#server/domain/queueing/twin/branch.ts';
import { hallsAhead } from '#server/planner/suggestions/halls-ahead.ts';
import { createRng } from '#server/rng.ts';

const world = StaffingWorld.parse({
  branches: [
    {
      id: 'hall',
      region: 'all',
      pools: [
        { id: 'papers', queues: ['a'], skill: 'any' },
        { id: 'cash', queues: ['b'], skill: 'any' },
        { id: 'elsewhere', queues: ['z'], skill: 'any' },
      ],
      counters: [{ id: '1', pools: ['papers', 'cash'] }, { id: '2', pools: ['cash'] }, { id: '3' }],
    },
  ],
  agents: [],
});

const queueNow = (id: string): HallNow['queues'][number] => ({
  id,
  targetSeconds: 600,
  waitedSeconds: [],
  isKnown: true,
  wasLate: false,
  came: { recently: 0, today: 0 },
  today: { handled: 0, workSeconds: 0, left: 0, waitedSeconds: 0 },
  variation: 1,
  steered: [],
});
const now: HallNow = {
  branch: 'hall',
  version: 1,
  at: 0,
  opening: null,
  queues: [queueNow('a'), queueNow('b')],
  groups: [
    { queues: [0, 1], servers: ['1'], inService: [], away: [], agreed: [] },
    { queues: [1], servers: ['2'], inService: [], away: [], agreed: [] },
  ],
};

/** Two queues, of which only the first is busy; its counter also serves the other one. */
const ahead: TwinBranch = {
  queues: [40, 2].map((perHour) => ({
    arrivalRate: [[0, perHour / 3_600]] as const,
    service: { law: 'exponential' as const, mean: 120 },
    patience: { law: 'never' as const },
    priority: { points: 0, pointsPerMinute: 1 },
    targetSeconds: 600,
    waitedSeconds: [],
  })),
  groups: now.groups.map(({ queues }) => ({
    serves: [queues],
    staff: [[0, 1]] as const,
    pace: 1,
    inService: [],
  })),
  dayFactor: null,
};
const halls = hallsAhead(world, new Map([['hall', { now, ahead }]]));
const hour = [{ from: 5, to: 65 }];
const plus = (pool: number, change: number) =>
  halls.look({ pool, standing: [[0, 1]], changed: [[0, 1 + change]] }, hour, createRng(3));
const middle = (saved: Float64Array | undefined): number => saved?.toSorted()[60] ?? NaN;

describe('what becomes of the waits of a pool, its hall around it', () => {
  it('is better with one more, as much as the hall’s own twin says', () => {
    const { spans, saved } = plus(0, 1) ?? {};
    const [span] = spans ?? [];
    expect(span?.changed?.middle).toBeLessThan((span?.standing?.middle ?? 0) / 2);
    expect(middle(saved)).toBeGreaterThan(30);
  });

  it('is worse with one fewer, though those of other counters help', () => {
    const { spans, saved } = plus(1, -1) ?? {};
    expect(spans?.[0]?.changed?.middle).toBeGreaterThan(spans?.[0]?.standing?.middle ?? Infinity);
    expect(Number.isFinite(spans?.[0]?.changed?.high)).toBe(true);
    expect(middle(saved)).toBeLessThan(0);
  });

  it('never takes away more servers than there are', () => {
    expect(() => plus(1, -5)).not.toThrow();
  });

  it('is not known of a pool whose queues nobody knows, and of a hall that is not there', () => {
    expect(plus(2, 1)).toBeUndefined();
    expect(
      hallsAhead(world, new Map()).look(
        { pool: 0, standing: [[0, 1]], changed: [[0, 2]] },
        hour,
        createRng(1),
      ),
    ).toBeUndefined();
  });
});
