/** Queues that are served by the same counters share their fate: they are one pool. */
import type { BranchProfile } from '#shared/network.ts';
import { NO_QUEUE } from '../metrics/figures.ts';
import type { IntervalRow } from '../metrics/history-rows.ts';
import {
  type AgentInterval,
  COUNTER_ACTIVITIES,
  type CounterInterval,
  isOpen,
  type QueueInterval,
} from '../metrics/interval.ts';

/** What history holds of a hall over some time. */
export interface HallRows {
  queues: readonly IntervalRow<QueueInterval>[];
  agents: readonly IntervalRow<AgentInterval>[];
  counters: readonly IntervalRow<CounterInterval>[];
}

export interface HallLayout {
  /** Ids. Visits of no known queue are left out, unless there are no others. */
  queues: readonly string[];
  pools: readonly Pool[];
  /** Whose time at work is known: counters, or where no source tells of any, agents. */
  servedBy: 'counters' | 'agents' | null;
}

export interface Pool {
  /** Ids. */
  queues: readonly string[];
  /** Ids of the counters that serve it; of agents history does not say which queues they serve, so all serve all. */
  counters: ReadonlySet<string>;
}

/** The layout behind these rows, which may be of several days. */
export function layoutOf(profile: BranchProfile, rows: readonly HallRows[]): HallLayout {
  const ids = [...new Set(rows.flatMap((day) => day.queues.map(({ id }) => id)))].sort();
  const named = ids.filter((id) => id !== NO_QUEUE);
  const queues = named.length > 0 ? named : ids;
  const counters = new Set(
    rows.flatMap((day) => day.counters.flatMap(({ id, sums }) => (openTime(sums) > 0 ? [id] : []))),
  );
  if (counters.size > 0)
    return { queues, pools: counterPools(profile, queues, counters), servedBy: 'counters' };
  const hasAgents = rows.some((day) => day.agents.some(({ sums }) => readyTime(sums) > 0));
  return { queues, pools: [{ queues, counters }], servedBy: hasAgents ? 'agents' : null };
}

/** How long a counter was open, ms (rule OC2). */
export const openTime = ({ spentMs }: CounterInterval): number =>
  COUNTER_ACTIVITIES.reduce((sum, activity) => sum + (isOpen(activity) ? spentMs[activity] : 0), 0);

/** How long an agent was there for customers, ms (rule OC1). */
export const readyTime = ({ spentMs }: AgentInterval): number =>
  spentMs.serving + spentMs.wrapUp + spentMs.available;

/** Queues are together when a counter serves both, directly or over others; one without configured queues serves all. */
function counterPools(
  profile: BranchProfile,
  queues: readonly string[],
  counters: ReadonlySet<string>,
): Pool[] {
  let pools: Pool[] = queues.map((queue) => ({ queues: [queue], counters: new Set() }));
  for (const counter of counters) {
    const configured = profile.counters.find(({ id }) => id === counter)?.queues ?? [];
    const serves = (pool: Pool): boolean =>
      configured.length === 0 || pool.queues.some((queue) => configured.includes(queue));
    const joined = pools.filter(serves);
    if (joined.length === 0) continue;
    const merged: Pool = {
      queues: joined.flatMap((pool) => pool.queues),
      counters: new Set([...joined.flatMap((pool) => [...pool.counters]), counter]),
    };
    pools = [...pools.filter((pool) => !serves(pool)), merged];
  }
  return pools;
}
