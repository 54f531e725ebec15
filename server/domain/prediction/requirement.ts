/** How many counters and people a hall needs to keep its promise. */
import type { BranchProfile } from '#shared/network.ts';
import { exponentialPatience } from '../queueing/patience.ts';
import { requiredServers, type StaffingTarget } from '../queueing/staffing.ts';
import { judgementAt } from '../metrics/definitions.ts';
import type { QueueHabits } from './work-sums.ts';

/**
 * Queues that are staffed together: those whose counters can help one another, be it by way of others. A chain of
 * counters that share queues with the next one does nearly what a pool does (Jordan and Graves 1995). Without counters, as
 * on a hotline, all are one.
 */
export function staffedGroups({ counters }: BranchProfile, queues: readonly string[]): string[][] {
  if (counters.length === 0) return [[...queues]];
  let groups = queues.map((queue) => [queue]);
  for (const { queues: served } of counters) {
    const isServed = (group: readonly string[]): boolean =>
      served.length === 0 || group.some((queue) => served.includes(queue));
    const joined = groups.filter(isServed).flat();
    if (joined.length > 0) groups = [joined, ...groups.filter((group) => !isServed(group))];
  }
  const place = (group: readonly string[]): number => queues.indexOf(group[0] ?? '');
  return groups
    .map((group) => queues.filter((queue) => group.includes(queue)))
    .sort((a, b) => place(a) - place(b));
}

/** What comes to a pool in one interval. */
export interface PoolDemand {
  /** By queue: arrivals per second, and how they behave. */
  queues: readonly { rate: number; habits: QueueHabits }[];
  targets: readonly StaffingTarget[];
}

/** The promise of a pool: the strictest of its queues, at an instant. */
export function poolTargets(profile: BranchProfile, queues: readonly string[], at: number): StaffingTarget[] {
  const judged = queues.map((queue) => judgementAt(profile, queue, at));
  return judged.length === 0
    ? []
    : [
        {
          figure: 'serviceLevel',
          formula: 'headline',
          withinSeconds: Math.min(...judged.map(({ thresholdSeconds }) => thresholdSeconds)),
          atLeast: Math.max(...judged.map(({ serviceLevelTarget }) => serviceLevelTarget)),
        },
      ];
}

/** A promise that asks for more than this asks for an endless number of servers. */
const MOST_SERVICE_LEVEL = 0.999;

/** Counters needed at once to keep the promise, by Erlang A; 0 when nobody comes. */
export function requiredCounters({ queues, targets }: PoolDemand): number {
  const arrivalRate = queues.reduce((sum, { rate }) => sum + rate, 0);
  if (!(arrivalRate > 0)) return 0;
  const mean = (of: (habits: QueueHabits) => number): number =>
    queues.reduce((sum, { rate, habits }) => sum + rate * of(habits), 0) / arrivalRate;
  const workload = {
    arrivalRate,
    serviceRate: 1 / mean(({ handlingSeconds }) => handlingSeconds),
    patience: exponentialPatience(mean(({ leaveRate }) => leaveRate)),
  };
  return requiredServers(
    workload,
    targets.map((target) =>
      target.figure === 'serviceLevel'
        ? { ...target, atLeast: Math.min(MOST_SERVICE_LEVEL, target.atLeast) }
        : target,
    ),
  );
}

/** People on duty for so many counters at once, when `shrinkage` (0–1) of their time goes elsewhere. */
export const requiredPeople = (counters: number, shrinkage: number): number =>
  Math.ceil(counters / (1 - Math.min(0.9, shrinkage)));
