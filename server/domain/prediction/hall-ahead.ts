/** A hall with what is expected of its next hours, and the same as the what-if twin sees it. */
import type { DurationLaw, PatienceLaw } from '../queueing/twin/laws.ts';
import type { TwinBranch } from '../queueing/twin/branch.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import type { HallNow } from './hall-now.ts';
import type { QueueHabits } from './work-sums.ts';

/** Arrivals expected, in the order of the queues of the hall. */
export interface ArrivalsAhead {
  /** Per second, by seconds from now. */
  rates: StepFunction[];
  /** Variance of today's volume around that, as a square of a ratio. */
  relativeVariance: number;
}

/** Services neither scatter less nor, a few forgotten ones aside, more than this: standard deviation over mean. */
const VARIATION = { least: 0.3, most: 1.5 };
/** However unsure, volumes are off by no more than this variance of the ratio allows. */
const MOST_VARIANCE = 1;
/** A factor steadier than this is as good as known. */
const LEAST_VARIANCE = 1e-4;

/** The hall as the twin sees it; `habits` and `arrivals` in the order of its queues, `staff` of its groups. */
export function twinOf(
  now: HallNow,
  arrivals: ArrivalsAhead,
  habits: readonly QueueHabits[],
  staff: readonly StepFunction[],
): TwinBranch {
  const variance = Math.min(MOST_VARIANCE, arrivals.relativeVariance);
  return {
    queues: now.queues.map(({ targetSeconds, waitedSeconds, variation }, i) => ({
      arrivalRate: arrivals.rates[i] ?? [[0, 0]],
      service: serviceLaw(habits[i], variation),
      patience: patienceLaw(habits[i]),
      // In order of arrival over all queues of a group.
      priority: { points: 0, pointsPerMinute: 1 },
      targetSeconds,
      waitedSeconds,
    })),
    groups: now.groups.map(({ queues, inService }, i) => ({
      serves: [queues],
      staff: staff[i] ?? [[0, 0]],
      pace: 1,
      inService,
    })),
    dayFactor: variance < LEAST_VARIANCE ? null : { shape: 1 / variance, rate: 1 / variance },
  };
}

const serviceLaw = (habits: QueueHabits | undefined, variation: number): DurationLaw => ({
  law: 'lognormal',
  mean: habits?.handlingSeconds ?? 1,
  variation: Math.min(VARIATION.most, Math.max(VARIATION.least, variation)),
});

const patienceLaw = (habits: QueueHabits | undefined): PatienceLaw =>
  habits === undefined || habits.leaveRate === 0
    ? { law: 'never' }
    : { law: 'exponential', mean: 1 / habits.leaveRate };
