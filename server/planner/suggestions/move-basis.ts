/** A hall as its twin was when a move was proposed, small enough to be a fact; and the twin again, told what really came. */
import type { HallBasis } from '#shared/moves.ts';
import type { StepFunction } from '../../domain/queueing/step-function.ts';
import type { TwinBranch } from '../../domain/queueing/twin/branch.ts';
import { leaveRate, meanSeconds, variationOf } from './pools-now.ts';

const DIGITS = 4;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** `ids` are those of the twin's queues. */
export function hallBasis(ids: readonly string[], { queues, groups }: TwinBranch): HallBasis {
  return {
    queues: queues.map(({ service, patience, targetSeconds, waitedSeconds }, i) => ({
      id: ids[i] ?? '',
      serviceSeconds: rounded(meanSeconds(service)),
      serviceVariation: rounded(variationOf(service)),
      leaveRate: rounded(leaveRate(patience)),
      targetSeconds,
      waitedSeconds: waitedSeconds.map(Math.round),
    })),
    groups: groups.map(({ serves, staff, inService }) => ({
      serves: serves.flat(),
      staff: staff.map(([from, servers]) => [Math.round(from), servers]),
      inService: inService.map(({ queue, elapsedSeconds }) => [queue, Math.round(elapsedSeconds)]),
    })),
  };
}

/** `arrivals` by queue, per second by seconds from when it was proposed: nothing is left to guess about them. */
export function twinOfBasis({ queues, groups }: HallBasis, arrivals: readonly StepFunction[]): TwinBranch {
  return {
    queues: queues.map((queue, i) => ({
      arrivalRate: arrivals[i] ?? [[0, 0]],
      service: { law: 'lognormal', mean: queue.serviceSeconds, variation: queue.serviceVariation },
      patience: queue.leaveRate > 0 ? { law: 'exponential', mean: 1 / queue.leaveRate } : { law: 'never' },
      priority: { points: 0, pointsPerMinute: 1 },
      targetSeconds: queue.targetSeconds,
      waitedSeconds: queue.waitedSeconds,
    })),
    groups: groups.map(({ serves, staff, inService }) => ({
      serves: [serves],
      staff,
      pace: 1,
      inService: inService.map(([queue, elapsedSeconds]) => ({ queue, elapsedSeconds })),
    })),
    dayFactor: null,
  };
}
