import { describe, expect, it } from 'vitest';
import type { MoveOption, SuggestionCommand } from '#shared/suggestions.ts';
import { agreedChanges } from '#server/domain/staffing/agreed-changes.ts';
import { agreedSteering } from '#server/domain/staffing/agreed-steering.ts';
import { decideMove } from '#server/domain/staffing/decide-move.ts';
import { dueStep } from '#server/domain/staffing/due-moves.ts';
import { MINUTE, NOON, place, proposed } from './given-suggestion.ts';

const SECOND = 1_000;
const NOWHERE_SEEN = { isFresh: true, left: false, serves: false, back: false, movedOn: false };
const steer = { share: 0.25, followers: 9, hereSeconds: 1_500, thereSeconds: 600 };
/** To the north, 20 minutes away. */
const toHall: Partial<MoveOption> = { lever: 'steerToHall', person: null, steer };
const toMachine: Partial<MoveOption> = {
  ...{ lever: 'steerToMachine', person: null, steer, minutes: 0 },
  from: { ...place('south'), pool: null, queues: [] },
};

/** What both halls expect at a minute after noon, when these words were said then, and time did what it does. */
function expected(option: Partial<MoveOption>, minute: number, words: [SuggestionCommand['do'], number][]) {
  const { move, tell } = proposed(option);
  const settle = (at: number): void => {
    const fact = dueStep(move(), at, NOWHERE_SEEN);
    if (fact !== null) tell(fact);
  };
  for (const [word, minutes] of words) {
    const at = NOON + minutes * MINUTE;
    settle(at);
    const command = { do: word, option: 0, reason: 'other', text: '' } as SuggestionCommand;
    const decision = decideMove(move(), command, 'Li', at, { isFresh: true, isTaken: () => false });
    if ('fact' in decision) tell(decision.fact);
  }
  const now = NOON + minute * MINUTE;
  settle(now);
  expect(agreedChanges([move()], now).size).toBe(0);
  const steering = agreedSteering([move()], now);
  const of = (branch: string) =>
    steering.get(branch)?.map(({ queue, from, to, leave, come }) => ({
      ...{ queue, leave, perHour: come * 3_600 },
      minutes: [from, to].map((at) => (at - NOON - 10 * SECOND) / MINUTE),
    }));
  return { south: of('south'), north: of('north') };
}

describe('what predictions expect of accepted steering', () => {
  it('is nothing before anybody has accepted, and again nothing once it is undone', () => {
    const nothing = { south: undefined, north: undefined };
    expect(expected(toHall, 1, [])).toEqual(nothing);
    const undone: [SuggestionCommand['do'], number][] = [
      ['accept', 0],
      ['undo', 0.1],
    ];
    expect(expected(toHall, 1, undone)).toEqual(nothing);
  });

  it('is that for an hour the share that follows leaves, and comes to the other hall one way later', () => {
    expect(expected(toHall, 1, [['accept', 0]])).toEqual({
      south: [{ queue: 'q1', leave: 0.25, perHour: 0, minutes: [0, 60] }],
      north: [{ queue: 'q1', leave: 0, perHour: 9, minutes: [20, 80] }],
    });
  });

  it('is that nobody comes anywhere else when they use a machine', () => {
    expect(expected(toMachine, 1, [['accept', 0]])).toEqual({
      south: [{ queue: 'q1', leave: 0.25, perHour: 0, minutes: [0, 60] }],
      north: undefined,
    });
  });

  it('ends when somebody ends it, but for those who are on their way', () => {
    const ended: [SuggestionCommand['do'], number][] = [
      ['accept', 0],
      ['return', 30],
    ];
    const { south, north } = expected(toHall, 31, ended);
    expect(south).toBeUndefined();
    expect(north?.[0]?.minutes[1]).toBeCloseTo(50 - 10 / 60, 6);
    expect(expected(toHall, 51, ended).north).toBeUndefined();
  });
});
