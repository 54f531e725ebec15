/** A planned queue followed exactly from its present state: M(t)/M/n(t)+M as a chain of (busy, waiting). */
import { count, pack, type State, type Transitions } from './markov-chain.ts';
import { requireNonNegative } from './preconditions.ts';
import { type QueuePlan, type QueueStart, requirePlan } from './queue-plan.ts';
import { integral, stepsBetween, valueAt } from './step-function.ts';
import { type Distribution, expected, moveOn } from './uniformisation.ts';

/** Arrivals expected in one stretch; short stretches keep the states in sight few. */
const ARRIVALS_A_STRETCH = 16;

export const busyIn = (state: State): number => count(state, 0);
export const waitingIn = (state: State): number => count(state, 1);

/** Expected numbers from now until `at`, and the law of (busy, waiting) then, after a change of staff at that time. */
export interface QueueAt {
  /** Seconds from now. */
  at: number;
  /** As planned at that time. */
  servers: number;
  law: Distribution;
  arrived: number;
  served: number;
  abandoned: number;
  /** ∫ E[waiting], customer-seconds. */
  waitedSeconds: number;
}

/** The queue at each of `times` (seconds from now, rising). Exact to about 12 digits; a hall takes a few milliseconds. */
export function followQueue(plan: QueuePlan, start: QueueStart, times: readonly number[]): QueueAt[] {
  requirePlan(plan, start);
  let now = 0;
  let law: Distribution = new Map([[pack(start.busy, start.waiting), 1]]);
  law = restaff(law, plan, valueAt(plan.servers, 0));
  let served = 0;
  let waitedSeconds = 0;
  return times.map((at) => {
    requireNonNegative('time', at);
    if (at < now) throw new RangeError('times must rise');
    const changes = stepsBetween([plan.arrivalRate, plan.servers], now, at);
    for (const next of now < at ? [...changes, at] : []) {
      const rate = valueAt(plan.arrivalRate, now);
      const servers = valueAt(plan.servers, now);
      const stretches = Math.max(1, Math.ceil(((next - now) * rate) / ARRIVALS_A_STRETCH));
      const seconds = (next - now) / stretches;
      for (let i = 0; i < stretches; i++) {
        const longest = longestIn(law) + mostArrivals(rate * seconds);
        const moved = moveOn(law, seconds, queueTransitions(plan, rate, servers, longest));
        law = moved.after;
        served += plan.serviceRate * expected(moved.spent, busyIn);
        waitedSeconds += expected(moved.spent, waitingIn);
      }
      now = next;
      law = restaff(law, plan, valueAt(plan.servers, now));
    }
    const servers = valueAt(plan.servers, at);
    const arrived = integral(plan.arrivalRate, 0, at);
    return {
      at,
      servers,
      law,
      arrived,
      served,
      abandoned: plan.abandonmentRate * waitedSeconds,
      waitedSeconds,
    };
  });
}

const longestIn = (law: Distribution): number =>
  law.keys().reduce((longest, state) => Math.max(longest, waitingIn(state)), 0);

/** Moves of (busy, waiting) between two changes, with a queue of at most `longest`. */
function queueTransitions(plan: QueuePlan, rate: number, servers: number, longest: number): Transitions {
  return (state, to) => {
    const busy = busyIn(state);
    const waiting = waitingIn(state);
    if (busy < servers) to(pack(busy + 1, 0), rate);
    else if (waiting < longest) to(pack(busy, waiting + 1), rate);
    if (busy > 0) to(finishOne(busy, waiting, servers), busy * plan.serviceRate);
    if (waiting > 0) to(pack(busy, waiting - 1), waiting * plan.abandonmentRate);
  };
}

/** One service ends: a server beyond the plan goes, any other takes the next customer. */
export function finishOne(busy: number, waiting: number, servers: number): State {
  return waiting > 0 && busy <= servers ? pack(busy, waiting - 1) : pack(busy - 1, waiting);
}

/** More arrivals than this when `mean` are expected have a chance below 1e−16. */
export const mostArrivals = (mean: number): number => Math.ceil(mean + 9 * Math.sqrt(mean) + 10);

/** The law right after so many servers are planned. */
function restaff(law: Distribution, plan: QueuePlan, servers: number): Distribution {
  const after: Distribution = new Map();
  for (const [state, chance] of law) {
    const next = restaffOne(plan, busyIn(state), waitingIn(state), servers);
    after.set(next, (after.get(next) ?? 0) + chance);
  }
  return after;
}

/** Servers that come take waiting customers; servers that go finish first or send their customer back. */
export function restaffOne({ release }: QueuePlan, busy: number, waiting: number, servers: number): State {
  const most = release === 'preemptive' ? servers : Math.max(busy, servers);
  const serving = Math.min(most, busy + waiting);
  return pack(serving, busy + waiting - serving);
}
