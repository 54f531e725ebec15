import { describe, expect, it } from 'vitest';
import type { SuggestionCommand } from '#shared/suggestions.ts';
import { agreedChanges } from '#server/domain/staffing/agreed-changes.ts';
import { decideMove } from '#server/domain/staffing/decide-move.ts';
import { MINUTE, NOON, proposed } from './given-suggestion.ts';

/** The changes that both places expect after these words, each a minute after the other. */
function expected(...words: SuggestionCommand['do'][]) {
  const { move, tell } = proposed();
  words.forEach((word, i) => {
    const command = { do: word, option: 0, reason: 'other', text: '' } as SuggestionCommand;
    const at = word === 'undo' ? NOON + 5_000 : NOON + i * MINUTE;
    const decision = decideMove(move(), command, 'Li', at, { isFresh: true, isTaken: () => false });
    if ('fact' in decision) tell(decision.fact);
  });
  const changes = agreedChanges([move()], NOON + MINUTE);
  const of = (branch: string) => changes.get(branch)?.map(({ at, change }) => [(at - NOON) / MINUTE, change]);
  return { south: of('south') ?? [], north: of('north') ?? [] };
}

describe('what predictions expect of accepted moves', () => {
  it('is nothing before anybody has accepted, and again nothing once it is undone', () => {
    expect(expected()).toEqual({ south: [], north: [] });
    expect(expected('accept', 'undo')).toEqual({ south: [], north: [] });
  });

  it('is that the person leaves one place now, and comes to the other no sooner than the way takes', () => {
    expect(expected('accept')).toEqual({ south: [[21, 1]], north: [[1, -1]] });
  });

  it('is what the sources do not show yet', () => {
    expect(expected('accept', 'start')).toEqual({ south: [[20, 1]], north: [] });
    expect(expected('accept', 'start', 'arrive')).toEqual({ south: [], north: [] });
    expect(expected('accept', 'start', 'recall')).toEqual({ south: [], north: [] });
  });
});
