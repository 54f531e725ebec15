import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainMove } from '#server/domain/staffing/explain.ts';
import type { Move } from '#server/domain/staffing/moves.ts';
import { compareOutcome } from '#server/domain/staffing/outcome.ts';
import { poolsAhead } from '#server/domain/staffing/pool-twin.ts';
import { promiseMove, withMove } from '#server/domain/staffing/promise.ts';
import { valueAt } from '#server/domain/queueing/step-function.ts';
import { createRng } from '#server/rng.ts';
import { STAFFING_FACTS } from '#shared/staffing-facts.ts';
import { StaffingPolicy } from '#shared/staffing-world.ts';
import { busyPool, quietPool } from './given-network.ts';

const policy = StaffingPolicy.parse({});
const pools = [quietPool, busyPool];
const staff = [[[0, 3]], [[0, 3]]] as const;
const move: Move = {
  lever: 'send',
  person: 0,
  from: 0,
  to: 1,
  minutes: 20,
  gain: 300,
  loss: 2,
  cost: 11,
  breakShift: null,
};
const look = poolsAhead(pools, policy);
const promised = promiseMove(look, staff, move, createRng(4));

describe('a promise [GD2]', () => {
  it('shows both halls with and without the move, as ranges', () => {
    const { receiver, giver, helps, saved } = promised;
    expect(receiver?.with.middle).toBeLessThan(receiver?.without.middle ?? 0);
    expect(giver?.with.middle).toBeGreaterThanOrEqual(giver?.without.middle ?? Infinity);
    for (const range of [receiver?.with, receiver?.without, saved]) {
      expect(range?.low).toBeLessThanOrEqual(range?.middle ?? NaN);
      expect(range?.middle).toBeLessThanOrEqual(range?.high ?? NaN);
    }
    expect(helps).toBeGreaterThan(0.9);
    expect([promised.from, promised.to]).toEqual([20, 80]);
  });

  it('is poor where the receiver needs nobody', () => {
    const { helps } = promiseMove(poolsAhead([quietPool, quietPool], policy), staff, move, createRng(4));
    expect(helps).toBeLessThan(0.2);
  });

  it('goes on from the moves already accepted', () => {
    expect(withMove(staff, move)).toEqual([
      [[0, 2]],
      [
        [0, 3],
        [20, 4],
      ],
    ]);
  });

  it('goes on from a break that was moved', () => {
    const one = { from: 10, minutes: 15, lunch: false, movableMinutes: 30 };
    const onBreak = [
      [[0, 3]],
      [
        [0, 3],
        [10, 2],
        [25, 3],
      ],
    ] as const;
    const later: Move = { ...move, lever: 'shiftBreak', from: 1, to: 1, breakShift: { place: 0, from: 40 } };
    const [giver, receiver] = withMove(onBreak, later, one);
    expect(giver).toEqual([[0, 3]]);
    expect([0, 10, 25, 40, 55].map((at) => valueAt(receiver ?? [], at))).toEqual([3, 3, 3, 2, 3]);
  });

  it('can be made of a pool that is empty at times', () => {
    const alone = [
      [
        [0, 1],
        [30, 0],
        [60, 1],
      ],
      [[0, 3]],
    ] as const;
    expect(promiseMove(look, alone, move, createRng(4)).giver).not.toBeNull();
  });
});

describe('an outcome [GD6]', () => {
  const side = {
    without: { low: 8, middle: 12, high: 18 },
    with: { low: 3, middle: 5, high: 9 },
  };
  const noChange = { low: 10, middle: 12, high: 15 };

  it.each([
    [5, 'asPromised'],
    [9.04, 'asPromised'],
    [10, 'worse'],
    [1, 'better'],
  ])('of %f minutes is %s', (meanWaitMinutes, verdict) => {
    expect(compareOutcome(side, { meanWaitMinutes, customers: 20 }, noChange).verdict).toBe(verdict);
  });

  it('counts what was saved against no change, and harm as harm', () => {
    const { saved } = compareOutcome(side, { meanWaitMinutes: 11, customers: 20 }, noChange);
    expect(saved).toEqual({ low: -20, middle: 20, high: 80 });
  });

  it('says nothing when nobody came', () => {
    const { verdict, saved } = compareOutcome(side, { meanWaitMinutes: null, customers: 0 }, noChange);
    expect([verdict, saved]).toEqual([null, null]);
  });
});

describe('an explanation [GD2]', () => {
  it('leads with its strongest fact', () => {
    const { why, giver, breaks } = explainMove(move, pools, staff, promised, { arrivalsNextHour: 30 });
    expect(why.map(({ key }) => key)).toEqual(['staffing_why_backlog', 'staffing_why_arrivals']);
    expect(why[0]?.values).toEqual({ waiting: 12, servers: 3 });
    expect(giver?.key).toBe('staffing_giver_idle');
    expect(breaks[0]?.key).toBe('staffing_breaks_late');
  });

  it('names fewer counters ahead', () => {
    const drop = [
      [[0, 3]],
      [
        [0, 3],
        [25, 1],
      ],
    ] as const;
    const { why } = explainMove(move, [quietPool, quietPool], drop, promised, { arrivalsNextHour: null });
    expect(why).toEqual([{ key: 'staffing_why_fewer_staff', values: { inMinutes: 25, from: 3, to: 1 } }]);
  });

  it('does not lead with a queue that is served next', () => {
    const few = { ...busyPool, waiting: 2 };
    const { why } = explainMove(move, [quietPool, few], staff, promised, { arrivalsNextHour: null });
    expect(why.map(({ key }) => key)).toEqual(['staffing_why_load']);
  });

  it.each(['en', 'zh-CN'])('has its sentences in %s', (language) => {
    const path = join(import.meta.dirname, `../../../web/src/messages/${language}.json`);
    const catalogue = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    for (const key of STAFFING_FACTS) expect(catalogue[key], key).toBeDefined();
  });
});
