/** Small branches for tests of the what-if twin, and comparisons with exact figures. */
import { expect } from 'vitest';
import type { TwinBranch, TwinGroup, TwinQueue } from '#server/domain/queueing/twin/branch.ts';
import type { Estimate } from '#server/domain/queueing/twin/estimates.ts';
import type { TwinQuestion } from '#server/domain/queueing/twin/question.ts';

/** Nobody comes, services last a second, nobody leaves: what matters is told. */
export const queue = (told: Partial<TwinQueue> = {}): TwinQueue => ({
  arrivalRate: [[0, 0]],
  service: { law: 'exponential', mean: 1 },
  patience: { law: 'never' },
  priority: { points: 0, pointsPerMinute: 0 },
  targetSeconds: 0,
  waitedSeconds: [],
  ...told,
});

/** So many servers, all idle, who serve the first queue. */
export const group = (servers: number, told: Partial<TwinGroup> = {}): TwinGroup => ({
  serves: [[0]],
  staff: [[0, servers]],
  pace: 1,
  inService: [],
  ...told,
});

export const branch = (
  queues: TwinQueue[],
  groups: TwinGroup[],
  dayFactor: TwinBranch['dayFactor'] = null,
): TwinBranch => ({ queues, groups, dayFactor });

/** Exactly so many replications, all arrivals in one window. */
export const question = (
  horizonSeconds: number,
  replications: number,
  told: Partial<TwinQuestion> = {},
): TwinQuestion => ({
  horizonSeconds,
  windows: [{ from: 0, to: horizonSeconds }],
  instants: [],
  weights: { abandonedSeconds: 0, lateSeconds: 0 },
  stop: {
    output: 'meanWait',
    relativeError: 0,
    absoluteError: 0,
    fewest: replications,
    most: replications,
  },
  ...told,
});

/** Standard errors that an estimate may be off; seeds are fixed, so a test that passes goes on passing. */
const MOST_ERRORS = 3.5;

/** Fails when the exact figure is out of reach, or the estimate too rough (`roughest`, a share of it) to tell. */
export function expectNear(estimate: Estimate | null | undefined, exact: number, roughest = 0.05): void {
  const { value, standardError } = estimate ?? { value: NaN, standardError: NaN };
  expect(standardError).toBeLessThanOrEqual(roughest * Math.abs(exact));
  expect(Math.abs(value - exact) / standardError).toBeLessThanOrEqual(MOST_ERRORS);
}

/** The one there must be. */
export function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('nothing there');
  return value;
}
