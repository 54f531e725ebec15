/** What becomes of the waits at a place under two courses of its staff, on the same paths of chance. Minutes. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { StaffChange, TwinBranch } from '../queueing/twin/branch.ts';
import { simulate } from '../queueing/twin/twin.ts';
import { type StepFunction, stepsBetween, valueAt } from '../queueing/step-function.ts';

const SECONDS = 60;
const MOMENT_SECONDS = 0.001;
const REPLICATIONS = 120;

/** What holds in most cases: an 80 % range and its middle. */
export interface Range {
  low: number;
  middle: number;
  high: number;
}

/** From and to, minutes. */
export interface Span {
  from: number;
  to: number;
}

/** A pool, and its staff as it stands and as changed, by minutes from now. */
export interface PlaceChange {
  pool: number;
  standing: StepFunction;
  changed: StepFunction;
}

export interface Outlook {
  /** By span: mean waits of those who arrive in it; null when nobody is expected. */
  spans: { standing: Range | null; changed: Range | null }[];
  /** Customer-minutes saved over the horizon in each replication, leaving counted as in the policy. */
  saved: Float64Array;
}

/** `undefined` for a pool that nothing is known of. */
export type LookAhead = (
  change: PlaceChange,
  spans: readonly Span[],
  rng: () => number,
) => Outlook | undefined;

/** Lives through the branch with the changes and without; waits are those of `queues` together, savings those of all. */
export function liveThrough(
  branch: TwinBranch,
  changes: readonly StaffChange[],
  queues: readonly number[],
  spans: readonly Span[],
  policy: StaffingPolicy,
  rng: () => number,
): Outlook {
  const horizon = Math.max(policy.horizonMinutes, ...spans.map(({ to }) => to)) * SECONDS;
  const marks = [...spans.flatMap(({ from, to }) => [from * SECONDS, to * SECONDS]), horizon];
  const edges = [...new Set(marks)].sort((a, b) => a - b).filter((at) => at > 0);
  // Windows between and around the ones asked for are looked at too.
  const windows = [-Infinity, 0, ...edges].flatMap((at, i, all) => {
    const to = all[i + 1];
    return to === undefined ? [] : [{ from: at, to }];
  });
  const { plans, gains } = simulate(
    branch,
    [[], changes],
    {
      horizonSeconds: horizon,
      windows,
      together: [queues],
      instants: [],
      weights: { abandonedSeconds: policy.abandonedMinutes * SECONDS, lateSeconds: 0 },
      stop: { output: 'gain', relativeError: 0, absoluteError: 0, fewest: REPLICATIONS, most: REPLICATIONS },
    },
    rng,
  );
  const rangeOf = (plan: number, { from }: Span): Range | null => {
    const window = windows.findIndex((each) => each.from === from * SECONDS);
    const range = plans[plan]?.together[0]?.[window];
    if (!range) return null;
    return { low: range.low / SECONDS, middle: range.middle / SECONDS, high: range.high / SECONDS };
  };
  return {
    spans: spans.map((span) => ({ standing: rangeOf(0, span), changed: rangeOf(1, span) })),
    saved: (gains[0]?.burdenSamples ?? new Float64Array()).map((seconds) => seconds / SECONDS),
  };
}

/** What turns one course of a group's staff into the other, both by seconds. */
export function staffChanges(group: number, standing: StepFunction, changed: StepFunction): StaffChange[] {
  let before = 0;
  return [0, ...stepsBetween([standing, changed], 0, Infinity)].flatMap((at) => {
    const now = valueAt(changed, at) - valueAt(standing, at);
    const change = now - before;
    before = now;
    // Who comes back comes a moment before others leave, else nobody would be there to leave.
    return change === 0 ? [] : [{ at: at - (change > 0 ? MOMENT_SECONDS : 0), group, change }];
  });
}

/** A course by minutes, by seconds. */
export const bySeconds = (course: StepFunction): StepFunction =>
  course.map(([at, servers]) => [at * SECONDS, servers] as const);
