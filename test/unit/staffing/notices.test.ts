import { describe, expect, it } from 'vitest';
import type { SuggestionCommand } from '#shared/suggestions.ts';
import { decideMove } from '#server/domain/staffing/decide-move.ts';
import { UNDO_MS } from '#server/domain/staffing/fold-moves.ts';
import { noticesOf } from '#server/domain/staffing/notices.ts';
import { MINUTE, NOON, proposed } from './given-suggestion.ts';

/** A suggestion that people say things about. */
function told() {
  const { move, tell } = proposed();
  const say = (command: object, at: number): void => {
    const wish = command as SuggestionCommand;
    const decision = decideMove(move(), wish, 'Li', at, { isFresh: true, isTaken: () => false });
    if ('fact' in decision) tell(decision.fact);
  };
  const notices = (now: number) => noticesOf([move()], now).map(({ action, by }) => [action, by]);
  return { say, notices, all: (now: number) => noticesOf([move()], now) };
}

describe('notices', () => {
  it('[GD5] say nothing as long as it can be undone, nor of what was undone', () => {
    const { say, notices } = told();
    say({ do: 'accept', option: 0 }, NOON);
    expect(notices(NOON + UNDO_MS - 1)).toEqual([]);
    say({ do: 'undo' }, NOON + 5_000);
    expect(notices(NOON + MINUTE)).toEqual([]);
    say({ do: 'accept', option: 0 }, NOON + MINUTE);
    expect(notices(NOON + 2 * MINUTE)).toEqual([['move.accepted', 'Li']]);
  });

  it('tell of each step, with who and where, each under an id of its own', () => {
    const { say, notices, all } = told();
    say({ do: 'accept', option: 0 }, NOON);
    say({ do: 'start' }, NOON + MINUTE);
    say({ do: 'recall' }, NOON + 2 * MINUTE);
    const now = NOON + 3 * MINUTE;
    expect(notices(now).map(([action]) => action)).toEqual([
      'move.recalled',
      'move.started',
      'move.accepted',
    ]);
    expect(new Set(all(now).map(({ id }) => id)).size).toBe(3);
    expect(all(now)[0]).toMatchObject({
      person: { id: 'n1' },
      from: { branch: 'north' },
      to: { branch: 'south' },
    });
  });

  it('say nothing of what was refused or expired', () => {
    const { say, notices } = told();
    say({ do: 'reject', reason: 'tooFar', text: '' }, NOON);
    expect(notices(NOON + MINUTE)).toEqual([]);
  });
});
