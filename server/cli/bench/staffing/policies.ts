/** Muster as a policy of the simulation: what production does with a situation, every acceptance taken for granted. */
import { checkPlan } from '../../../domain/staffing/check-plan.ts';
import { persistent, type PlanMemory } from '../../../domain/staffing/hysteresis.ts';
import { type Move, needOf } from '../../../domain/staffing/moves.ts';
import { planMoves, tabulate } from '../../../domain/staffing/plan-moves.ts';
import { poolsAhead } from '../../../domain/staffing/pool-twin.ts';
import { type MovePromise, promiseMove, withMove } from '../../../domain/staffing/promise.ts';
import type { Situation } from '../../../domain/staffing/situation.ts';
import type { Rng } from '../../../rng.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** Made anew for each day; asked every few minutes. */
export type Policy = (situation: Situation) => Move[];

/** What is written down of the planner's work, over all days. */
export interface PlannerRecord {
  decisions: number;
  /** Time of one core. */
  decisionMs: number;
  /** Rules broken by plans that would have been shown. */
  breaches: string[];
  promised: (move: Move, promise: MovePromise) => void;
}

const MICROSECONDS_A_MS = 1_000;

export function musterPolicy(
  { network }: SimulatedNetwork,
  mostRecalls: number,
  rng: Rng,
  record: PlannerRecord,
): Policy {
  const { policy } = network;
  let memory: PlanMemory = new Map();
  let recalls = 0;
  return (situation) => {
    const before = process.cpuUsage();
    const tabled = tabulate(network, situation);
    const settled = persistent(memory, planMoves(network, situation, tabled), needOf, policy.persistentPlans);
    memory = settled.memory;
    const look = poolsAhead(situation.pools, policy);
    let { staff } = tabled;
    const shown = settled.kept.filter((move) => {
      if (move.lever === 'recall' && recalls >= mostRecalls) return false;
      const { person, lever, breakShift } = move;
      const one = situation.people[person]?.breaks[breakShift?.place ?? -1] ?? null;
      const promise = promiseMove(look, staff, move, rng, one);
      if (promise.helps < policy.helps) return false;
      staff = withMove(staff, move, one);
      if (lever === 'recall') recalls++;
      if (breakShift === null) record.promised(move, promise);
      return true;
    });
    const { user, system } = process.cpuUsage(before);
    record.decisions++;
    record.decisionMs += (user + system) / MICROSECONDS_A_MS;
    record.breaches.push(...checkPlan(network, situation, shown).map(({ message }) => message));
    return shown;
  };
}
