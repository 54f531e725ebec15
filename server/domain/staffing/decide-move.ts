/** What a person's wish about a suggestion means now: a fact to tell, nothing to do, or a refusal (rule GD5). */
import type { MoveStepEvent } from '#shared/moves.ts';
import type {
  Suggestion,
  SuggestionCommand,
  SuggestionConflict,
  SuggestionStatus,
} from '#shared/suggestions.ts';
import { isUnderWay, type LiveMove, moveStepId } from './fold-moves.ts';

export type MoveDecision =
  | { fact: MoveStepEvent }
  /** It is so already. */
  | { done: true }
  | { refused: SuggestionConflict };

/** What the places of the suggestion are like now. */
export interface MoveSurroundings {
  /** False when the figures of a hall it touches are stale (rule LV3). */
  isFresh: boolean;
  /** True when this person moves already. */
  isTaken: (person: string) => boolean;
}

const DONE = { done: true } as const;
const FIRST_CAME_ANOTHER = { refused: 'status' } as const;
const TOO_LATE = { refused: 'time' } as const;

/** Where these words may be said, and where they have been said already. */
const STEPS: Record<
  'start' | 'arrive' | 'return' | 'recall',
  { type: MoveStepEvent['type']; from: readonly SuggestionStatus[]; done: readonly SuggestionStatus[] }
> = {
  start: { type: 'move.started', from: ['accepted'], done: ['started', 'late', 'arrived', 'returned'] },
  arrive: { type: 'move.arrived', from: ['accepted', 'started', 'late'], done: ['arrived', 'returned'] },
  return: { type: 'move.returned', from: ['arrived'], done: ['returned'] },
  recall: { type: 'move.recalled', from: ['accepted', 'started', 'late', 'arrived'], done: ['recalled'] },
};

/** Decides a command of the person named `by` at `now`, epoch ms. */
export function decideMove(
  { suggestion, facts }: LiveMove,
  command: SuggestionCommand,
  by: string,
  now: number,
  surroundings: MoveSurroundings,
): MoveDecision {
  const { status, accepted, validUntil } = suggestion;
  const base = { id: moveStepId(suggestion.id, facts + 1), at: now, move: suggestion.id, by };
  switch (command.do) {
    case 'accept': {
      if (status !== 'proposed') return isOwn(suggestion, command.option, by) ? DONE : FIRST_CAME_ANOTHER;
      const option = suggestion.options[command.option];
      if (now > validUntil) return TOO_LATE;
      if (!surroundings.isFresh) return { refused: 'data' };
      if (option === undefined) return FIRST_CAME_ANOTHER;
      if (option.person !== null && surroundings.isTaken(option.person.id)) return FIRST_CAME_ANOTHER;
      return {
        fact: {
          type: 'move.accepted',
          ...base,
          option: command.option,
          ...(command.undoSeconds !== undefined && { undoSeconds: command.undoSeconds }),
        },
      };
    }
    case 'undo':
      if (status === 'proposed') return wasUndone(suggestion) ? DONE : FIRST_CAME_ANOTHER;
      if (status !== 'accepted') return FIRST_CAME_ANOTHER;
      return now > (accepted?.undoUntil ?? 0) ? TOO_LATE : { fact: { type: 'move.undone', ...base } };
    case 'reject':
      if (status === 'rejected') return DONE;
      if (status !== 'proposed') return FIRST_CAME_ANOTHER;
      return { fact: { type: 'move.rejected', ...base, reason: command.reason, text: command.text } };
    case 'start':
    case 'arrive':
    case 'return':
    case 'recall': {
      const { type, from, done } = STEPS[command.do];
      if (done.includes(status)) return DONE;
      if (!from.includes(status)) return FIRST_CAME_ANOTHER;
      return { fact: { type, ...base } as MoveStepEvent };
    }
    default:
      return command satisfies never;
  }
}

const isOwn = (suggestion: Suggestion, option: number, by: string): boolean =>
  isUnderWay(suggestion) && suggestion.accepted?.by === by && suggestion.accepted.option === option;

const wasUndone = ({ steps }: Suggestion): boolean => steps.at(-1)?.action === 'move.undone';
