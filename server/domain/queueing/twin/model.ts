/** A branch laid out for the inner loop: flat typed arrays, laws as tables. */
import { type StepFunction, stepsBetween, valueAt } from '../step-function.ts';
import { requireBranch, type TwinBranch } from './branch.ts';
import { tableOf } from './quantile-table.ts';
import { type Residual, residualOf } from './residual.ts';

/** Lists of different lengths in one array: list i is `items` from `starts[i]` to `starts[i + 1]`. */
export interface Lists {
  starts: Int32Array;
  items: Int32Array;
}

export interface TwinModel {
  queues: number;
  groups: number;
  horizon: number;
  dayFactor: TwinBranch['dayFactor'];
  /** By queue: when each stretch of constant arrivals ends, the last at the horizon, and its arrivals per second. */
  slots: readonly { ends: Float64Array; rates: Float64Array }[];
  /** Tables of equally likely seconds, by queue. */
  service: readonly Float32Array[];
  patience: readonly Float32Array[];
  points: Float64Array;
  pointsPerSecond: Float64Array;
  targets: Float64Array;
  /** Queues a group serves, best liked first, and the tier of each. */
  serves: Lists;
  tiers: Int32Array;
  /** Groups that serve a queue, in the order in which an arriving customer takes a free server. */
  servedBy: Lists;
  pace: Float64Array;
  /** Who waits now, by queue, longest first, with what is left of their patience. */
  waiting: readonly (readonly Residual[])[];
  /** Who is in service now. */
  inService: readonly { group: number; residual: Residual }[];
  /** How many are in service now, by group. */
  busy: Int32Array;
}

/** RangeError when the branch cannot be. */
export function layOut(branch: TwinBranch, horizon: number): TwinModel {
  requireBranch(branch);
  const { queues, groups } = branch;
  const service = queues.map((queue) => tableOf(queue.service));
  const patience = queues.map((queue) => tableOf(queue.patience));
  return {
    queues: queues.length,
    groups: groups.length,
    horizon,
    dayFactor: branch.dayFactor,
    slots: queues.map(({ arrivalRate }) => slotsOf(arrivalRate, horizon)),
    service,
    patience,
    points: Float64Array.from(queues, ({ priority }) => priority.points),
    pointsPerSecond: Float64Array.from(queues, ({ priority }) => priority.pointsPerMinute / 60),
    targets: Float64Array.from(queues, ({ targetSeconds }) => targetSeconds),
    serves: lists(groups.map(({ serves }) => serves.flat())),
    tiers: Int32Array.from(groups.flatMap(({ serves }) => serves.flatMap((tier, i) => tier.map(() => i)))),
    servedBy: lists(queues.map((_, queue) => whoServes(branch, queue))),
    pace: Float64Array.from(groups, ({ pace }) => pace),
    waiting: queues.map(({ waitedSeconds }, queue) =>
      waitedSeconds.toSorted((a, b) => b - a).map((waited) => residualOf(patience[queue], waited)),
    ),
    inService: groups.flatMap(({ inService, pace }, group) =>
      inService.map(({ queue, elapsedSeconds }) => ({
        group,
        residual: residualOf(service[queue], elapsedSeconds / pace),
      })),
    ),
    busy: Int32Array.from(groups, ({ inService }) => inService.length),
  };
}

function slotsOf(arrivalRate: StepFunction, horizon: number): TwinModel['slots'][number] {
  const ends = [...stepsBetween([arrivalRate], 0, horizon), horizon];
  const rates = ends.map((_, slot) => valueAt(arrivalRate, ends[slot - 1] ?? 0));
  return { ends: Float64Array.from(ends), rates: Float64Array.from(rates) };
}

/** Those who like the queue best come first, then those who can do least else. */
function whoServes({ groups }: TwinBranch, queue: number): number[] {
  const liking = groups.flatMap(({ serves }, group) => {
    const tier = serves.findIndex((queues) => queues.includes(queue));
    return tier < 0 ? [] : [{ group, tier, skills: serves.flat().length }];
  });
  return liking.sort((a, b) => a.tier - b.tier || a.skills - b.skills).map(({ group }) => group);
}

function lists(of: readonly (readonly number[])[]): Lists {
  const starts = new Int32Array(of.length + 1);
  of.forEach((list, i) => (starts[i + 1] = (starts[i] ?? 0) + list.length));
  return { starts, items: Int32Array.from(of.flat()) };
}
