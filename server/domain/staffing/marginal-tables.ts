/**
 * What one person more or fewer is worth to a pool, in customer-minutes over the horizon: the fast screen asked for the
 * committed staff and around it. Added up over people these are within 2 % (median) of a joint evaluation.
 */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import { predictQueue } from '../queueing/birth-death.ts';
import type { QueuePlan } from '../queueing/queue-plan.ts';
import { type StepFunction, valueAt } from '../queueing/step-function.ts';
import type { PoolNow } from './situation.ts';

/** When somebody arrives, minutes from now: gains are tabled for these times. */
export const ARRIVAL_BUCKETS = [2, 10, 20, 35, 50] as const;
export const BUCKETS = ARRIVAL_BUCKETS.length;
const SOLVED_BUCKETS = [0, 2, 4] as const;
/** Most people who come to one pool, and who leave one, in one plan. */
export const MOST_IN = 3;
export const MOST_OUT = 2;

/** Typed arrays over all pools. */
export interface MarginalTables {
  /** Of the (k+1)-th who comes in bucket b: `[(pool · MOST_IN + k) · BUCKETS + b]`. Falls with k and with b. */
  gain: Float64Array;
  /** Of the (j+1)-th who leaves now: `[pool · MOST_OUT + j]`. Rises with j. */
  loss: Float64Array;
  /** Burden of the committed plan, by pool. */
  burden: Float64Array;
}

export const emptyTables = (pools: number): MarginalTables => ({
  gain: new Float64Array(pools * MOST_IN * BUCKETS),
  loss: new Float64Array(pools * MOST_OUT),
  burden: new Float64Array(pools),
});

/** The same staff with so many more, or below 0 fewer, from a time on. */
export function shifted(staff: StepFunction, from: number, change: number): StepFunction {
  const more = (servers: number): number => Math.max(0, servers + change);
  return [
    ...staff.filter(([at]) => at < from),
    [from, more(valueAt(staff, from))],
    ...staff.flatMap(([at, servers]) => (at > from ? [[at, more(servers)] as const] : [])),
  ];
}

/** The bucket in which a journey of so many minutes ends; −1 beyond the last. */
export const bucketOf = (minutes: number): number => ARRIVAL_BUCKETS.findIndex((at) => minutes <= at);

/** Expected waiting and leaving of a pool under a course of servers, customer-minutes. */
export function poolBurden(pool: PoolNow, servers: StepFunction, policy: StaffingPolicy): number {
  const leaving = 1 / pool.patienceMinutes;
  const plan: QueuePlan = {
    arrivalRate: pool.arrivalRate,
    servers,
    serviceRate: 1 / pool.serviceMinutes,
    abandonmentRate: leaving,
    release: 'exhaustive',
  };
  const [end] = predictQueue(plan, pool, [policy.horizonMinutes], 0);
  return (end?.waitedSeconds ?? 0) * (1 + policy.abandonedMinutes * leaving);
}

/** Fills in the row of one pool, from which at most `mostOut` people may leave; losses of more are infinite. */
export function tablePool(
  tables: MarginalTables,
  place: number,
  pool: PoolNow,
  staff: StepFunction,
  policy: StaffingPolicy,
  mostOut = MOST_OUT,
): void {
  const burden = poolBurden(pool, staff, policy);
  tables.burden[place] = burden;
  let before = burden;
  for (let j = 0; j < MOST_OUT; j++) {
    const row = place * MOST_OUT + j;
    if (j >= mostOut) {
      tables.loss[row] = Infinity;
      continue;
    }
    const left = poolBurden(pool, shifted(staff, 0, -1 - j), policy);
    const least = j === 0 ? 0 : (tables.loss[row - 1] ?? 0);
    tables.loss[row] = Math.max(least, left - before);
    before = left;
  }
  tabulateGains(tables.gain, place, burden, policy, (people, bucket) =>
    poolBurden(pool, shifted(staff, ARRIVAL_BUCKETS[bucket] ?? 0, people), policy),
  );
}

/**
 * Solves for one person at three times and for more at the soonest; of the others the worth of being later is taken to
 * be that of the first.
 */
function tabulateGains(
  gain: Float64Array,
  place: number,
  burden: number,
  { leastGain }: StaffingPolicy,
  burdenWith: (people: number, bucket: number) => number,
): void {
  const first = place * MOST_IN * BUCKETS;
  gain.fill(0, first, first + MOST_IN * BUCKETS);
  let most = burden;
  for (const bucket of SOLVED_BUCKETS) {
    // Nobody can save more than all waiting there is, so what is left is not worth a move.
    if (most < leastGain) break;
    most = Math.max(0, Math.min(burden - burdenWith(1, bucket), most));
    gain[first + bucket] = most;
  }
  fillBetween(gain, first);
  const soonest = gain[first] ?? 0;
  let before = burden - soonest;
  most = soonest;
  for (let k = 1; k < MOST_IN && Math.min(before, most) >= leastGain; k++) {
    const then = burdenWith(k + 1, 0);
    most = Math.max(0, Math.min(before - then, most));
    before = then;
    for (let bucket = 0; bucket < BUCKETS; bucket++)
      gain[first + k * BUCKETS + bucket] = (most * (gain[first + bucket] ?? 0)) / soonest;
  }
}

/** The buckets between two solved ones, by a straight line: worth falls smoothly with the time of arrival. */
function fillBetween(gain: Float64Array, row: number): void {
  for (let i = 1; i < SOLVED_BUCKETS.length; i++) {
    const [from = 0, to = 0] = [SOLVED_BUCKETS[i - 1], SOLVED_BUCKETS[i]];
    const [begins, ends] = [ARRIVAL_BUCKETS[from] ?? 0, ARRIVAL_BUCKETS[to] ?? 0];
    for (let bucket = from + 1; bucket < to; bucket++) {
      const share = ((ARRIVAL_BUCKETS[bucket] ?? 0) - begins) / (ends - begins);
      gain[row + bucket] = (gain[row + from] ?? 0) * (1 - share) + (gain[row + to] ?? 0) * share;
    }
  }
}
