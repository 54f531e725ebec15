import { describe, expect, it } from 'vitest';
import { checkPlan } from '#server/domain/staffing/check-plan.ts';
import { haveCounters } from '#server/domain/staffing/counters.ts';
import { persistent } from '#server/domain/staffing/hysteresis.ts';
import { type Move, needOf } from '#server/domain/staffing/moves.ts';
import type { StaffingNetwork } from '#server/domain/staffing/network.ts';
import { planMoves, tabulate } from '#server/domain/staffing/plan-moves.ts';
import type { PersonNow, PoolNow, Situation } from '#server/domain/staffing/situation.ts';
import type { StaffingWorldInput } from '#shared/staffing-world.ts';
import { atCounter, busyPool, networkOf, oneSided, quietPool, twoHalls } from './given-network.ts';

const network = networkOf(twoHalls);

const plan = (situation: Situation, of: StaffingNetwork = network): Move[] => {
  const moves = planMoves(of, situation, tabulate(of, situation));
  expect(checkPlan(of, situation, moves)).toEqual([]);
  return moves;
};

/** The situation with everybody of the first hall changed. */
const withNorth = (change: Partial<PersonNow>): Situation => {
  const situation = oneSided();
  return { ...situation, people: situation.people.map((one, i) => (i < 3 ? { ...one, ...change } : one)) };
};

describe('levers [GD1]', () => {
  it('sends somebody from a quiet hall to a busy one', () => {
    const moves = plan(oneSided());
    expect(moves[0]).toMatchObject({ lever: 'send', from: 0, to: 1, minutes: 20 });
  });

  it('brings those back who are away from home, at no cost of travel', () => {
    const situation = oneSided();
    const away = { ...atCounter(0, 0), restedMinutes: 120, movesToday: 1 };
    const people = [...situation.people.slice(0, 5), away];
    const home = plan({ ...situation, people }).find(({ person }) => person === 5);
    expect(home).toMatchObject({ lever: 'bringBack', to: 1, cost: network.policy.moveCost });
  });

  describe('with somebody in the back office', () => {
    const world: StaffingWorldInput = {
      ...twoHalls,
      agents: [
        ...twoHalls.agents,
        {
          id: 's4',
          home: 'south',
          skills: ['general'],
          shift: { from: '09:00', to: '18:00' },
          backOffice: true,
        },
      ],
    };
    const office: PersonNow = { ...atCounter(1, -1), duty: 'backOffice' };
    const withOffice = (pools: readonly PoolNow[]): Situation => {
      const situation = oneSided();
      return { ...situation, pools, people: [...situation.people, office] };
    };

    it('recalls them rather than sending from another hall', () => {
      const moves = plan(withOffice([quietPool, busyPool]), networkOf(world));
      expect(moves[0]).toMatchObject({ lever: 'recall', person: 6, from: -1, to: 1, minutes: 8 });
    });

    it('lets them work on where less is saved than breaking it off costs [GD4]', () => {
      const lively = { ...busyPool, waiting: 2, arrivalRate: [[0, 0.4]] as const };
      const situation = withOffice([quietPool, lively]);
      const at = (recallCost: number): Move[] =>
        plan(situation, networkOf({ ...world, policy: { recallCost } }));
      const recalled = at(0).find(({ lever }) => lever === 'recall');
      expect(recalled).toBeDefined();
      expect(at(recalled?.gain ?? 0).map(({ lever }) => lever)).not.toContain('recall');
    });
  });

  it('opens a counter with whoever is free in the hall', () => {
    const situation = oneSided();
    const people = situation.people.map((one, i): PersonNow =>
      i === 5 ? { ...one, duty: 'spare', pool: -1 } : one,
    );
    expect(plan({ ...situation, people })[0]).toMatchObject({ lever: 'openCounter', person: 5, minutes: 2 });
  });

  it('changes what a counter serves inside a hall', () => {
    const [south] = twoHalls.branches.slice(1);
    if (south === undefined) throw new Error('there are two halls');
    const pools = ['all', 'other'].map((id) => ({ id, queues: [id], skill: 'general' }));
    const of = networkOf({ branches: [{ ...south, pools }], agents: twoHalls.agents.slice(3) });
    const people = [0, 0, 1].map((pool) => atCounter(0, pool));
    const situation = { minute: 600, pools: [quietPool, busyPool], people, pastMoves: [] };
    expect(plan(situation, of)[0]).toMatchObject({ lever: 'changeQueues', from: 0, to: 1, minutes: 2 });
  });

  it('moves a break out of a rush', () => {
    const pause = { from: 5, minutes: 30, lunch: false, movableMinutes: 60 };
    const rush = { ...busyPool, waiting: 6, arrivalRate: [[0, 0.6] as const, [50, 0.1] as const] };
    const people = [0, 0, 0, 1, 1, 1].map((at, i) => ({
      ...atCounter(at, at),
      breaks: i === 3 ? [pause] : [],
    }));
    const moves = plan({ minute: 600, pools: [quietPool, rush], people, pastMoves: [] });
    expect(moves).toContainEqual(expect.objectContaining({ lever: 'shiftBreak', person: 3 }));
  });

  it('closes a counter when who was recalled is no longer needed', () => {
    const situation = oneSided();
    const people = situation.people.map((one, i) => ({ ...one, recalled: i === 0, restedMinutes: 90 }));
    const moves = plan({ ...situation, pools: [quietPool, quietPool], people });
    expect(moves).toMatchObject([{ lever: 'closeCounter', person: 0, to: -1 }]);
  });
});

describe('counters', () => {
  it('are found for everybody who comes, or nobody comes', () => {
    const [north, south] = twoHalls.branches;
    if (north === undefined || south === undefined) throw new Error('there are two halls');
    const pools = ['all', 'other'].map((id) => ({ id, queues: [id], skill: 'general' }));
    const counters = (fitted: string[][]) => fitted.map((each, i) => ({ id: String(i), pools: each }));
    const situation = oneSided();
    const people = [0, 0, 0, 1, 1, 2].map((pool) => atCounter(Math.min(pool, 1), pool));
    const crowded = { ...situation, pools: [quietPool, busyPool, quietPool], people };
    const hall = (fitted: string[][]) =>
      networkOf({ ...twoHalls, branches: [north, { ...south, pools, counters: counters(fitted) }] });
    expect(plan(crowded, hall([['all'], ['all'], ['all', 'other'], ['other']]))).toHaveLength(1);
    expect(plan(crowded, hall([['all'], ['all'], ['other'], ['other']]))).toEqual([]);
  });
});

describe('who is asked [GD3]', () => {
  it.each<[string, Partial<PersonNow>]>([
    ['is on a break', { duty: 'break', backIn: 10 }],
    [
      'has lunch in 60 minutes and 20 on the way',
      { breaks: [{ from: 60, minutes: 40, lunch: true, movableMinutes: 0 }] },
    ],
    ['goes home soon', { shiftEndsIn: 70 }],
    ['was moved twice today', { movesToday: 2, restedMinutes: 100 }],
    ['was moved half an hour ago', { movesToday: 1, restedMinutes: 30 }],
  ])('not who %s', (_, change) => {
    expect(plan(withNorth(change)).filter(({ lever }) => lever === 'send')).toEqual([]);
  });

  it('never more than the floor and the donor limit allow', () => {
    const desperate = { ...oneSided(), pools: [quietPool, { ...busyPool, waiting: 60 }] };
    expect(plan(desperate).length).toBe(2);
    const held = networkOf({
      ...twoHalls,
      branches: twoHalls.branches.map((one) => ({ ...one, donorLimit: 0 })),
    });
    expect(plan(desperate, held)).toEqual([]);
  });

  it('nobody in quiet hours', () => {
    const of = networkOf({ ...twoHalls, quietHours: [{ from: '09:30', to: '10:30' }] });
    expect(plan(oneSided(), of)).toEqual([]);
  });
});

describe('no flapping [GD4]', () => {
  it('asks for no move that gains less than the least', () => {
    expect(plan({ ...oneSided(), pools: [quietPool, { ...quietPool, waiting: 2 }] })).toEqual([]);
  });

  it('takes no move back within the hour', () => {
    const past = { from: 1, to: 0, minutesAgo: 40 };
    expect(plan({ ...oneSided(), pastMoves: [past] })).toEqual([]);
    expect(plan({ ...oneSided(), pastMoves: [{ ...past, minutesAgo: 61 }] })).not.toEqual([]);
  });

  it('shows what has stood in two plans in a row', () => {
    const moves = plan(oneSided());
    const first = persistent(new Map(), moves, needOf, 2);
    expect(first.kept).toEqual([]);
    expect(persistent(first.memory, moves, needOf, 2).kept).toEqual(moves);
    const gap = persistent(first.memory, [], needOf, 2);
    expect(persistent(gap.memory, moves, needOf, 2).kept).toEqual([]);
  });
});

describe('the checker', () => {
  it('finds broken rules', () => {
    const situation = withNorth({ movesToday: 2 });
    const [good] = plan(oneSided());
    if (good === undefined) throw new Error('there is a move');
    const rules = (moves: Move[]) => checkPlan(network, situation, moves).map(({ rule }) => rule);
    expect(rules([good])).toEqual(['GD3']);
    expect(rules([{ ...good, person: 4 }])).toContain('place');
    expect(rules([{ ...good, gain: 0 }])).toContain('GD4');
  });

  it('seats people at counters fitted for them', () => {
    expect(haveCounters([[0], [0, 1]], [1, 0])).toBe(true);
    expect(haveCounters([[0], [0, 1]], [1, 1])).toBe(false);
  });
});
