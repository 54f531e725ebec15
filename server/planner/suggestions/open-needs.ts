/** What has been proposed or rejected already, as a plan sees it. */
import { isSteering, type Lever } from '#shared/levers.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import { chosenOption, isUnderWay, type LiveMove } from '../../domain/staffing/fold-moves.ts';
import { needOf } from '../../domain/staffing/moves.ts';
import { poolPlaces } from './pool-places.ts';

/** A need that is on the screens (`id`), or was rejected lately or is answered for now (`id` is `null`). */
export interface OpenNeed {
  id: string | null;
  lever: Lever;
  need: string;
  /** −1 where customers are steered. */
  person: number;
  /** Infinite while it is met: nothing asks for it again. */
  netGain: number;
}

/** The need that customers of a queue are steered elsewhere, wherever that is. */
export const steeringNeed = (branch: string, queue: string): string =>
  `steer ${JSON.stringify([branch, queue])}`;

/** Rule GD5: what was rejected comes back when it gains so many times as much. */
const GAIN_AGAIN = 2;

/** True of what was rejected a short time ago, or is met, unless it gains so much now. */
export const isRejectedNeed = ({ id, netGain }: OpenNeed, gainsNow: number): boolean =>
  id === null && gainsNow < GAIN_AGAIN * netGain;

/** Rule GD5: what was rejected is not shown again for so long, ms. */
const MINUTE_MS = 60_000;
const REJECTED_MS = 30 * MINUTE_MS;

/**
 * What was proposed before another move that touches the same pool was agreed on: its promise holds no more. Within the
 * time for undoing nothing is agreed on yet.
 */
export function overtaken(moves: readonly LiveMove[], now: number): LiveMove[] {
  const poolsOf = ({ suggestion }: LiveMove): string[] => {
    const from = chosenOption(suggestion)?.from;
    return [suggestion.to, ...(from === undefined ? [] : [from])]
      .filter(({ pool }) => pool !== null)
      .map(({ branch, pool }) => JSON.stringify([branch, pool]));
  };
  const agreed = moves.filter(
    ({ suggestion }) => isUnderWay(suggestion) && now > (suggestion.accepted?.undoUntil ?? Infinity),
  );
  return moves.filter((move) => {
    const { status, proposedAt } = move.suggestion;
    if (status !== 'proposed') return false;
    const own = poolsOf(move);
    return agreed.some(
      (other) =>
        (other.suggestion.accepted?.at ?? 0) > proposedAt &&
        poolsOf(other).some((pool) => own.includes(pool)),
    );
  });
}

export function openNeeds(world: StaffingWorld, moves: readonly LiveMove[], now: number): OpenNeed[] {
  const places = poolPlaces(world);
  const person = new Map(world.agents.map(({ id }, i) => [id, i]));
  return moves.flatMap(({ suggestion }): OpenNeed[] => {
    const { id, status, to, steps } = suggestion;
    const option = chosenOption(suggestion);
    if (option === undefined) return [];
    const { lever, from, gain, loss, cost } = option;
    const isOpen = status === 'proposed';
    if (isSteering(lever) && !isOpen) {
      // Rule GD4: what was announced is not announced again at once, whoever ended it.
      const ended = steps.findLast(({ action }) => action === 'move.returned' || action === 'move.recalled');
      const isMet =
        isUnderWay(suggestion) || now - (ended?.at ?? -Infinity) < world.policy.reversalMinutes * MINUTE_MS;
      if (isMet)
        return [{ id: null, lever, need: needOfSteering(suggestion), person: -1, netGain: Infinity }];
    }
    const isRejected = status === 'rejected' && now - (steps.at(-1)?.at ?? 0) < REJECTED_MS;
    if (!isOpen && !isRejected) return [];
    return [
      {
        id: isOpen ? id : null,
        lever,
        need: isSteering(lever)
          ? needOfSteering(suggestion)
          : needOf({
              lever,
              from: places.pool(from.branch, from.pool),
              to: places.pool(to.branch, to.pool),
            }),
        person: person.get(option.person?.id ?? '') ?? -1,
        netGain: gain - loss - cost,
      },
    ];
  });
}

const needOfSteering = ({ to }: Suggestion): string => steeringNeed(to.branch, to.queues[0] ?? '');
