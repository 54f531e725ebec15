import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '#server/clock.ts';
import { newBranch } from '#server/domain/live-branch.ts';
import { NOTHING_AGREED } from '#server/domain/queueing/agreed-change.ts';
import type { PlanMemory } from '#server/domain/staffing/hysteresis.ts';
import type { Foresight } from '#server/planner/foresight.ts';
import type { MoveLog } from '#server/planner/suggestions/move-log.ts';
import {
  createSuggestionPlanner,
  type SuggestionPlanner,
} from '#server/planner/suggestions/suggestion-planner.ts';
import { staffingInMemory } from '#server/staffing-store.ts';
import { hall } from '#test/support/profiles.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const SECOND = 1_000;
const profile = hall({ id: 'north', zone: 'UTC' });
const staffing = staffingInMemory({
  branches: [
    {
      id: 'north',
      region: 'city',
      pools: [{ id: 'all', queues: ['q1'], skill: 'general' }],
      counters: [{ id: '1' }],
    },
  ],
  agents: [],
});
const nobody: Foresight = {
  know: () => Promise.resolve(),
  heard: () => Promise.resolve(),
  predict: () => Promise.reject(new Error('not asked')),
  twins: () => Promise.reject(new Error('not asked')),
  forecast: () => Promise.reject(new Error('not asked')),
  requirements: () => Promise.reject(new Error('not asked')),
  monthlyNote: () => Promise.reject(new Error('not asked')),
  accuracy: () => Promise.reject(new Error('not asked')),
  suggest: () => Promise.reject(new Error('not asked')),
  noChange: () => Promise.reject(new Error('not asked')),
  close: () => Promise.resolve(),
};
const moves: MoveLog = {
  all: () => [],
  find: () => undefined,
  append: () => Promise.resolve(true),
  freshHall: () => ({ live: newBranch(profile), profile, agreed: NOTHING_AGREED }),
  isTaken: () => false,
};

/** When plans are made, seconds after the start; `memory` is what each plan remembers. */
async function plansWithin(
  seconds: number,
  memory: PlanMemory,
  happens: (planner: SuggestionPlanner, second: number) => void = () => undefined,
): Promise<number[]> {
  const clock: ManualClock = manualClock(NOON);
  const made: number[] = [];
  const planner = createSuggestionPlanner({
    moves,
    staffing,
    foresight: {
      ...nobody,
      suggest: () => {
        made.push((clock.now() - NOON) / SECOND);
        return Promise.resolve({ proposed: [], memory, outdated: [], breaches: [] });
      },
    },
    projectedTo: clock.now,
    clock,
    logger: pino({ level: 'silent' }),
  });
  for (let second = 0; second <= seconds; second++) {
    clock.advanceTo(NOON + second * SECOND);
    happens(planner, second);
    await planner.tick();
  }
  return made;
}

const NOTHING: PlanMemory = new Map();
const ONE_NEED: PlanMemory = new Map([['to 1', [1]]]);

describe('plans', () => {
  it('are made every two minutes', async () => {
    expect(await plansWithin(300, ONE_NEED)).toEqual([15, 135, 255]);
  });

  it('are made at once when a breach becomes likely, and once more soon to see whether the need persists', async () => {
    const breach = (planner: SuggestionPlanner, second: number): void => {
      if (second === 60) planner.breachIsLikely();
    };
    expect(await plansWithin(200, ONE_NEED, breach)).toEqual([15, 60, 90]);
    expect(await plansWithin(200, NOTHING, breach)).toEqual([15, 60, 180]);
  });

  it('rest between two, however many breaches become likely', async () => {
    const always = (planner: SuggestionPlanner, second: number): void => {
      if (second >= 20) planner.breachIsLikely();
    };
    expect(await plansWithin(34, NOTHING, always)).toEqual([15, 20, 25, 30]);
  });

  it('come again when a move that was agreed on cannot be undone any more', async () => {
    const agreed = (planner: SuggestionPlanner, second: number): void => {
      if (second === 60) planner.moveIsAgreed();
    };
    expect(await plansWithin(100, NOTHING, agreed)).toEqual([15, 75]);
  });
});
