/** No flapping (rule GD4): a need must persist over plans in a row before anybody is asked to move. */
/** By need, in how many plans in a row it has stood, for the first, second, … person it asked for. */
export type PlanMemory = ReadonlyMap<string, readonly number[]>;

/** What has persisted over `plans` plans, the present one counted, and what to remember. */
export function persistent<Wanted>(
  before: PlanMemory,
  wanted: readonly Wanted[],
  needOf: (one: Wanted) => string,
  plans: number,
): { kept: Wanted[]; memory: PlanMemory } {
  const memory = new Map<string, number[]>();
  const kept = wanted.filter((one) => {
    const need = needOf(one);
    const now = memory.get(need) ?? [];
    const seen = (before.get(need)?.[now.length] ?? 0) + 1;
    now.push(seen);
    memory.set(need, now);
    return seen >= plans;
  });
  return { kept, memory };
}
