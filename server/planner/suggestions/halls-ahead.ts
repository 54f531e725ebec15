/** Pools as parts of their halls: counters that serve several pools help out, as they do in the hall. */
import type { HallBasis } from '#shared/moves.ts';
import type { StaffingPolicy, StaffingWorld } from '#shared/staffing-world.ts';
import type { GroupNow, HallNow } from '../../domain/prediction/hall-now.ts';
import { type StepFunction, stepsBetween, valueAt } from '../../domain/queueing/step-function.ts';
import type { TwinBranch } from '../../domain/queueing/twin/branch.ts';
import {
  bySeconds,
  liveThrough,
  type LookAhead,
  type PlaceChange,
  staffChanges,
} from '../../domain/staffing/look-ahead.ts';
import { hallBasis } from './move-basis.ts';
import type { HallAhead } from './pools-now.ts';

type StaffedBranch = StaffingWorld['branches'][number];

/** A pool in its hall: its queues, and the group of servers who come to it and leave it. */
interface PoolInHall {
  /** Of the queues of the hall. */
  ids: string[];
  branch: TwinBranch;
  queues: number[];
  group: number;
}

export interface HallsAhead {
  look: LookAhead;
  /** The hall of a pool as it is now; `undefined` for a pool that nothing is known of. */
  basisOf(pool: number): HallBasis | undefined;
}

/** Looks ahead in the halls; of pools whose queues are not known there, nothing is. */
export function hallsAhead(
  { branches, policy }: StaffingWorld,
  halls: ReadonlyMap<string, HallAhead>,
): HallsAhead {
  const places = branches.flatMap((branch) =>
    branch.pools.map((pool) => {
      const hall = halls.get(branch.id);
      return hall === undefined ? undefined : poolInHall(branch, pool, hall);
    }),
  );
  return {
    look(change, spans, rng) {
      const place = places[change.pool];
      return place === undefined ? undefined : lookInHall(place, change, spans, policy, rng);
    },
    basisOf(pool) {
      const place = places[pool];
      return place === undefined ? undefined : hallBasis(place.ids, place.branch);
    },
  };
}

function lookInHall(
  { branch, queues, group }: PoolInHall,
  { standing, changed }: PlaceChange,
  spans: Parameters<LookAhead>[1],
  policy: StaffingPolicy,
  rng: () => number,
) {
  const before = branch.groups[group]?.staff ?? [[0, 0]];
  const after = withDifference(before, bySeconds(standing), bySeconds(changed));
  return liveThrough(branch, staffChanges(group, before, after), queues, spans, policy, rng);
}

/** A course with as many more or fewer as one other course has than another; never below nobody. */
function withDifference(course: StepFunction, less: StepFunction, more: StepFunction): StepFunction {
  return [0, ...stepsBetween([course, less, more], 0, Infinity)].map((at) => [
    at,
    Math.max(0, valueAt(course, at) + valueAt(more, at) - valueAt(less, at)),
  ]);
}

function poolInHall(
  branch: StaffedBranch,
  { id, queues: served }: StaffedBranch['pools'][number],
  { now, ahead }: HallAhead,
): PoolInHall | undefined {
  const queues = now.queues.flatMap((queue, place) => (served.includes(queue.id) ? [place] : []));
  if (queues.length === 0) return undefined;
  const ids = now.queues.map((queue) => queue.id);
  const group = groupOf(branch, id, queues, now);
  if (group >= 0) return { ids, branch: ahead, queues, group };
  const own = { serves: [queues], staff: [[0, 0]] as const, pace: 1, inService: [] };
  const groups = [...ahead.groups, own];
  return { ids, branch: { ...ahead, groups }, queues, group: ahead.groups.length };
}

/** The group with most servers whose first pool it is, else one that serves all its queues; −1 for none. */
function groupOf(
  { counters }: StaffedBranch,
  pool: string,
  queues: readonly number[],
  { groups }: HallNow,
): number {
  const own = new Set(counters.flatMap((counter) => (counter.pools[0] === pool ? counter.id : [])));
  const most = (count: (group: GroupNow) => number): number => {
    const counts = groups.map(count);
    const highest = Math.max(0, ...counts);
    return highest === 0 ? -1 : counts.indexOf(highest);
  };
  const first = most(({ servers }) => servers.filter((server) => own.has(server)).length);
  if (first >= 0) return first;
  return most((group) => (queues.every((queue) => group.queues.includes(queue)) ? group.servers.length : 0));
}
