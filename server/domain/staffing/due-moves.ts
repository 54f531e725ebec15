/** What has to be told of a suggestion by itself as time goes on. */
import type { MoveStepEvent } from '#shared/moves.ts';
import { isSteering, type Lever } from '#shared/levers.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import { chosenOption, type LiveMove, moveStepId } from './fold-moves.ts';

const MINUTE_MS = 60_000;
/** Later than this after the time planned, a person is late, ms. */
const LATE_AFTER_MS = 5 * MINUTE_MS;
/** Who is nowhere seen so long after the time planned does not come, ms. */
const GIVEN_UP_AFTER_MS = 60 * MINUTE_MS;

/** Of these people come back; others stay where they were led. */
const COMES_BACK: ReadonlySet<Lever> = new Set(['send', 'recall']);
/** Moves of which nobody comes back are over after this long, ms, as announcements are: from then on the sources tell where people are. */
const SETTLED_IN_MS = 60 * MINUTE_MS;

/** Whoever goes to another hall is seen to leave. */
const isJourney = (lever: Lever): boolean => lever === 'send' || lever === 'bringBack';

/** What is known of the places of a move and of its person. */
export interface Places {
  /** False when the figures of a hall it touches are stale (rule LV3). */
  isFresh: boolean;
  /** The sources saw the person leave, see the person serve there, and saw the person come back. */
  left: boolean;
  serves: boolean;
  back: boolean;
  /** A later move of the person was agreed on. */
  movedOn: boolean;
}

/** The fact that is due at `now`, epoch ms; `null` when there is none. */
export function dueStep({ suggestion, facts }: LiveMove, now: number, places: Places): MoveStepEvent | null {
  const { id, status, validUntil, accepted, startedAt, arrivedAt, dueAt } = suggestion;
  const { lever = suggestion.lever, minutes = 0 } = chosenOption(suggestion) ?? {};
  const base = { id: moveStepId(id, facts + 1), at: now, move: id };
  switch (status) {
    case 'proposed':
      return now > validUntil ? { type: 'move.expired', ...base } : null;
    case 'accepted':
      if (now <= (accepted?.undoUntil ?? 0))
        return places.isFresh ? null : { type: 'move.cancelled', ...base, reason: 'dataStale' };
      return started() ?? arrivedOrLate();
    case 'started':
      return arrivedOrLate();
    case 'late':
      return started() ?? arrivedOrLate();
    case 'arrived': {
      const isSettled = !COMES_BACK.has(lever) && now > (arrivedAt ?? now) + SETTLED_IN_MS;
      const isOver = places.back || places.movedOn || isSettled;
      return isOver ? { type: 'move.returned', ...base, by: null } : null;
    }
    case 'returned':
    case 'rejected':
    case 'expired':
    case 'superseded':
    case 'recalled':
      return null;
    default:
      return status satisfies never;
  }

  function arrivedOrLate(): MoveStepEvent | null {
    // Nobody travels for these: they are done, or announced, when they were agreed on.
    const isAtOnce = lever === 'shiftBreak' || lever === 'closeCounter' || isSteering(lever);
    if (isAtOnce || places.serves) return { type: 'move.arrived', ...base, by: null };
    if (status === 'late')
      return now > (dueAt ?? Infinity) + GIVEN_UP_AFTER_MS ? { type: 'move.expired', ...base } : null;
    // Whoever still serves the last customer here comes no sooner than the journey takes.
    const soonest = now + (startedAt === null && isJourney(lever) ? minutes * MINUTE_MS : 0);
    return soonest > (dueAt ?? Infinity) + LATE_AFTER_MS ? { type: 'move.late', ...base } : null;
  }

  function started(): MoveStepEvent | null {
    const isSeen = startedAt === null && places.left && !places.serves;
    return isSeen ? { type: 'move.started', ...base, by: null } : null;
  }
}

/** How long after the promised time all who came then have been served, ms. */
const SETTLED_MS = 30 * MINUTE_MS;

/** True when it was carried out and its promise can be measured at `now` and was not yet. */
export const isToBeMeasured = (suggestion: Suggestion, until: number, now: number): boolean =>
  suggestion.arrivedAt !== null && suggestion.outcome === null && now > until + SETTLED_MS;
