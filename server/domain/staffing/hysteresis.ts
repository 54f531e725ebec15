/** No flapping (rule GD4): a need must persist over plans in a row before anybody is asked to move. */
import { type Move, needOf } from './moves.ts';

/** By need, in how many plans in a row it has stood, for the first, second, … person it asked for. */
export type PlanMemory = ReadonlyMap<string, readonly number[]>;

/** The moves that have persisted over `plans` plans, the present one counted, and what to remember. */
export function persistent(
  before: PlanMemory,
  moves: readonly Move[],
  plans: number,
): { moves: Move[]; memory: PlanMemory } {
  const memory = new Map<string, number[]>();
  const kept = moves.filter((move) => {
    const need = needOf(move);
    const now = memory.get(need) ?? [];
    const seen = (before.get(need)?.[now.length] ?? 0) + 1;
    now.push(seen);
    memory.set(need, now);
    return seen >= plans;
  });
  return { moves: kept, memory };
}
