/** Who can sit where: counters are fitted for pools. */
import type { Move } from './moves.ts';
import type { StaffingNetwork } from './network.ts';
import type { Situation } from './situation.ts';

/** Whether each can have a counter fitted for their pool: a matching by augmenting paths (Kuhn 1955). */
export function haveCounters(fitted: readonly (readonly number[])[], wanted: readonly number[]): boolean {
  const holder = new Int32Array(fitted.length).fill(-1);
  const seat = (person: number, tried: Set<number>): boolean =>
    fitted.some((serves, counter) => {
      if (tried.has(counter) || !serves.includes(wanted[person] ?? -1)) return false;
      tried.add(counter);
      const other = holder[counter] ?? -1;
      if (other >= 0 && !seat(other, tried)) return false;
      holder[counter] = person;
      return true;
    });
  return wanted.every((_, person) => seat(person, new Set()));
}

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
