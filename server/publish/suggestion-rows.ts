/** Suggestions as frames carry them: that one changed; the whole of it is asked for over HTTP. */
import type { SuggestionRow } from '#shared/suggestions.ts';
import type { BranchMoves } from '../domain/staffing/fold-moves.ts';

export const suggestionRows = (moves: BranchMoves): SuggestionRow[] =>
  [...moves.values()].map(({ suggestion: { id, status, proposedAt, steps } }) => ({
    id,
    status,
    changedAt: steps.at(-1)?.at ?? proposedAt,
  }));
