/** The fast screen: a planned queue predicted from its present state by a one-dimensional birth–death solver. */
import { fitBand, type Law, moveLaw } from './birth-death-law.ts';
import { requireWhole } from './preconditions.ts';
import { type QueuePlan, type QueueStart, requirePlan } from './queue-plan.ts';
import { stagedServers } from './staged-drops.ts';
import { type StepFunction, stepsBetween, valueAt } from './step-function.ts';

/** A queue at a time, predicted. */
export interface QueuePrediction {
  /** Seconds from now. */
  at: number;
  /** P(all servers of the plan busy), 0–1: the chance that somebody who comes now has to wait. */
  waitProbability: number;
  /** E[waiting]. */
  meanWaiting: number;
  /** P(more than the limit waiting), 0–1. */
  aboveLimit: number;
  /** ∫ E[waiting] from now, customer-seconds. */
  waitedSeconds: number;
  /** Expected from now. */
  abandoned: number;
}

/** Steps in one mean service time, once the law has spread. */
const STEPS_A_SERVICE = 4;
/** How many times finer steps are at first, when the law is sharp and moves fast; times in full steps. */
const START_UP: StepFunction = [
  [0, 8],
  [0.5, 4],
  [1.5, 2],
  [3.5, 1],
];
/** So much longer than planned a step may be, rather than to make one more. */
const SLACK = 0.01;

/**
 * The queue at each of `times` (seconds from now, rising); `limit` is the number waiting of `aboveLimit`.
 * Against exact solutions of 30 plans the waited time is within 0.01 % in the middle; where servers who leave finish
 * their customers first, within 4 %. A hall takes 20 µs for an hour, 75 µs for four.
 */
export function predictQueue(
  plan: QueuePlan,
  start: QueueStart,
  times: readonly number[],
  limit: number,
): QueuePrediction[] {
  requirePlan(plan, start);
  requireWhole('limit', limit);
  const servers = stagedServers(plan, start);
  let law: Law = { low: start.busy + start.waiting, chances: Float64Array.of(1) };
  let now = 0;
  let waitedSeconds = 0;
  const fullStep = 1 / (plan.serviceRate * STEPS_A_SERVICE);
  const fineness = START_UP.map(([from, finer]) => [from * fullStep, finer] as const);
  return times.map((at) => {
    if (!(at >= now)) throw new RangeError('times must rise from 0');
    const ends = at > now ? [...stepsBetween([plan.arrivalRate, servers, fineness], now, at), at] : [];
    for (const end of ends) {
      const model = {
        arrivalRate: valueAt(plan.arrivalRate, now),
        servers: valueAt(servers, now),
        serviceRate: plan.serviceRate,
        abandonmentRate: plan.abandonmentRate,
      };
      const seconds = end - now;
      const steps = Math.max(1, Math.ceil((seconds / fullStep) * valueAt(fineness, now) - SLACK));
      law = fitBand(law, model, seconds);
      waitedSeconds += moveLaw(law, model, seconds, steps, now === 0);
      now = end;
    }
    const above = (count: number) => chanceAbove(law, count);
    return {
      at,
      waitProbability: above(valueAt(plan.servers, at) - 1),
      meanWaiting: meanAbove(law, valueAt(servers, at)),
      aboveLimit: above(valueAt(servers, at) + limit),
      waitedSeconds,
      abandoned: plan.abandonmentRate * waitedSeconds,
    };
  });
}

/** P(number in the system > count). */
function chanceAbove({ low, chances }: Law, count: number): number {
  let sum = 0;
  for (let i = Math.max(0, count + 1 - low); i < chances.length; i++) sum += chances[i] ?? 0;
  return Math.min(1, Math.max(0, sum));
}

/** E[max(0, number in the system − count)]; the count need not be whole. */
export function meanAbove({ low, chances }: Law, count: number): number {
  let sum = 0;
  for (let i = Math.max(0, Math.floor(count + 1 - low)); i < chances.length; i++)
    sum += (low + i - count) * (chances[i] ?? 0);
  return sum;
}
