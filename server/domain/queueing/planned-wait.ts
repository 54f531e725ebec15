/** What a customer who arrives at a given time has to expect, with the plan ahead. */
import type { Transitions } from './markov-chain.ts';
import { requireNonNegative } from './preconditions.ts';
import type { QueuePlan } from './queue-plan.ts';
import { stepsBetween, valueAt } from './step-function.ts';
import { busyIn, finishOne, type QueueAt, restaffOne, waitingIn } from './transient-queue.ts';
import { type Distribution, moveOn } from './uniformisation.ts';
import { pack } from './markov-chain.ts';

/** The wait of one who arrives at a given time, seconds; it ends with service or, when patience ends, by leaving. */
export interface PlannedWait {
  /** P(wait > 0), 0–1. */
  waitProbability: number;
  /** Infinity when no server comes any more and nobody leaves. */
  meanWait: number;
  /** P(wait > mark), 0–1, for each mark. */
  above: number[];
  /** E[min(wait, mark)] for each mark. */
  meanUntil: number[];
}

/** Share of those who have to wait whose further wait is left out. */
const NEGLIGIBLE = 1e-14;
/** Services expected in one stretch. */
const SERVICES_A_STRETCH = 32;

const waits = (law: Distribution): number => law.values().reduce((sum, chance) => sum + chance, 0);

/**
 * The wait of one who finds the queue as `found`, to be served in order of arrival; `leaveRate` per second is their own
 * end of patience, 0 for one who stays whatever happens. `marks` are waits in seconds, rising.
 * States are (busy, waiting up to and including this customer); later arrivals change nothing for them.
 */
export function plannedWait(
  plan: QueuePlan,
  found: QueueAt,
  leaveRate: number,
  marks: readonly number[],
): PlannedWait {
  requireNonNegative('leaveRate', leaveRate);
  let law: Distribution = new Map();
  for (const [state, chance] of found.law) {
    if (busyIn(state) >= found.servers) law.set(pack(busyIn(state), waitingIn(state) + 1), chance);
  }
  const waitProbability = waits(law);
  const above: number[] = [];
  const meanUntil: number[] = [];
  let now = found.at;
  let meanWait = 0;
  for (let still = waitProbability; ; still = waits(law)) {
    while (above.length < marks.length && found.at + (marks[above.length] ?? 0) <= now) {
      above.push(still);
      meanUntil.push(meanWait);
    }
    const over = still <= NEGLIGIBLE * waitProbability;
    if (over && above.length === marks.length) return { waitProbability, meanWait, above, meanUntil };
    const servers = valueAt(plan.servers, now);
    const [change = Infinity] = stepsBetween([plan.servers], now, Infinity);
    const mark = found.at + (marks[above.length] ?? Infinity);
    const stretch = SERVICES_A_STRETCH / Math.max(servers * plan.serviceRate, leaveRate);
    const next = Math.min(change, mark, now + stretch);
    if (next === Infinity) return { waitProbability, meanWait: Infinity, above, meanUntil };
    const moved = moveOn(law, next - now, waitTransitions(plan, servers, leaveRate));
    meanWait += waits(moved.spent);
    law = next === change ? restaffed(moved.after, plan, valueAt(plan.servers, change)) : moved.after;
    now = next;
  }
}

function waitTransitions(plan: QueuePlan, servers: number, leaveRate: number): Transitions {
  return (state, to) => {
    const busy = busyIn(state);
    const waiting = waitingIn(state);
    const served = finishOne(busy, waiting, servers);
    if (busy > 0) to(waitingIn(served) === 0 ? null : served, busy * plan.serviceRate);
    if (waiting > 1) to(pack(busy, waiting - 1), (waiting - 1) * plan.abandonmentRate);
    to(null, leaveRate);
  };
}

/** Those who still wait right after so many servers are planned. */
function restaffed(law: Distribution, plan: QueuePlan, servers: number): Distribution {
  const after: Distribution = new Map();
  for (const [state, chance] of law) {
    const next = restaffOne(plan, busyIn(state), waitingIn(state), servers);
    if (waitingIn(next) > 0) after.set(next, (after.get(next) ?? 0) + chance);
  }
  return after;
}
