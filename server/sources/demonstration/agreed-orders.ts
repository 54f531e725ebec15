/** What was agreed on about people, as orders for those who play them. */
import type { StaffingWorld } from '#shared/staffing-world.ts';
import { chosenOption, type LiveMove } from '../../domain/staffing/fold-moves.ts';
import type { StaffOrder } from './staff-orders.ts';

const MINUTE_MS = 60_000;
/** Until somebody who was called back has heard of it. */
const HEARS_MS = 5_000;

/** The orders that hold at `now`, epoch ms: people are told when nothing can be undone any more (rule GD5). */
export function agreedOrders(
  moves: readonly LiveMove[],
  world: StaffingWorld | null,
  now: number,
): StaffOrder[] {
  const agreed = moves.filter(({ suggestion }) => now >= (suggestion.accepted?.undoUntil ?? Infinity));
  if (world === null || agreed.length === 0) return [];
  const people = new Map(world.agents.map((agent) => [agent.id, agent]));
  return agreed.flatMap(({ suggestion }): StaffOrder[] => {
    const { id, accepted, to, steps } = suggestion;
    const option = chosenOption(suggestion);
    const person = people.get(option?.person.id ?? '');
    if (accepted === null || option === undefined || person === undefined) return [];
    const end = steps.find(
      ({ action, by }) => (action === 'move.recalled' || action === 'move.returned') && by !== null,
    );
    const { lever, from, minutes, breakShift } = option;
    return [
      {
        id: `${id} ${accepted.at}`,
        lever,
        person: person.id,
        code: person.code ?? person.id,
        name: option.person.name,
        home: person.home,
        from: from.branch,
        to: to.branch,
        queues: to.queues,
        at: accepted.undoUntil,
        travelMs: minutes * MINUTE_MS,
        endsAt: end === undefined ? null : end.at + HEARS_MS,
        lunch: breakShift,
      },
    ];
  });
}
