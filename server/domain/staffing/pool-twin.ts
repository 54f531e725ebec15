/** One pool under two courses of staff on the same paths of chance, forecast error included. Minutes. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { StaffChange, TwinBranch } from '../queueing/twin/branch.ts';
import { simulate, type TwinAnswer } from '../queueing/twin/twin.ts';
import { type StepFunction, stepsBetween, valueAt } from '../queueing/step-function.ts';
import type { PoolNow } from './situation.ts';

const SECONDS = 60;
const MOMENT_SECONDS = 0.001;
const REPLICATIONS = 120;
/** Forecasts are never surer than this, variance of the rate as a share of its mean squared. */
const LEAST_RATE_VARIANCE = 0.0004;
/** Share of a service that is over, on average, where it is not known how long it has lasted. */
const ELAPSED_SHARE = 0.5;

/** What holds in most cases: an 80 % range and its middle. */
export interface Range {
  low: number;
  middle: number;
  high: number;
}

export interface PoolOutlook {
  /** Mean wait of those who arrive in the window, minutes; null when nobody is expected. */
  standing: Range | null;
  changed: Range | null;
  /** Customer-minutes saved over the horizon in each replication, leaving counted as in the policy. */
  saved: Float64Array;
}

/** From and to, minutes. */
export interface Span {
  from: number;
  to: number;
}

/** `staff` as it stands and as `changed`; `window` is of arrivals. */
export function outlookOf(
  pool: PoolNow,
  staff: StepFunction,
  changed: StepFunction,
  window: Span,
  policy: StaffingPolicy,
  rng: () => number,
): PoolOutlook {
  const answer = run(pool, staff, changed, [window], policy, rng);
  const shown = placeOf(answer.windows, window);
  return {
    standing: rangeIn(answer.told, 0, shown),
    changed: rangeIn(answer.told, 1, shown),
    saved: (answer.told.gains[0]?.burdenSamples ?? new Float64Array()).map((seconds) => seconds / SECONDS),
  };
}

/** The same for a row of windows, one after the other; `null` where nobody is expected. */
export function courseOf(
  pool: PoolNow,
  staff: StepFunction,
  changed: StepFunction,
  spans: readonly Span[],
  policy: StaffingPolicy,
  rng: () => number,
): { standing: Range | null; changed: Range | null }[] {
  const { told, windows } = run(pool, staff, changed, spans, policy, rng);
  return spans.map((span) => {
    const shown = placeOf(windows, span);
    return { standing: rangeIn(told, 0, shown), changed: rangeIn(told, 1, shown) };
  });
}

const placeOf = (windows: readonly Span[], { from }: Span): number =>
  windows.findIndex((window) => window.from === from * SECONDS);

/** Windows in seconds; those between and around the ones asked for are looked at too. */
function run(
  pool: PoolNow,
  staff: StepFunction,
  changed: StepFunction,
  spans: readonly Span[],
  policy: StaffingPolicy,
  rng: () => number,
): { told: TwinAnswer; windows: Span[] } {
  const horizon = Math.max(policy.horizonMinutes, ...spans.map(({ to }) => to)) * SECONDS;
  const marks = [...spans.flatMap(({ from, to }) => [from * SECONDS, to * SECONDS]), horizon];
  const edges = [...new Set(marks)].sort((a, b) => a - b).filter((at) => at > 0);
  const windows = [-Infinity, 0, ...edges].flatMap((at, i, all) => {
    const to = all[i + 1];
    return to === undefined ? [] : [{ from: at, to }];
  });
  const told = simulate(
    twinOf(pool, staff),
    [[], changesOf(staff, changed)],
    {
      horizonSeconds: horizon,
      windows,
      instants: [],
      weights: { abandonedSeconds: policy.abandonedMinutes * SECONDS, lateSeconds: 0 },
      stop: { output: 'gain', relativeError: 0, absoluteError: 0, fewest: REPLICATIONS, most: REPLICATIONS },
    },
    rng,
  );
  return { told, windows };
}

/** What turns one course of staff into the other. */
function changesOf(staff: StepFunction, changed: StepFunction): StaffChange[] {
  let before = 0;
  return [0, ...stepsBetween([staff, changed], 0, Infinity)].flatMap((at) => {
    const now = valueAt(changed, at) - valueAt(staff, at);
    const change = now - before;
    before = now;
    // Who comes back comes a moment before others leave, else nobody would be there to leave.
    return change === 0 ? [] : [{ at: at * SECONDS - (change > 0 ? MOMENT_SECONDS : 0), group: 0, change }];
  });
}

function rangeIn(answer: TwinAnswer, plan: number, window: number): Range | null {
  const range = answer.plans[plan]?.windows[0]?.[window]?.meanWaitRange;
  if (!range) return null;
  return { low: range.low / SECONDS, middle: range.middle / SECONDS, high: range.high / SECONDS };
}

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
        staff: staff.map(([at, servers]) => [at * SECONDS, servers] as const),
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
