/** Pools as places of their own, by their numbers alone: forecast error included. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { TwinBranch } from '../queueing/twin/branch.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import { bySeconds, liveThrough, type LookAhead, staffChanges } from './look-ahead.ts';
import type { PoolNow } from './situation.ts';

const SECONDS = 60;
/** Forecasts are never surer than this, variance of the rate as a share of its mean squared. */
const LEAST_RATE_VARIANCE = 0.0004;
/** Share of a service that is over, on average, where it is not known how long it has lasted. */
const ELAPSED_SHARE = 0.5;

/** Looks ahead of each pool as if nobody else served its customers. */
export const poolsAhead =
  (pools: readonly PoolNow[], policy: StaffingPolicy): LookAhead =>
  ({ pool: place, standing, changed }, spans, rng) => {
    const pool = pools[place];
    if (pool === undefined) return undefined;
    const [before, after] = [bySeconds(standing), bySeconds(changed)];
    return liveThrough(twinOf(pool, before), staffChanges(0, before, after), [0], spans, policy, rng);
  };

function twinOf(pool: PoolNow, staff: StepFunction): TwinBranch {
  const service = pool.serviceMinutes * SECONDS;
  const shape = 1 / Math.max(LEAST_RATE_VARIANCE, pool.rateVariance);
  return {
    queues: [
      {
        arrivalRate: pool.arrivalRate.map(([at, rate]) => [at * SECONDS, rate / SECONDS] as const),
        service: { law: 'lognormal', mean: service, variation: pool.serviceVariation },
        patience:
          pool.patienceMinutes === Infinity
            ? { law: 'never' }
            : { law: 'exponential', mean: pool.patienceMinutes * SECONDS },
        priority: { points: 0, pointsPerMinute: 1 },
        targetSeconds: pool.targetMinutes * SECONDS,
        waitedSeconds: Array.from({ length: pool.waiting }, () => 0),
      },
    ],
    groups: [
      {
        serves: [[0]],
        staff,
        pace: 1,
        inService: Array.from({ length: pool.busy }, () => ({
          queue: 0,
          elapsedSeconds: ELAPSED_SHARE * service,
        })),
      },
    ],
    dayFactor: { shape, rate: shape },
  };
}
