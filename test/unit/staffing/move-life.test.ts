import { describe, expect, it } from 'vitest';
import type { SuggestionCommand } from '#shared/suggestions.ts';
import { decideMove } from '#server/domain/staffing/decide-move.ts';
import { dueStep, isToBeMeasured } from '#server/domain/staffing/due-moves.ts';
import { UNDO_MS } from '#server/domain/staffing/fold-moves.ts';
import { MINUTE, NOON, PROPOSED, proposed } from './given-suggestion.ts';

const calm = { isFresh: true, isTaken: (_person: string) => false };
const there = { isFresh: true, left: false, serves: false, back: false, movedOn: false };
const ACCEPT: SuggestionCommand = { do: 'accept', option: 0 };

/** A suggestion and what is said and becomes due in its life. */
function life() {
  const given = proposed();
  const say = (command: SuggestionCommand, by: string, at: number, surroundings = calm) => {
    const decision = decideMove(given.move(), command, by, at, surroundings);
    if ('fact' in decision) given.tell(decision.fact);
    return decision;
  };
  const pass = (at: number, places = there) => {
    const fact = dueStep(given.move(), at, places);
    if (fact !== null) given.tell(fact);
    return fact?.type ?? null;
  };
  const status = () => given.move().suggestion.status;
  return { ...given, say, pass, status };
}

describe('the life of a suggestion', () => {
  it('[GD5] is accepted by the first of two people, and the second is told who it was', () => {
    const { move, say, status } = life();
    const first = decideMove(move(), ACCEPT, 'Li', NOON + 1, calm);
    const second = decideMove(move(), ACCEPT, 'Wang', NOON + 1, calm);
    // Both facts bear the same id, of which the log takes one.
    expect('fact' in first && 'fact' in second && first.fact.id === second.fact.id).toBe(true);
    say(ACCEPT, 'Li', NOON + 1);
    expect(say(ACCEPT, 'Wang', NOON + 2)).toEqual({ refused: 'status' });
    expect(say(ACCEPT, 'Li', NOON + 2)).toEqual({ done: true });
    expect(status()).toBe('accepted');
    expect(move().suggestion.accepted).toMatchObject({ by: 'Li', option: 0 });
    expect(move().suggestion.dueAt).toBe(NOON + 1 + 20 * MINUTE);
  });

  it('[GD5] can be undone for longer where somebody asked for that', () => {
    const { move, say, status } = life();
    say({ ...ACCEPT, undoSeconds: 60 }, 'Li', NOON);
    expect(move().suggestion.accepted?.undoUntil).toBe(NOON + 60_000);
    say({ do: 'undo' }, 'Li', NOON + 60_000);
    expect(status()).toBe('proposed');
  });

  it('[GD5] can be undone for 10 s', () => {
    const { say, status } = life();
    say(ACCEPT, 'Li', NOON);
    say({ do: 'undo' }, 'Li', NOON + UNDO_MS);
    expect(status()).toBe('proposed');
    expect(say({ do: 'undo' }, 'Li', NOON + UNDO_MS + 1)).toEqual({ done: true });
    say(ACCEPT, 'Li', NOON + UNDO_MS + 2);
    expect(say({ do: 'undo' }, 'Li', NOON + 2 * UNDO_MS + 3)).toEqual({ refused: 'time' });
    expect(status()).toBe('accepted');
  });

  it('[LV3] is not accepted on stale figures, and taken back when they go stale within the time for undoing', () => {
    const { move, say, pass, status } = life();
    expect(say(ACCEPT, 'Li', NOON, { ...calm, isFresh: false })).toEqual({ refused: 'data' });
    say(ACCEPT, 'Li', NOON);
    expect(pass(NOON + 5_000, { ...there, isFresh: false })).toBe('move.cancelled');
    expect(status()).toBe('proposed');
    expect(move().suggestion.steps.at(-1)).toMatchObject({ by: null, reason: 'dataStale' });
  });

  it('is not accepted for somebody who moves already', () => {
    const { say } = life();
    const surroundings = { ...calm, isTaken: (person: string): boolean => person === 'n1' };
    expect(say(ACCEPT, 'Li', NOON, surroundings)).toEqual({ refused: 'status' });
    expect(say({ do: 'accept', option: 1 }, 'Li', NOON, surroundings)).toHaveProperty('fact');
  });

  it('expires', () => {
    const { say, pass, status } = life();
    expect(pass(NOON + 10 * MINUTE)).toBeNull();
    expect(say(ACCEPT, 'Li', NOON + 10 * MINUTE + 1)).toEqual({ refused: 'time' });
    expect(pass(NOON + 10 * MINUTE + 1)).toBe('move.expired');
    expect(status()).toBe('expired');
    expect(say(ACCEPT, 'Li', NOON + 11 * MINUTE)).toEqual({ refused: 'status' });
  });

  it('goes from leaving over lateness to arrival, return and measuring, each step once', () => {
    const { move, say, pass, status } = life();
    say(ACCEPT, 'Li', NOON);
    say({ do: 'start' }, 'Li', NOON + MINUTE);
    expect(say({ do: 'start' }, 'Wang', NOON + MINUTE)).toEqual({ done: true });
    expect(pass(NOON + 25 * MINUTE)).toBeNull();
    expect(pass(NOON + 26 * MINUTE)).toBe('move.late');
    expect(pass(NOON + 27 * MINUTE)).toBeNull();
    say({ do: 'arrive' }, 'Wang', NOON + 28 * MINUTE);
    expect(status()).toBe('arrived');
    const { suggestion } = move();
    expect(isToBeMeasured(suggestion, NOON + 80 * MINUTE, NOON + 100 * MINUTE)).toBe(false);
    expect(isToBeMeasured(suggestion, NOON + 80 * MINUTE, NOON + 111 * MINUTE)).toBe(true);
    say({ do: 'return' }, 'Wang', NOON + 120 * MINUTE);
    expect(status()).toBe('returned');
    expect(say({ do: 'recall' }, 'Wang', NOON + 121 * MINUTE)).toEqual({ refused: 'status' });
  });

  it('is late as soon as whoever has not left cannot be there in time, and goes on when they leave', () => {
    const { move, say, pass, status } = life();
    say(ACCEPT, 'Li', NOON);
    expect(pass(NOON + 5 * MINUTE)).toBeNull();
    expect(pass(NOON + 5 * MINUTE + 1)).toBe('move.late');
    expect(pass(NOON + 11 * MINUTE)).toBeNull();
    expect(pass(NOON + 12 * MINUTE, { ...there, left: true })).toBe('move.started');
    expect([status(), move().suggestion.startedAt]).toEqual(['late', NOON + 12 * MINUTE]);
    expect(pass(NOON + 13 * MINUTE, { ...there, left: true })).toBeNull();
    expect(pass(NOON + 32 * MINUTE, { ...there, left: true, serves: true })).toBe('move.arrived');
  });

  it('is over when nobody has been seen for an hour after the time planned', () => {
    const { say, pass, status } = life();
    say(ACCEPT, 'Li', NOON);
    expect(pass(NOON + 6 * MINUTE)).toBe('move.late');
    expect(pass(NOON + 80 * MINUTE)).toBeNull();
    expect(pass(NOON + 80 * MINUTE + 1)).toBe('move.expired');
    expect(status()).toBe('expired');
  });

  it('arrives by itself where the sources see the person', () => {
    const { say, pass, status } = life();
    say(ACCEPT, 'Li', NOON);
    expect(pass(NOON + 30_000, { ...there, serves: true })).toBe('move.arrived');
    expect(status()).toBe('arrived');
  });

  it('is seen to start, arrive and return by the sources alone', () => {
    const { say, pass, status } = life();
    say(ACCEPT, 'Li', NOON);
    expect(pass(NOON + 5_000, { ...there, left: true })).toBeNull();
    expect(pass(NOON + MINUTE, { ...there, left: true })).toBe('move.started');
    expect(pass(NOON + 20 * MINUTE, { ...there, left: true, serves: true })).toBe('move.arrived');
    expect(pass(NOON + 21 * MINUTE, { ...there, serves: true })).toBeNull();
    expect(pass(NOON + 120 * MINUTE, { ...there, back: true })).toBe('move.returned');
    expect(status()).toBe('returned');
  });

  it('ends when the person is asked to move on', () => {
    const { say, pass } = life();
    say(ACCEPT, 'Li', NOON);
    pass(NOON + 20 * MINUTE, { ...there, serves: true });
    expect(pass(NOON + 60 * MINUTE, { ...there, movedOn: true })).toBe('move.returned');
  });

  it('is superseded by a newer plan, and then over for everybody', () => {
    const { tell, move, say, pass, status } = life();
    tell({ type: 'move.superseded', id: 'm-1.2', at: NOON + MINUTE, move: 'm-1' });
    expect(status()).toBe('superseded');
    expect(say(ACCEPT, 'Li', NOON + 2 * MINUTE)).toEqual({ refused: 'status' });
    expect(say({ do: 'reject', reason: 'other', text: '' }, 'Li', NOON + 2 * MINUTE)).toEqual({
      refused: 'status',
    });
    expect(pass(NOON + 11 * MINUTE)).toBeNull();
    expect(move().suggestion.steps.at(-1)).toMatchObject({ action: 'move.superseded', by: null });
  });

  it('can be recalled from when nothing can be undone until the person is back', () => {
    const recallAfter = (...words: SuggestionCommand['do'][]) => {
      const { move, say, status } = life();
      say(ACCEPT, 'Li', NOON);
      words.forEach((word, i) => say({ do: word } as SuggestionCommand, 'Li', NOON + (i + 1) * MINUTE));
      const answer = say({ do: 'recall' }, 'Wang', NOON + 60 * MINUTE);
      return 'refused' in answer ? answer.refused : [status(), move().suggestion.steps.at(-1)?.by];
    };
    expect(recallAfter()).toEqual(['recalled', 'Wang']);
    expect(recallAfter('start')).toEqual(['recalled', 'Wang']);
    expect(recallAfter('start', 'arrive')).toEqual(['recalled', 'Wang']);
    expect(recallAfter('start', 'arrive', 'return')).toBe('status');
  });

  it('keeps the reason of a refusal', () => {
    const { move, say } = life();
    say({ do: 'reject', reason: 'tooFar', text: 'snow' }, 'Li', NOON);
    expect(move().suggestion.steps.at(-1)).toMatchObject({ by: 'Li', reason: 'tooFar', text: 'snow' });
  });

  it('is the same when a fact of an unknown suggestion, or the proposal once more, is told', () => {
    const { moves, tell, move } = life();
    const before = structuredClone(move());
    tell(PROPOSED);
    tell({ type: 'move.late', id: 'm-9.1', at: NOON, move: 'm-9' });
    expect(move()).toEqual(before);
    expect(moves.size).toBe(1);
  });
});
