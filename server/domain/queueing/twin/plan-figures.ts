/** What is to be expected under one plan. */
import { burdenOf } from './burden.ts';
import {
  type Column,
  difference,
  type Estimate,
  meanOf,
  quantileOf,
  ratioOf,
  weighted,
  wholeQuantiles,
} from './estimates.ts';
import type { TwinModel } from './model.ts';
import type { TwinQuestion } from './question.ts';
import type { Field, Records } from './records.ts';
import { waitQuantiles } from './wait-quantiles.ts';

/**
 * Where the mean wait of one day's customers lies, seconds: its median and the shortest range that holds 80 % of days with
 * any; null where none ever comes.
 */
export type MeanWaitRange = { low: number; middle: number; high: number } | null;

/** Customers of one queue who arrive in one window; null where none ever does. Waits end with service or by leaving. */
export interface WindowFigures {
  arrivals: Estimate;
  meanWaitSeconds: Estimate | null;
  meanWaitRange: MeanWaitRange;
  /** Half, four in five, 19 in 20 of the customers wait no longer, seconds. */
  waitSeconds: { p50: Estimate; p80: Estimate; p95: Estimate } | null;
  /** P(wait > target), 0–1. */
  lateShare: Estimate | null;
  late: Estimate;
  answered: Estimate;
  /** Of these after no more than the target. */
  answeredWithin: Estimate;
  abandoned: Estimate;
  /** Neither served nor gone when the last server has left; all of them late, with the wait until the horizon. */
  unserved: Estimate;
}

/** Waiting customers of one queue at one instant. */
export interface QueueLength {
  mean: Estimate;
  /** Not exceeded with probability 0.5 and 0.95. */
  p50: number;
  p95: number;
}

export interface PlanFigures {
  /** Seconds waited in all windows, with what abandoned and late customers weigh. */
  burden: Estimate;
  /** By queue, then window. */
  windows: WindowFigures[][];
  /** By set of queues that the question names, then window. */
  together: MeanWaitRange[][];
  /** By queue, then instant. */
  queueLengths: QueueLength[][];
  /** Share of the servers' time until the horizon that is busy, 0–1, by group; null for a group without servers. */
  occupancy: (Estimate | null)[];
}

const WAIT_PROBABILITIES = [0.5, 0.8, 0.95];
const RANGE_SHARE = 0.8;
const LENGTH_PROBABILITIES = [0.5, 0.95];

export function planFigures(model: TwinModel, question: TwinQuestion, records: Records): PlanFigures {
  const { windows, instants, together = [] } = question;
  const cells = Array.from({ length: records.cells }, (_, cell) => cell);
  const quantiles = waitQuantiles(
    records.waits,
    cells.map((cell) => records.cellColumn(cell, 'arrivals')),
    WAIT_PROBABILITIES,
  );
  const byCell = cells.map((cell) => windowFigures(records, cell, quantiles[cell] ?? null));
  const queues = Array.from({ length: model.queues }, (_, queue) => queue);
  const groups = Array.from({ length: model.groups }, (_, group) => group);
  return {
    burden: meanOf(burdenOf(records, question)),
    windows: queues.map((queue) => byCell.slice(queue * windows.length, (queue + 1) * windows.length)),
    together: together.map((set) => {
      const sum = (field: Field, window: number): Column =>
        weighted(set.map((queue) => [records.cellColumn(queue * windows.length + window, field), 1]));
      return windows.map((_, window) => rangeOf(sum('waitSeconds', window), sum('arrivals', window)));
    }),
    queueLengths: queues.map((queue) =>
      instants.map((_, instant) => queueLength(records.lengthColumn(queue, instant))),
    ),
    occupancy: groups.map((group) => occupancy(records.staffedColumn(group), records.unusedColumn(group))),
  };
}

function windowFigures(records: Records, cell: number, quantiles: Estimate[] | null): WindowFigures {
  const column = (field: Field): Column => records.cellColumn(cell, field);
  const arrivals = column('arrivals');
  const [p50, p80, p95] = quantiles ?? [];
  const answered = weighted([
    [arrivals, 1],
    [column('abandoned'), -1],
    [column('unserved'), -1],
  ]);
  return {
    arrivals: meanOf(arrivals),
    meanWaitSeconds: ratioOf(column('waitSeconds'), arrivals),
    meanWaitRange: rangeOf(column('waitSeconds'), arrivals),
    waitSeconds: p50 && p80 && p95 ? { p50, p80, p95 } : null,
    lateShare: ratioOf(column('late'), arrivals),
    late: meanOf(column('late')),
    answered: meanOf(answered),
    answeredWithin: meanOf(column('answeredWithin')),
    abandoned: meanOf(column('abandoned')),
    unserved: meanOf(column('unserved')),
  };
}

/**
 * The shortest range: between quantiles it would be too wide where the ratio is often 0, as nothing lies below that.
 */
function rangeOf(upper: Column, lower: Column): MeanWaitRange {
  const all = new Float64Array(upper.length);
  let count = 0;
  for (let row = 0; row < upper.length; row++) {
    const below = lower[row] ?? 0;
    if (below > 0) all[count++] = (upper[row] ?? 0) / below;
  }
  if (count === 0) return null;
  const ratios = all.subarray(0, count).sort();
  const held = Math.ceil(RANGE_SHARE * count) - 1;
  let low = 0;
  let narrowest = Infinity;
  for (let from = 0; from + held < count; from++) {
    const width = (ratios[from + held] ?? 0) - (ratios[from] ?? 0);
    if (width < narrowest) [low, narrowest] = [from, width];
  }
  return { low: ratios[low] ?? 0, middle: quantileOf(ratios, 0.5), high: ratios[low + held] ?? 0 };
}

function queueLength(column: Column): QueueLength {
  const [p50 = 0, p95 = 0] = wholeQuantiles(column, LENGTH_PROBABILITIES);
  return { mean: meanOf(column), p50, p95 };
}

const occupancy = (staffed: Column, unused: Column): Estimate | null =>
  ratioOf(difference(staffed, unused), staffed);
