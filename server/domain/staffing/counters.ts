/** Who can sit where: counters are fitted for pools. */
import { mostMatched } from '../queueing/matching.ts';
import type { Move } from './moves.ts';
import type { StaffingNetwork } from './network.ts';
import type { Situation } from './situation.ts';

/** Whether each can have a counter fitted for their pool. */
export const haveCounters = (fitted: readonly (readonly number[])[], wanted: readonly number[]): boolean =>
  mostMatched(fitted, wanted) === wanted.length;

/** The moves for which there are counters; where all counters of a hall are fitted for everything, counting them was enough. */
export function seatedMoves(
  { branches, pools }: StaffingNetwork,
  { people }: Situation,
  moves: readonly Move[],
): Move[] {
  const places = people.map(({ branch, pool }) => ({ branch, pool }));
  return moves.filter(({ person, to, lever }) => {
    const taker = pools[to]?.branch ?? -1;
    const branch = branches[taker];
    if (branch === undefined || lever === 'shiftBreak') return true;
    const wanted = (): number[] =>
      places.flatMap((place) => (place.branch === taker && place.pool >= 0 ? [place.pool] : []));
    const before = places[person];
    const wasSeated = haveCounters(branch.fitted, wanted());
    places[person] = { branch: taker, pool: to };
    if (!wasSeated || haveCounters(branch.fitted, wanted())) return true;
    if (before !== undefined) places[person] = before;
    return false;
  });
}
