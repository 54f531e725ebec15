/** A queue whose arrivals and staff change as planned, and where it stands now. */
import { requireNonNegative, requirePositive, requireWhole } from './preconditions.ts';
import { requireSteps, type StepFunction } from './step-function.ts';

/** Rates per second, times in seconds from now. */
export interface QueuePlan {
  arrivalRate: StepFunction;
  /** Whole numbers. */
  servers: StepFunction;
  serviceRate: number;
  /** At which each waiting customer gives up; 0 when nobody does. */
  abandonmentRate: number;
  /**
   * What happens when fewer servers are planned than are busy: `exhaustive` lets each finish the customer in service
   * first, as people do; `preemptive` sends customers back to the head of the queue.
   */
  release: 'exhaustive' | 'preemptive';
}

/** Who is there now. */
export interface QueueStart {
  busy: number;
  waiting: number;
}

/** Refuses, with a RangeError, a plan or a start that cannot be. */
export function requirePlan(plan: QueuePlan, start: QueueStart): void {
  requireSteps('arrivalRate', plan.arrivalRate);
  requireSteps('servers', plan.servers);
  for (const [, servers] of plan.servers) requireWhole('servers', servers);
  requirePositive('serviceRate', plan.serviceRate);
  requireNonNegative('abandonmentRate', plan.abandonmentRate);
  requireWhole('busy', start.busy);
  requireWhole('waiting', start.waiting);
}
