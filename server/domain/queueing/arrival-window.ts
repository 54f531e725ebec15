/** How those fare who arrive between two times: averages over arrivals, which is what a service level counts. */
import { gaussLegendre } from './gauss-legendre.ts';
import { plannedWait } from './planned-wait.ts';
import { requireNonNegative } from './preconditions.ts';
import type { QueuePlan, QueueStart } from './queue-plan.ts';
import { integral, stepsBetween, valueAt } from './step-function.ts';
import { followQueue } from './transient-queue.ts';

/** Arrivals at or after `from` and before `to`, seconds from now. */
export interface ArrivalWindow {
  from: number;
  to: number;
}

/** Averages over the arrivals of a window; waits in seconds, shares 0–1. */
export interface WindowFigures {
  arrivals: number;
  /** Zero waits and abandoners included. */
  meanWait: number;
  waitProbability: number;
  waitAboveTarget: number;
  abandonProbability: number;
  abandonedWithinTarget: number;
  servedWithinTarget: number;
}

/** A moment for which the wait of an arrival is computed, and how many arrivals it stands for. */
interface Moment {
  at: number;
  arrivals: number;
}

const rule = gaussLegendre(6);
/** Right after a change figures move within a few events; later ever more slowly. */
const FIRST_EVENTS = 4;
const SLOWING = 3;

/**
 * The figures of each window, null for one in which nobody arrives; `target` is a wait in seconds. Waits are exact at
 * each moment and averaged by quadrature, to about four digits.
 */
export function arrivalWindows(
  plan: QueuePlan,
  start: QueueStart,
  windows: readonly ArrivalWindow[],
  target: number,
): (WindowFigures | null)[] {
  requireNonNegative('target', target);
  const moments = momentsOf(plan, windows, target);
  const times = moments.map(({ at }) => at);
  const waits = followQueue(plan, start, times).map((found) =>
    plannedWait(plan, found, plan.abandonmentRate, [target]),
  );
  return windows.map(({ from, to }) => {
    const arrivals = integral(plan.arrivalRate, from, to);
    if (arrivals === 0) return null;
    let meanWait = 0;
    let waitProbability = 0;
    let waitAboveTarget = 0;
    let waitedUntilTarget = 0;
    moments.forEach((moment, i) => {
      const wait = waits[i];
      if (wait === undefined || moment.at < from || moment.at > to) return;
      const share = moment.arrivals / arrivals;
      meanWait += share * wait.meanWait;
      waitProbability += share * wait.waitProbability;
      waitAboveTarget += share * (wait.above[0] ?? 0);
      waitedUntilTarget += share * (wait.meanUntil[0] ?? 0);
    });
    // Patience is memoryless, so leaving has one rate for as long as a wait lasts.
    const abandonedWithinTarget = plan.abandonmentRate * waitedUntilTarget;
    return {
      arrivals,
      meanWait,
      waitProbability,
      waitAboveTarget,
      abandonProbability: plan.abandonmentRate * meanWait,
      abandonedWithinTarget,
      servedWithinTarget: 1 - waitAboveTarget - abandonedWithinTarget,
    };
  });
}

/** Moments in all windows, rising; dense where a change has just been or is just ahead. */
function momentsOf(plan: QueuePlan, windows: readonly ArrivalWindow[], target: number): Moment[] {
  // A change of staff bends what is expected by those who arrive one target before it.
  const early = plan.servers.map(([at, servers]) => [at - target, servers] as const);
  const edges = windows.flatMap(({ from, to }) => [from, to]);
  const [from, to] = [Math.min(...edges), Math.max(...edges)];
  const inside = edges.filter((edge) => edge > from && edge < to);
  const steps = stepsBetween([plan.arrivalRate, plan.servers, early], from, to);
  const cuts = [...new Set([from, ...inside, ...steps, to])].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, i) => {
    const begin = cuts[i] ?? from;
    const rate = valueAt(plan.arrivalRate, begin);
    if (rate === 0 || !windows.some((window) => window.from <= begin && end <= window.to)) return [];
    const first = FIRST_EVENTS / (rate + valueAt(plan.servers, begin) * plan.serviceRate);
    return panels(begin, end, first).flatMap(({ start, width }) =>
      Array.from(rule.nodes, (node, k) => ({
        at: start + width * node,
        arrivals: rate * width * (rule.weights[k] ?? 0),
      })),
    );
  });
}

/** Cuts a stretch of time into panels that grow from both ends to the middle. */
function panels(from: number, to: number, first: number): { start: number; width: number }[] {
  const half = (to - from) / 2;
  const offsets = [0];
  for (let next = first; next < half; next += first * SLOWING ** offsets.length) offsets.push(next);
  const rising = offsets.map((offset, i) => ({ offset, width: (offsets[i + 1] ?? half) - offset }));
  return [
    ...rising.map(({ offset, width }) => ({ start: from + offset, width })),
    ...rising.map(({ offset, width }) => ({ start: to - offset - width, width })).reverse(),
  ];
}
