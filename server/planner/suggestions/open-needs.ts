/** What has been proposed or rejected already, as a plan sees it. */
import type { StaffingWorld } from '#shared/staffing-world.ts';
import { chosenOption, isUnderWay, type LiveMove } from '../../domain/staffing/fold-moves.ts';
import { needOf } from '../../domain/staffing/moves.ts';
import { poolPlaces } from './pool-places.ts';

/** A need that is on the screens (`id`), or was rejected lately (`id` is `null`). */
export interface OpenNeed {
  id: string | null;
  need: string;
  person: number;
  netGain: number;
}

/** Rule GD5: what was rejected is not shown again for so long, ms. */
const REJECTED_MS = 30 * 60_000;

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
    const isOpen = status === 'proposed';
    const isRejected = status === 'rejected' && now - (steps.at(-1)?.at ?? 0) < REJECTED_MS;
    if (!isOpen && !isRejected) return [];
    const { lever, from, gain, loss, cost } = option;
    return [
      {
        id: isOpen ? id : null,
        need: needOf({
          lever,
          from: places.pool(from.branch, from.pool),
          to: places.pool(to.branch, to.pool),
        }),
        person: person.get(option.person.id) ?? -1,
        netGain: gain - loss - cost,
      },
    ];
  });
}
