/** Places of the staffing world as people know them. */
import type { BranchProfile } from '#shared/network.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { SuggestedPlace } from '#shared/suggestions.ts';

/** Pools by their place in the optimiser's lists; `branch` is used where there is no pool (−1). */
export type NamePlace = (pool: number, branch: number) => SuggestedPlace;

/** A pool that serves every queue of its branch is not listed queue by queue. */
const ALL = { zh: '全部业务', en: 'all services' };
/** A longer list is told by its first ones and how many there are. */
const NAMED = 2;

function shortList(names: readonly string[]): { zh: string; en: string } {
  const left = names.length - NAMED;
  if (left <= 1) return { zh: names.join('、'), en: names.join(', ') };
  const first = names.slice(0, NAMED);
  return { zh: `${first.join('、')}等 ${names.length} 项`, en: `${first.join(', ')} and ${left} more` };
}

export function placeNames(world: StaffingWorld, profiles: readonly BranchProfile[]): NamePlace {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const pools = world.branches.flatMap((branch) => branch.pools.map((pool) => ({ branch: branch.id, pool })));
  return (place, branch) => {
    const found = pools[place];
    const id = found?.branch ?? world.branches[branch]?.id ?? '';
    const profile = byId.get(id);
    const queues = found?.pool.queues ?? [];
    const served = (profile?.queues ?? []).filter((queue) => queues.includes(queue.id));
    const isAll = served.length > 1 && served.length === profile?.queues.length;
    return {
      branch: id,
      nameZh: profile?.name.zh ?? id,
      nameEn: profile?.name.en ?? id,
      pool: found?.pool.id ?? null,
      queues,
      queuesZh: isAll ? ALL.zh : shortList(served.map(({ name }) => name.zh)).zh,
      queuesEn: isAll ? ALL.en : shortList(served.map(({ name }) => name.en)).en,
      targetSeconds: served.length === 0 ? null : Math.min(...served.map((queue) => queue.targetSeconds)),
    };
  };
}
