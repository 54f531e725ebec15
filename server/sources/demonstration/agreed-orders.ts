/** What was agreed on, as orders for those who play people and customers. */
import { isSteering } from '#shared/levers.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { Suggestion, SuggestionStep } from '#shared/suggestions.ts';
import { announcedSteering } from '../../domain/staffing/agreed-steering.ts';
import { chosenOption, type LiveMove } from '../../domain/staffing/fold-moves.ts';
import type { Announcement } from './announcements.ts';
import type { Agreed } from './demonstration.ts';
import type { StaffOrder } from './staff-orders.ts';

const MINUTE_MS = 60_000;
/** Until somebody who was called back has heard of it. */
const HEARS_MS = 5_000;

/** What holds at `now`, epoch ms: people and customers are told when nothing can be undone any more (rule GD5). */
export const agreedBy = (moves: readonly LiveMove[], world: StaffingWorld | null, now: number): Agreed => ({
  staff: staffOrders(moves, world, now),
  announcements: announcementsOf(moves, now),
});

function staffOrders(moves: readonly LiveMove[], world: StaffingWorld | null, now: number): StaffOrder[] {
  const agreed = moves.filter(({ suggestion }) => now >= (suggestion.accepted?.undoUntil ?? Infinity));
  if (world === null || agreed.length === 0) return [];
  const people = new Map(world.agents.map((agent) => [agent.id, agent]));
  return agreed.flatMap(({ suggestion }): StaffOrder[] => {
    const { id, accepted, to } = suggestion;
    const option = chosenOption(suggestion);
    const person = people.get(option?.person?.id ?? '');
    if (accepted === null || !option?.person || person === undefined) return [];
    const end = endOf(suggestion);
    const { lever, from, minutes, breakShift } = option;
    if (isSteering(lever)) return [];
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

/** When somebody said it was over. */
const endOf = ({ steps }: Suggestion): SuggestionStep | undefined =>
  steps.find(({ action, by }) => (action === 'move.recalled' || action === 'move.returned') && by !== null);

/** What is announced to customers, or was. */
const announcementsOf = (moves: readonly LiveMove[], now: number): Announcement[] =>
  moves.flatMap(({ suggestion }): Announcement[] => {
    const announced = announcedSteering(suggestion);
    if (announced === null || now < announced.from) return [];
    return [{ id: `${suggestion.id} ${suggestion.accepted?.at ?? announced.from}`, ...announced }];
  });
