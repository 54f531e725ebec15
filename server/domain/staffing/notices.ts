/** What people are to be told of moves (rule GD5: when nothing can be undone any more). */
import { NOTICE_ACTIONS } from '#shared/notice-actions.ts';
import type { Notice, NoticePlace } from '#shared/notices.ts';
import type { SuggestedPlace, Suggestion } from '#shared/suggestions.ts';
import { chosenOption, isUnderWay, type LiveMove, moveStepId } from './fold-moves.ts';

/** The notices of these moves at `now` (epoch ms), the newest first. */
export const noticesOf = (moves: readonly LiveMove[], now: number): Notice[] =>
  moves.flatMap(({ suggestion }) => noticesOfOne(suggestion, now)).sort((a, b) => b.at - a.at);

function noticesOfOne(suggestion: Suggestion, now: number): Notice[] {
  const { id, accepted, steps, to, dueAt } = suggestion;
  const option = chosenOption(suggestion);
  if (accepted === null || option === undefined) return [];
  // What was done and undone before nobody heard of.
  const first = steps.findLastIndex(({ action }) => action === 'move.accepted');
  if (isUnderWay(suggestion) && now < accepted.undoUntil) return [];
  return steps.flatMap(({ action, at, by }, i): Notice[] => {
    const told = NOTICE_ACTIONS.find((each) => each === action);
    if (told === undefined || i < first) return [];
    return [
      {
        id: moveStepId(id, i + 1),
        at: told === 'move.accepted' ? accepted.undoUntil : at,
        action: told,
        by,
        move: id,
        lever: option.lever,
        person: option.person,
        from: placeOf(option.from),
        to: placeOf(to),
        dueAt,
      },
    ];
  });
}

const placeOf = ({ branch, nameZh, nameEn }: SuggestedPlace): NoticePlace => ({ branch, nameZh, nameEn });
