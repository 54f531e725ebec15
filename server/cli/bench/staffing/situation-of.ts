/** What the planner is told of a simulated day at a moment: never more than a real hall would know. */
import type { StepFunction } from '../../../domain/queueing/step-function.ts';
import type { PersonNow, Situation } from '../../../domain/staffing/situation.ts';
import type { PoolRates } from './rates.ts';
import type { Person, Simulation } from './simulation.ts';
import { LEAVES, type SimulatedNetwork } from './simulated-network.ts';

export function situationOf(
  simulated: SimulatedNetwork,
  simulation: Simulation,
  rates: readonly PoolRates[],
): Situation {
  const { now, people } = simulation;
  const busy = new Int32Array(simulated.pools.length);
  for (const { servingIn } of people) if (servingIn >= 0) busy[servingIn] = (busy[servingIn] ?? 0) + 1;
  return {
    minute: now,
    pools: simulated.pools.map((pool, i) => ({
      waiting: simulation.waiting(i).length,
      busy: busy[i] ?? 0,
      arrivalRate: rates[i]?.arrivalRate ?? NOBODY,
      rateVariance: rates[i]?.rateVariance ?? 0,
      serviceMinutes: pool.serviceMinutes,
      serviceVariation: pool.serviceVariation,
      patienceMinutes: pool.patienceMinutes,
      targetMinutes: pool.targetMinutes,
    })),
    people: people.map((person) => personNow(simulated, person, now)),
    pastMoves: simulation.pastMoves.map(({ from, to, at }) => ({ from, to, minutesAgo: now - at })),
  };
}

const NOBODY: StepFunction = [[0, 0]];

function personNow({ network, pools }: SimulatedNetwork, person: Person, now: number): PersonNow {
  const { order, breaks, moves, movedAt, recalled } = person;
  // In the back office breaks are taken when they are due; at a counter one may have to wait for the customer.
  const ahead = breaks
    .filter(({ from }) => person.duty !== 'backOffice' || from > now)
    .map((each) => ({ ...each, from: Math.max(0, each.from - now) }));
  const told = order !== null && order.to >= 0;
  const serving = pools[person.pool]?.serviceMinutes ?? 0;
  return {
    duty: told ? 'moving' : person.duty,
    branch: told ? (network.pools[order.to]?.branch ?? -1) : person.branch,
    pool: order === null ? person.pool : order.to,
    // Until the customer is served nobody knows when they will leave.
    backIn: told ? order.minutes + serving : Math.max(0, person.backAt - now),
    breaks: ahead,
    shiftEndsIn: Math.max(0, LEAVES - now),
    movesToday: moves,
    restedMinutes: order === null ? now - movedAt : 0,
    recalled,
  };
}
