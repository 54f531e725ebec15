import { describe, expect, it } from 'vitest';
import type { MoveAction, SuggestionStatus } from '#shared/suggestions.ts';
import en from '../../../../web/src/messages/en.json' with { type: 'json' };
import zh from '../../../../web/src/messages/zh-CN.json' with { type: 'json' };

/** Every one, so that a new one is missed here first. */
const STATUSES: Record<SuggestionStatus, true> = {
  proposed: true,
  accepted: true,
  started: true,
  late: true,
  arrived: true,
  returned: true,
  rejected: true,
  expired: true,
  superseded: true,
  recalled: true,
};
const ACTIONS: Record<MoveAction, true> = {
  'move.proposed': true,
  'move.accepted': true,
  'move.undone': true,
  'move.cancelled': true,
  'move.rejected': true,
  'move.started': true,
  'move.arrived': true,
  'move.returned': true,
  'move.recalled': true,
  'move.late': true,
  'move.expired': true,
  'move.superseded': true,
  'move.measured': true,
};

/** The words of a message for each of these values of its one input. */
function wordsFor(message: readonly { match: object }[], input: string, values: readonly string[]): string[] {
  const match = message[0]?.match as Record<string, string>;
  return values.map((value) => match[`${input}=${value}`] ?? match[`${input}=*`] ?? '');
}

describe.each([
  ['English', en],
  ['Chinese', zh],
])('the life of a suggestion in %s', (_language, catalogue) => {
  it('has words of its own for every status and every step', () => {
    const statuses = wordsFor(catalogue.suggestion_status, 'status', Object.keys(STATUSES));
    const steps = wordsFor(catalogue.suggestion_step, 'action', Object.keys(ACTIONS));
    for (const words of [statuses, steps]) {
      expect(words).not.toContain('');
      expect(new Set(words).size).toBe(words.length);
    }
  });
});
