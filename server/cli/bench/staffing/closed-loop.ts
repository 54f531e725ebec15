/** Days lived through under a policy, and what came of it. */
import type { Move } from '../../../domain/staffing/moves.ts';
import type { SimulatedDay } from './day.ts';
import type { Policy } from './policies.ts';
import type { Rates } from './rates.ts';
import { CLOSES, OPENS, type SimulatedNetwork } from './simulated-network.ts';
import { Simulation, type Waited } from './simulation.ts';
import { situationOf } from './situation-of.ts';

/** Between two plans, minutes. */
const EPOCH = 5;

/** Sums over days. */
export class Tally {
  customers = 0;
  waitMinutes = 0;
  late = 0;
  moves = 0;
  reversals = 0;
  recalls = 0;
  recalledMinutes = 0;
  breaks = 0;
  days = 0;

  readonly waited: Waited = (_pool, _arrival, wait, _abandoned) => {
    this.customers++;
    this.waitMinutes += wait;
    if (wait > this.#lateAfter) this.late++;
  };
  readonly #lateAfter: number;

  constructor(lateAfterMinutes: number) {
    this.#lateAfter = lateAfterMinutes;
  }

  get meanWait(): number {
    return this.waitMinutes / this.customers;
  }

  get lateShare(): number {
    return this.late / this.customers;
  }
}

/** A move with the time it was ordered. */
export interface Order {
  at: number;
  move: Move;
}

/** Gives the orders, so that the day can be lived again. */
export function liveDay(
  simulated: SimulatedNetwork,
  day: SimulatedDay,
  policy: Policy | null,
  rates: Rates,
  tally: Tally,
): Order[] {
  const simulation = new Simulation(simulated, day, tally.waited);
  const orders: Order[] = [];
  for (let now = OPENS; now < CLOSES && policy !== null; now += EPOCH) {
    simulation.runUntil(now);
    for (const move of policy(situationOf(simulated, simulation, rates(simulation)))) {
      orders.push({ at: now, move });
      simulation.order(move);
    }
  }
  simulation.finish();
  tally.moves += simulation.moved.all;
  tally.reversals += simulation.moved.reversals;
  tally.recalls += simulation.moved.recalls;
  tally.recalledMinutes += recalledMinutes(orders);
  tally.breaks += simulation.moved.breaks;
  tally.days++;
  return orders;
}

/** For how long people were asked to be at counters instead of in the back office, until they were sent back or the doors closed. */
function recalledMinutes(orders: readonly Order[]): number {
  return orders.reduce((sum, { at, move }) => {
    if (move.lever === 'recall') return sum + CLOSES - at;
    return move.lever === 'closeCounter' ? sum - (CLOSES - at) : sum;
  }, 0);
}

/** Mean wait of those who come to a pool in a window when no move is made after `until`; null when nobody comes. */
export function waitWithout(
  simulated: SimulatedNetwork,
  day: SimulatedDay,
  orders: readonly Order[],
  until: number,
  { pool, from, to }: { pool: number; from: number; to: number },
): number | null {
  let customers = 0;
  let waited = 0;
  const simulation = new Simulation(simulated, day, (place, arrival, wait) => {
    if (place !== pool || arrival < from || arrival >= to) return;
    customers++;
    waited += wait;
  });
  for (const { at, move } of orders) {
    if (at > until) break;
    simulation.runUntil(at);
    simulation.order(move);
  }
  simulation.finish();
  return customers === 0 ? null : waited / customers;
}
