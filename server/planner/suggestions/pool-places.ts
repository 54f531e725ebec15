/** Pools of a staffing world by their place in the optimiser's lists. */
import type { StaffingWorld } from '#shared/staffing-world.ts';

export interface PoolPlaces {
  /** −1 for what the world does not know. */
  branch(id: string): number;
  pool(branch: string, pool: string | null): number;
  /** The pool that whoever sits at a counter serves first: its main one, unless it has only queues of others open. */
  poolOfCounter(branch: string, counter: string, queues: readonly string[]): number;
  poolOfQueues(branch: string, queues: readonly string[]): number;
}

export function poolPlaces({ branches }: StaffingWorld): PoolPlaces {
  const first: number[] = [];
  branches.reduce((sum, { pools }, i) => {
    first[i] = sum;
    return sum + pools.length;
  }, 0);
  const places = new Map(branches.map(({ id }, i) => [id, i]));
  const of = (id: string) => {
    const place = places.get(id) ?? -1;
    return { place, known: branches[place] };
  };
  const placeOf = (place: number, within: number): number => (within < 0 ? -1 : (first[place] ?? 0) + within);
  const byQueues = (id: string, queues: readonly string[]): number => {
    const { place, known } = of(id);
    const found = known?.pools.findIndex((pool) => pool.queues.some((queue) => queues.includes(queue)));
    return placeOf(place, found ?? -1);
  };
  return {
    branch: (id) => of(id).place,
    pool(branch, pool) {
      const { place, known } = of(branch);
      return placeOf(place, known?.pools.findIndex(({ id }) => id === pool) ?? -1);
    },
    poolOfCounter(branch, counter, queues) {
      const { place, known } = of(branch);
      const main = known?.counters.find(({ id }) => id === counter)?.pools[0];
      const usual = known?.pools.findIndex(({ id }) => id === main) ?? -1;
      const isOpen = known?.pools[usual]?.queues.some((queue) => queues.includes(queue)) ?? false;
      if (usual >= 0 && (isOpen || queues.length === 0)) return placeOf(place, usual);
      return queues.length === 0 ? placeOf(place, 0) : byQueues(branch, queues);
    },
    poolOfQueues: byQueues,
  };
}
