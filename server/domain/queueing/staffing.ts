/** How many servers a target asks for. */
import {
  type AbandonmentFigures,
  canCarry,
  type PredictedServiceLevels,
  withAbandonment,
} from './abandonment.ts';
import type { Patience } from './patience.ts';
import { requireNonNegative, requirePositive } from './preconditions.ts';

/** What comes and how it behaves; rates per second. `exponentialPatience(0)` makes it a queue nobody leaves (Erlang C). */
export interface Workload {
  arrivalRate: number;
  serviceRate: number;
  patience: Patience;
}

/** One figure and the value it must reach; waits in seconds, the others 0–1. */
export type StaffingTarget =
  | { figure: 'serviceLevel'; formula: keyof PredictedServiceLevels; withinSeconds: number; atLeast: number }
  | { figure: 'meanWait'; atMost: number }
  | { figure: 'abandonment'; atMost: number }
  | { figure: 'occupancy'; atMost: number };

const MOST_SERVERS = 100_000;

/** The target's figure with so many servers; as bad as it can be when the queue would grow for ever. */
export function figureAt(workload: Workload, target: StaffingTarget, servers: number): number {
  const station = { servers, arrivalRate: workload.arrivalRate, serviceRate: workload.serviceRate };
  const within = target.figure === 'serviceLevel' ? target.withinSeconds : 0;
  const stable = canCarry(station, workload.patience);
  return figureOf(target, stable ? withAbandonment(station, workload.patience, within) : null);
}

/** The least number of servers that meets every target, 0 when nobody comes; RangeError when none up to 100,000 does. */
export function requiredServers(workload: Workload, targets: readonly StaffingTarget[]): number {
  requireNonNegative('arrivalRate', workload.arrivalRate);
  requirePositive('serviceRate', workload.serviceRate);
  if (workload.arrivalRate === 0) return 0;
  const load = Math.ceil(workload.arrivalRate / workload.serviceRate);
  return targets.reduce((most, target) => {
    const meets = (servers: number) => isMet(target, figureAt(workload, target, servers));
    return Math.max(most, leastThat(meets, load));
  }, 0);
}

function figureOf(target: StaffingTarget, figures: AbandonmentFigures | null): number {
  switch (target.figure) {
    case 'serviceLevel':
      return figures?.serviceLevels[target.formula] ?? 0;
    case 'meanWait':
      return figures?.meanWait ?? Infinity;
    case 'abandonment':
      return figures?.abandonProbability ?? 1;
    case 'occupancy':
      return figures?.occupancy ?? 1;
  }
}

const isMet = (target: StaffingTarget, value: number): boolean =>
  target.figure === 'serviceLevel' ? value >= target.atLeast : value <= target.atMost;

/** The least whole number for which `meets` holds, true from there on: doubling steps away from `guess`, then halving. */
function leastThat(meets: (count: number) => boolean, guess: number): number {
  let enough = guess;
  let tooFew = guess;
  if (meets(guess)) {
    for (let step = 1; ; step *= 2) {
      tooFew = Math.max(-1, enough - step);
      if (tooFew < 0 || !meets(tooFew)) break;
      enough = tooFew;
    }
  } else {
    for (let step = 1; ; step *= 2) {
      enough = tooFew + step;
      if (enough > MOST_SERVERS)
        throw new RangeError(`no number of servers up to ${MOST_SERVERS} meets the target`);
      if (meets(enough)) break;
      tooFew = enough;
    }
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (meets(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
