/** What floors, counters, donor limits, caps and past moves leave open to a plan (rules GD3, GD4). */
import type { StepFunction } from '../queueing/step-function.ts';
import type { Limits } from './assignment-problem.ts';
import { aboveFloor } from './committed-staff.ts';
import { ARRIVAL_BUCKETS } from './marginal-tables.ts';
import type { StaffingNetwork } from './network.ts';
import type { Situation } from './situation.ts';

const LAST_ARRIVAL = Math.max(...ARRIVAL_BUCKETS);

export function limitsOf(
  network: StaffingNetwork,
  situation: Situation,
  staff: readonly StepFunction[],
): Limits {
  const { branches, pools, agents, regions, policy } = network;
  const counters = Int32Array.from(branches, (branch) => branch.counters);
  const give = Int32Array.from(branches, ({ donorLimit }) => donorLimit);
  const region = new Int32Array(regions).fill(policy.regionMoves);
  situation.people.forEach((person, i) => {
    const { duty, branch, pool } = person;
    const home = agents[i]?.home ?? -1;
    if (pool >= 0) counters[branch] = (counters[branch] ?? 0) - 1;
    if (duty !== 'away' && branch !== home) give[home] = (give[home] ?? 0) - 1;
    const where = branches[branch]?.region ?? -1;
    if (duty === 'moving') region[where] = (region[where] ?? 0) - 1;
  });
  const barred = barredMoves(situation, policy.reversalMinutes);
  return {
    leave: Int32Array.from(pools, ({ floor }, pool) => aboveFloor(staff[pool] ?? [[0, 0]], floor)),
    come: Int32Array.from(pools, (pool, i) => pool.counters - mostServers(staff[i] ?? [], LAST_ARRIVAL)),
    counters,
    give,
    region,
    barred: (from, to) => barred.has(`${from} ${to}`),
  };
}

const mostServers = (staff: StepFunction, until: number): number =>
  staff.reduce((most, [at, servers]) => (at <= until ? Math.max(most, servers) : most), 0);

/** Moves that would take a recent one back, as `from to`. */
function barredMoves({ pastMoves }: Situation, reversalMinutes: number): ReadonlySet<string> {
  return new Set(
    pastMoves.flatMap(({ from, to, minutesAgo }) => (minutesAgo < reversalMinutes ? [`${to} ${from}`] : [])),
  );
}
