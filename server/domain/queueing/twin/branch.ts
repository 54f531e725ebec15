/** A branch as the what-if twin sees it: what is expected to come, who serves whom, and where things stand now. */
import { requireNonNegative, requirePositive, requireWhole } from '../preconditions.ts';
import { requireSteps, type StepFunction } from '../step-function.ts';
import type { DurationLaw, PatienceLaw } from './laws.ts';

/** Times in seconds from now, rates per second. Queues and groups are named by their place in the lists. */
export interface TwinBranch {
  queues: readonly TwinQueue[];
  groups: readonly TwinGroup[];
  /**
   * What is believed about today's arrivals: all rates times a factor with the Gamma law of this shape and rate (mean
   * shape/rate), drawn anew for each replication. Null when the rates are known.
   */
  dayFactor: { shape: number; rate: number } | null;
}

export interface TwinQueue {
  arrivalRate: StepFunction;
  service: DurationLaw;
  patience: PatienceLaw;
  /** Who has most points is served next: so many at the start and so many more for each minute waited. */
  priority: { points: number; pointsPerMinute: number };
  /** A longer wait is late. */
  targetSeconds: number;
  /** How long those who wait now have waited. */
  waitedSeconds: readonly number[];
}

/** Servers who serve the same queues. */
export interface TwinGroup {
  /** Queues they serve, in tiers: the next tier only while nobody of those before waits; inside a tier points decide. */
  serves: readonly (readonly number[])[];
  /** How many are at work by the committed plan: openings, closings, breaks and people on their way are steps of it. */
  staff: StepFunction;
  /** Their service times as a multiple of the queue's law. */
  pace: number;
  /** Services under way now; more than `staff` when some leave after their customer. */
  inService: readonly { queue: number; elapsedSeconds: number }[];
}

/** A change to the committed plan. Servers who leave finish the customer in service first. */
export interface StaffChange {
  at: number;
  group: number;
  /** Servers more or, below 0, fewer from then on. */
  change: number;
}

/** RangeError, with the name of the field, when the numbers make no branch. Laws are checked where they are used. */
export function requireBranch({ queues, groups, dayFactor }: TwinBranch): void {
  const requireQueue = (queue: number): void => {
    if (queues[queue] === undefined) throw new RangeError(`there is no queue ${queue}`);
  };
  for (const { arrivalRate, priority, targetSeconds, waitedSeconds } of queues) {
    requireSteps('arrivalRate', arrivalRate);
    requireNonNegative('pointsPerMinute', priority.pointsPerMinute);
    if (!Number.isFinite(priority.points)) throw new RangeError('points must be a number');
    requireNonNegative('targetSeconds', targetSeconds);
    for (const waited of waitedSeconds) requireNonNegative('waitedSeconds', waited);
  }
  for (const { serves, staff, pace, inService } of groups) {
    serves.flat().forEach(requireQueue);
    requireSteps('staff', staff);
    for (const [, servers] of staff) requireWhole('staff', servers);
    requirePositive('pace', pace);
    for (const { queue, elapsedSeconds } of inService) {
      requireQueue(queue);
      requireNonNegative('elapsedSeconds', elapsedSeconds);
    }
  }
  if (dayFactor !== null) {
    requirePositive('shape', dayFactor.shape);
    requirePositive('rate', dayFactor.rate);
  }
}
