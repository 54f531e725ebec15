/** The waits of a promised time as they would have been without the move, told what really came (rule GD6). */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { MoveBasis } from '#shared/moves.ts';
import { createRng } from '../../rng.ts';
import type { StepFunction } from '../../domain/queueing/step-function.ts';
import { courseOf, type Range, type Span } from '../../domain/staffing/pool-twin.ts';

export interface NoChangeAsked {
  basis: MoveBasis;
  /** As they came, a minute, by minutes from when it was proposed. */
  arrivals: StepFunction;
  window: Span;
  policy: StaffingPolicy;
  seed: number;
}

export function noChange({ basis, arrivals, window, policy, seed }: NoChangeAsked): Range | null {
  const pool = {
    ...basis,
    arrivalRate: arrivals,
    rateVariance: 0,
    patienceMinutes: basis.patienceMinutes ?? Infinity,
  };
  const [course] = courseOf(pool, basis.staff, basis.staff, [window], policy, createRng(seed));
  return course?.standing ?? null;
}
