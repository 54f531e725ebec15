/** What a good supervisor does without a model: where the queue is long, send somebody from where it is short. */
import { committedStaff } from '../../../domain/staffing/committed-staff.ts';
import type { Move } from '../../../domain/staffing/moves.ts';
import type { StaffingNetwork } from '../../../domain/staffing/network.ts';
import type { PersonNow, Situation } from '../../../domain/staffing/situation.ts';
import { mayMove } from '../../../domain/staffing/sources.ts';
import type { Policy } from './policies.ts';

/**
 * Waiting customers a server at which help is asked for; it is given where nobody waits and so many counters are free.
 * The best of the pairs tried: help asked for sooner costs up to four times as many moves and saves less.
 */
const LONG = 4;
const FREE = 2;

/** Keeps the same limits as the planner: skills, rests, floors, counters, journeys. */
export function thresholdRule(network: StaffingNetwork, mostRecalls: number): Policy {
  let recalls = 0;
  return (situation) => {
    const { pools, people } = situation;
    const staff = committedStaff(people, pools.length, 1).map((course) => course[0]?.[1] ?? 0);
    const moved = new Set<number>();
    const moves: Move[] = [];
    const queueOf = (pool: number): number => (pools[pool]?.waiting ?? 0) / Math.max(1, staff[pool] ?? 0);
    const long = pools.map((_, i) => i).filter((i) => queueOf(i) >= LONG && !onTheWay(people, i));
    for (const to of long.sort((a, b) => queueOf(b) - queueOf(a))) {
      const offers = people.flatMap((person, i) => {
        if (moved.has(i) || !mayMove(person, network.policy)) return [];
        const minutes = minutesTo(network, situation, i, to);
        const from = person.pool;
        if (person.duty === 'backOffice')
          return recalls < mostRecalls && minutes < Infinity ? [{ i, from, minutes }] : [];
        const { waiting = 1, busy = 0 } = pools[from] ?? {};
        const gives =
          person.duty === 'counter' &&
          waiting === 0 &&
          (staff[from] ?? 0) - busy >= FREE &&
          (staff[from] ?? 0) > 1;
        return gives && minutes < Infinity ? [{ i, from, minutes }] : [];
      });
      // Who is recalled is missed by no queue, so the back office is asked first as long as it may be.
      const [nearest] = offers.sort(
        (a, b) => Number(a.from >= 0) - Number(b.from >= 0) || a.minutes - b.minutes,
      );
      if (nearest === undefined) continue;
      moved.add(nearest.i);
      const { i: person, from, minutes } = nearest;
      if (from >= 0) staff[from] = (staff[from] ?? 0) - 1;
      else recalls++;
      const lever = from < 0 ? 'recall' : 'send';
      moves.push({ lever, person, from, to, minutes, gain: 0, loss: 0, cost: 0, breakShift: null });
    }
    return moves;
  };
}

const onTheWay = (people: readonly PersonNow[], pool: number): boolean =>
  people.some((person) => person.duty === 'moving' && person.pool === pool);

/** Infinity for who cannot go. */
function minutesTo(network: StaffingNetwork, { people }: Situation, place: number, to: number): number {
  const { agents, branches, pools, policy } = network;
  const [person, agent, pool] = [people[place], agents[place], pools[to]];
  if (person === undefined || pool === undefined || person.pool === to || agent?.skills[pool.skill] !== 1)
    return Infinity;
  if (person.branch === pool.branch)
    return person.duty === 'backOffice' ? policy.recallMinutes : policy.inHallMinutes;
  if (person.duty === 'backOffice' || !agent.travels) return Infinity;
  return branches[person.branch]?.near.find(({ branch }) => branch === pool.branch)?.minutes ?? Infinity;
}
