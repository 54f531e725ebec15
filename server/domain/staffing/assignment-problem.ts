/** The question of one plan in typed arrays: which person of which source goes to which pool. */
import { bucketOf, type MarginalTables } from './marginal-tables.ts';
import type { NetworkBranch, StaffingNetwork } from './network.ts';
import { type Source, timeToGo } from './sources.ts';

/** Ways from sources to pools; several people may take one. */
export interface Arcs {
  count: number;
  source: Int32Array;
  pool: Int32Array;
  bucket: Uint8Array;
  /** Minutes until effective. */
  minutes: Float64Array;
  /** Customer-minutes. */
  cost: Float64Array;
  /** 1 where it leads into another region. */
  crossing: Uint8Array;
}

/** What the hysteresis and the limits leave open. */
export interface Limits {
  /** By pool: people who may leave it above its floor, and who may come to the counters fitted for it. */
  leave: Int32Array;
  come: Int32Array;
  /** By branch: counters free, and people it may still give to other halls. */
  counters: Int32Array;
  give: Int32Array;
  /** By region: moves a plan may hold. */
  region: Int32Array;
  /** Moves back that come too soon. */
  barred: (from: number, to: number) => boolean;
}

export interface AssignmentProblem {
  tables: MarginalTables;
  leastGain: number;
  sources: readonly Source[];
  /** By source: pool left (−1 for none), branch, region, people. */
  sourcePool: Int32Array;
  sourceBranch: Int32Array;
  sourceRegion: Int32Array;
  sourceCount: Int32Array;
  /** By pool. */
  poolBranch: Int32Array;
  arcs: Arcs;
  limits: Limits;
}

/** Nothing is gained by sending somebody to a pool that has less to save than a suggestion must bring. */
const worthGoing = (tables: MarginalTables, pool: number, leastGain: number): boolean =>
  (tables.burden[pool] ?? 0) >= leastGain;

export function poseProblem(
  network: StaffingNetwork,
  sources: readonly Source[],
  tables: MarginalTables,
  limits: Limits,
): AssignmentProblem {
  const { branches, pools, policy } = network;
  const wanting = branches.map(({ pools: own }) =>
    own.filter((pool) => worthGoing(tables, pool, policy.leastGain) && (limits.come[pool] ?? 0) > 0),
  );
  const found: ArcList = { source: [], pool: [], bucket: [], minutes: [], cost: [], crossing: [] };
  sources.forEach((source, s) => {
    if (source.pool >= 0 && (limits.leave[source.pool] ?? 0) <= 0) return;
    const add = (pool: number, minutes: number, cost: number, crossing: boolean): void => {
      const skill = pools[pool]?.skill ?? -1;
      const bucket = bucketOf(minutes);
      if (pool === source.pool || source.skills[skill] !== 1 || bucket < 0) return;
      if (limits.barred(source.pool, pool)) return;
      found.source.push(s);
      found.pool.push(pool);
      found.bucket.push(bucket);
      found.minutes.push(minutes);
      found.cost.push(policy.moveCost + cost);
      found.crossing.push(crossing ? 1 : 0);
    };
    const inside = insideHall(source, network);
    for (const pool of wanting[source.branch] ?? []) add(pool, inside.minutes, inside.cost, false);
    if (source.duty === 'counter' && source.travels) addJourneys(source, network, limits, wanting, add);
  });
  const region = (branch: number): number => branches[branch]?.region ?? 0;
  return {
    tables,
    leastGain: policy.leastGain,
    sources,
    sourcePool: Int32Array.from(sources, ({ pool }) => pool),
    sourceBranch: Int32Array.from(sources, ({ branch }) => branch),
    sourceRegion: Int32Array.from(sources, ({ branch }) => region(branch)),
    sourceCount: Int32Array.from(sources, ({ people }) => people.length),
    poolBranch: Int32Array.from(pools, ({ branch }) => branch),
    arcs: packArcs(found),
    limits,
  };
}

interface ArcList {
  source: number[];
  pool: number[];
  bucket: number[];
  minutes: number[];
  cost: number[];
  crossing: number[];
}

const packArcs = ({ source, pool, bucket, minutes, cost, crossing }: ArcList): Arcs => ({
  count: source.length,
  source: Int32Array.from(source),
  pool: Int32Array.from(pool),
  bucket: Uint8Array.from(bucket),
  minutes: Float64Array.from(minutes),
  cost: Float64Array.from(cost),
  crossing: Uint8Array.from(crossing),
});

/** Time and cost of serving another pool of the same hall. */
function insideHall({ duty }: Source, { policy }: StaffingNetwork): { minutes: number; cost: number } {
  if (duty !== 'backOffice') return { minutes: policy.inHallMinutes, cost: 0 };
  const cost = policy.recallCost + policy.backOfficeCost * (policy.horizonMinutes - policy.recallMinutes);
  return { minutes: policy.recallMinutes, cost };
}

function addJourneys(
  source: Source,
  { branches, policy }: StaffingNetwork,
  limits: Limits,
  wanting: readonly (readonly number[])[],
  add: (pool: number, minutes: number, cost: number, crossing: boolean) => void,
): void {
  const from: NetworkBranch | undefined = branches[source.branch];
  for (const { branch, minutes } of from?.near ?? []) {
    const open = wanting[branch] ?? [];
    if (open.length === 0) continue;
    const home = branch === source.away;
    if (!home && source.away < 0 && (limits.give[source.branch] ?? 0) <= 0) continue;
    if (!timeToGo(source.free, minutes, home, policy.stayMinutes)) continue;
    const crossing = branches[branch]?.region !== from?.region;
    // Whoever is away goes home anyway some time, so the way home costs nothing more.
    for (const pool of open) add(pool, minutes, home ? 0 : policy.travelCost * minutes, crossing);
  }
}
