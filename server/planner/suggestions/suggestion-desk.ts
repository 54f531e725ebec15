/** What people do with suggestions: a command becomes a fact, once, however many people give it at the same time. */
import type {
  Suggestion,
  SuggestionCommand,
  SuggestionCommandWord,
  SuggestionConflict,
} from '#shared/suggestions.ts';
import type { Clock } from '../../clock.ts';
import { decideMove } from '../../domain/staffing/decide-move.ts';
import { chosenOption, type LiveMove } from '../../domain/staffing/fold-moves.ts';
import type { MoveLog } from './move-log.ts';

export interface SuggestionDesk {
  /** `undefined` when nobody knows it any more. */
  find(id: string): Suggestion | undefined;
  /** Those that help or take from these branches, the latest first. */
  of(branches: ReadonlySet<string>): Suggestion[];
  /** Does what a person asks. Throws LogUnavailable. */
  command(id: string, command: SuggestionCommand, by: string): Promise<CommandAnswer>;
}

export type CommandAnswer =
  { suggestion: Suggestion } | { refused: SuggestionConflict | 'unknown' | 'tooBusy' };

/** Of so many people at once, the last one is asked to try again. */
const MAX_TRIES = 5;

/** The branches a suggestion touches. */
const touched = ({ branch, to, options }: Suggestion): Set<string> =>
  new Set([branch, to.branch, ...options.map(({ from }) => from.branch)]);

export function createSuggestionDesk(parts: {
  moves: MoveLog;
  clock: Clock;
  /** Hears of each command that was obeyed. */
  told: (word: SuggestionCommandWord) => void;
}): SuggestionDesk {
  const { moves, clock, told } = parts;
  /** Who is being asked at this moment. */
  const claimed = new Map<string, string>();

  const isFresh = ({ suggestion }: LiveMove, option: number): boolean => {
    const giver = suggestion.options[option]?.from.branch ?? suggestion.branch;
    return [suggestion.branch, giver].every((id) => moves.freshHall(id, clock.now()) !== undefined);
  };

  const decideAndTell = async (
    id: string,
    command: SuggestionCommand,
    by: string,
  ): Promise<CommandAnswer> => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const move = moves.find(id);
      if (move === undefined) return { refused: 'unknown' };
      const decision = decideMove(move, command, by, clock.now(), {
        isFresh: isFresh(move, command.do === 'accept' ? command.option : 0),
        isTaken: (person) => moves.isTaken(person) || (claimed.get(person) ?? id) !== id,
      });
      if ('refused' in decision) return decision;
      if ('fact' in decision && !(await moves.append(move.suggestion.branch, decision.fact, clock.now())))
        continue;
      told(command.do);
      const after = moves.find(id);
      return after === undefined ? { refused: 'unknown' } : { suggestion: after.suggestion };
    }
    return { refused: 'tooBusy' };
  };

  return {
    find: (id) => moves.find(id)?.suggestion,
    of: (branches) =>
      moves
        .all()
        .map(({ suggestion }) => suggestion)
        .filter((suggestion) => !touched(suggestion).isDisjointFrom(branches))
        .sort((a, b) => b.proposedAt - a.proposedAt),
    async command(id, command, by) {
      const suggestion = moves.find(id)?.suggestion;
      const person =
        command.do !== 'accept' || suggestion === undefined
          ? undefined
          : (suggestion.options[command.option] ?? chosenOption(suggestion))?.person?.id;
      const isMine = person !== undefined && !claimed.has(person);
      if (isMine) claimed.set(person, id);
      try {
        return await decideAndTell(id, command, by);
      } finally {
        if (isMine) claimed.delete(person);
      }
    },
  };
}
