/** The world in numbers: branches, pools and skills by their place in lists, and who can be reached from where. */
import { minuteOfDay, type StaffingPolicy, type StaffingWorld } from '#shared/staffing-world.ts';
import { type Neighbour, nearBranches } from './travel.ts';

export interface NetworkPool {
  id: string;
  branch: number;
  skill: number;
  floor: number;
  /** Counters fitted for it. */
  counters: number;
}

export interface NetworkBranch {
  id: string;
  region: number;
  /** First of its pools; they follow one another. */
  pools: readonly number[];
  counters: number;
  /** By counter, the pools it is fitted for. */
  fitted: readonly (readonly number[])[];
  donorLimit: number;
  /** Other branches within the longest journey, nearest first. */
  near: readonly Neighbour[];
}

export interface NetworkAgent {
  id: string;
  home: number;
  /** By skill, 1 for who has it. */
  skills: Uint8Array;
  /** The same as text, to tell people with the same skills. */
  skillKey: string;
  travels: boolean;
}

export interface StaffingNetwork {
  policy: StaffingPolicy;
  regions: number;
  branches: readonly NetworkBranch[];
  pools: readonly NetworkPool[];
  agents: readonly NetworkAgent[];
  /** `[from, to]`, minutes after midnight. */
  quiet: readonly (readonly [number, number])[];
}

export function layOutNetwork(world: StaffingWorld): StaffingNetwork {
  const branchAt = placesOf(world.branches.map(({ id }) => id));
  const regionAt = placesOf(world.branches.map(({ region }) => region));
  const skillAt = placesOf(world.branches.flatMap(({ pools }) => pools.map(({ skill }) => skill)));
  const near = nearBranches(world, world.policy.travelMinutes);
  const pools: NetworkPool[] = [];
  const branches = world.branches.map((branch, place): NetworkBranch => {
    const first = pools.length;
    const own = placesOf(branch.pools.map(({ id }) => id));
    const all = branch.pools.map((_, i) => first + i);
    const fitted = branch.counters.map((counter) =>
      counter.pools.length === 0 ? all : counter.pools.map((id) => first + placeOf(own, id)),
    );
    branch.pools.forEach(({ id, skill, floor }, i) => {
      const counters = fitted.filter((serves) => serves.includes(first + i)).length;
      pools.push({ id, branch: place, skill: placeOf(skillAt, skill), floor, counters });
    });
    return {
      id: branch.id,
      region: placeOf(regionAt, branch.region),
      pools: all,
      counters: branch.counters.length,
      fitted,
      donorLimit: branch.donorLimit,
      near: near[place] ?? [],
    };
  });
  const agents = world.agents.map(({ id, home, skills, travels }): NetworkAgent => {
    const has = new Uint8Array(skillAt.size);
    for (const skill of skills) has[placeOf(skillAt, skill)] = 1;
    return { id, home: placeOf(branchAt, home), skills: has, skillKey: has.join(''), travels };
  });
  const quiet = world.quietHours.map(({ from, to }) => [minuteOfDay(from), minuteOfDay(to)] as const);
  return { policy: world.policy, regions: regionAt.size, branches, pools, agents, quiet };
}

/** Each different id with its place in the order of first mention. */
const placesOf = (ids: readonly string[]): Map<string, number> =>
  new Map([...new Set(ids)].map((id, place) => [id, place]));

function placeOf(places: ReadonlyMap<string, number>, id: string): number {
  const place = places.get(id);
  if (place === undefined) throw new RangeError(`${id} is not known`);
  return place;
}

/** Minutes between two branches; Infinity beyond the longest journey. */
export function journey({ branches }: StaffingNetwork, from: number, to: number): number {
  if (from === to) return 0;
  return branches[from]?.near.find(({ branch }) => branch === to)?.minutes ?? Infinity;
}
