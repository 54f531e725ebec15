/** The waits of a promised time as they would have been without the move, told what really came (rule GD6). */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { MoveBasis } from '#shared/moves.ts';
import { createRng } from '../../rng.ts';
import type { StepFunction } from '../../domain/queueing/step-function.ts';
import { liveThrough, type Range, type Span } from '../../domain/staffing/look-ahead.ts';
import { twinOfBasis } from './move-basis.ts';

export interface NoChangeAsked {
  basis: MoveBasis;
  /** As they came to each queue of the hall, per second, by seconds from when it was proposed. */
  arrivals: readonly StepFunction[];
  window: Span;
  policy: StaffingPolicy;
  seed: number;
}

export function noChange({ basis, arrivals, window, policy, seed }: NoChangeAsked): Range | null {
  const { hall, queues } = basis;
  const places = hall.queues.flatMap(({ id }, place) => (queues.includes(id) ? [place] : []));
  const twin = twinOfBasis(hall, arrivals);
  return liveThrough(twin, [], places, [window], policy, createRng(seed)).spans[0]?.standing ?? null;
}
