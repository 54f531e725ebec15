/** A branch laid out for the inner loop: flat typed arrays, laws as tables. */
import { type ArrivalMix, arrivalMix } from './arrival-mix.ts';
import { requireBranch, type TwinBranch } from './branch.ts';
import { tableIn, tablesOf } from './quantile-table.ts';
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
  arrivals: ArrivalMix;
  /** Tables of equally likely seconds, by queue one after the other. */
  service: Float32Array;
  patience: Float32Array;
  points: Float64Array;
  pointsPerSecond: Float64Array;
  targets: Float64Array;
  /** Tiers of a group, best liked first: `tiers` from `tiersOf[group]` to `tiersOf[group + 1]`. */
  tiersOf: Int32Array;
  /** Queues of a tier. */
  tiers: Lists;
  /** Whether in a tier who came first is always next (1), not who has most points (0). */
  inOrder: Uint8Array;
  /** Whether each group just takes whoever came first of all its queues. */
  isFirstCome: boolean;
  /** Groups that serve a queue, in the order in which an arriving customer takes a free server. */
  servedBy: Lists;
  pace: Float64Array;
  /** Who waits now, longest first, with what is left of their patience. */
  waiting: readonly { queue: number; residual: Residual }[];
  /** Who is in service now. */
  inService: readonly { group: number; residual: Residual }[];
  /** How many are in service now, by group. */
  busy: Int32Array;
}

/** RangeError when the branch cannot be. */
export function layOut(branch: TwinBranch, horizon: number): TwinModel {
  requireBranch(branch);
  const { queues, groups } = branch;
  const service = tablesOf(queues.map((queue) => queue.service));
  const patience = tablesOf(queues.map((queue) => queue.patience));
  const tiers = groups.flatMap(({ serves }) => serves);
  const inOrder = Uint8Array.from(tiers, (tier) => Number(isInOrder(branch, tier)));
  return {
    queues: queues.length,
    groups: groups.length,
    horizon,
    dayFactor: branch.dayFactor,
    arrivals: arrivalMix(
      queues.map(({ arrivalRate }) => arrivalRate),
      horizon,
    ),
    service,
    patience,
    points: Float64Array.from(queues, ({ priority }) => priority.points),
    pointsPerSecond: Float64Array.from(queues, ({ priority }) => priority.pointsPerMinute / 60),
    targets: Float64Array.from(queues, ({ targetSeconds }) => targetSeconds),
    tiersOf: startsOf(groups.map(({ serves }) => serves)),
    tiers: lists(tiers),
    inOrder,
    isFirstCome: groups.every(({ serves }) => serves.length <= 1) && !inOrder.includes(0),
    servedBy: lists(queues.map((_, queue) => whoServes(branch, queue))),
    pace: Float64Array.from(groups, ({ pace }) => pace),
    waiting: queues
      .flatMap(({ waitedSeconds }, queue) =>
        waitedSeconds.map((waited) => ({ queue, residual: residualOf(tableIn(patience, queue), waited) })),
      )
      .sort((a, b) => b.residual.elapsed - a.residual.elapsed),
    inService: groups.flatMap(({ inService, pace }, group) =>
      inService.map(({ queue, elapsedSeconds }) => ({
        group,
        residual: residualOf(tableIn(service, queue), elapsedSeconds / pace),
      })),
    ),
    busy: Int32Array.from(groups, ({ inService }) => inService.length),
  };
}

function isInOrder({ queues }: TwinBranch, tier: readonly number[]): boolean {
  const [first, ...others] = tier.map((queue) => queues[queue]?.priority);
  return others.every(
    (other) => other?.points === first?.points && other?.pointsPerMinute === first?.pointsPerMinute,
  );
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
  return { starts: startsOf(of), items: Int32Array.from(of.flat()) };
}

/** Where each list begins when they stand one after the other, and where the last one ends. */
function startsOf(of: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(of.length + 1);
  of.forEach((list, i) => (starts[i + 1] = (starts[i] ?? 0) + list.length));
  return starts;
}
