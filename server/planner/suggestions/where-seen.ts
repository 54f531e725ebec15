/** Where the sources of the halls see somebody who was asked to move. */
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { Agent } from '../../domain/branch/state.ts';
import type { Places } from '../../domain/staffing/due-moves.ts';
import { chosenOption, isUnderWay, type LiveMove } from '../../domain/staffing/fold-moves.ts';
import { type PoolPlaces, poolPlaces } from './pool-places.ts';
import { calledAt, type StaffedAgent, type StaffedHall } from './staffed-hall.ts';

const MINUTE_MS = 60_000;

/** People and pools of a world, to be found by id. */
export interface WorldIndex {
  places: PoolPlaces;
  agents: ReadonlyMap<string, StaffedAgent>;
}

export const indexWorld = (world: StaffingWorld): WorldIndex => ({
  places: poolPlaces(world),
  agents: new Map(world.agents.map((agent) => [agent.id, agent])),
});

/** The person of a move as seen; nothing is seen of people and halls that are not known. */
export function whereSeen(
  { suggestion }: LiveMove,
  { places, agents }: WorldIndex,
  hallOf: (branch: string) => StaffedHall | undefined,
  now: number,
): Pick<Places, 'left' | 'serves' | 'back'> {
  const option = chosenOption(suggestion);
  const agent = agents.get(option?.person?.id ?? '');
  if (option === undefined || agent === undefined || !isUnderWay(suggestion)) return NOT_SEEN;
  const { to, accepted, arrivedAt } = suggestion;
  const at = (branch: string): Agent | undefined =>
    hallOf(branch)?.live.state.agents.get(calledAt(agent, branch));
  const [there, giver, home] = [at(to.branch), at(option.from.branch), at(agent.home)];
  const since = (time: number | undefined, seen: Agent): boolean => seen.since >= (time ?? Infinity);
  const pool = poolServed(there, hallOf(to.branch), to.branch, places);
  const isElsewhere = agent.home !== to.branch;
  const hasLeft = there !== undefined && isGone(there) && since(arrivedAt ?? undefined, there);
  return {
    serves: pool >= 0 && pool === places.pool(to.branch, to.pool),
    left: giver !== undefined && isOnTheWay(giver) && since(accepted?.at, giver),
    back:
      (isElsewhere && home !== undefined && isAtWork(home) && since(arrivedAt ?? undefined, home)) ||
      (hasLeft && now - there.since >= (isElsewhere ? option.minutes * MINUTE_MS : 0)),
  };
}

const NOT_SEEN = { serves: false, left: false, back: false };

const isGone = ({ activity }: Agent): boolean => activity === 'signedOut' || activity === 'backOffice';
const isOnTheWay = ({ activity }: Agent): boolean => activity === 'signedOut' || activity === 'moving';
const isAtWork = ({ activity }: Agent): boolean =>
  activity === 'serving' || activity === 'wrapUp' || activity === 'available';

/** The pool of whoever sits at a counter; −1 for others. */
function poolServed(
  seen: Agent | undefined,
  hall: StaffedHall | undefined,
  branch: string,
  places: PoolPlaces,
): number {
  if (seen?.counter == null || !isAtWork(seen)) return -1;
  const queues = hall?.live.state.counters.get(seen.counter)?.queues ?? [];
  return places.poolOfCounter(branch, seen.counter, queues);
}
