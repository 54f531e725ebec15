/** A branch laid out for the inner loop: flat typed arrays, laws as tables. */
import { stepsBetween, valueAt } from '../step-function.ts';
import { requireBranch, type TwinBranch } from './branch.ts';
import { TABLE_SIZE, tableOf } from './quantile-table.ts';
import { type Residual, residualOf } from './residual.ts';

/** Lists of different lengths in one array: list i is `items` from `starts[i]` to `starts[i + 1]`. */
export interface Lists {
  starts: Int32Array;
  items: Int32Array;
}

/** Stretches of constant arrivals. */
export interface Slots {
  /** When each ends, the last at the horizon. */
  ends: Float64Array;
  /** Arrivals per second, of all queues together. */
  rates: Float64Array;
  /** By slot and queue: an arrival with a random number of QUEUE_BITS bits below this is for this queue or one before. */
  thresholds: Int32Array;
}

/** Random bits that choose the queue of an arrival. */
export const QUEUE_BITS = 20;

/** Queues whose bits share one number. */
export const QUEUES_PER_WORD = 32;

export interface TwinModel {
  queues: number;
  groups: number;
  horizon: number;
  dayFactor: TwinBranch['dayFactor'];
  slots: Slots;
  /** Tables of equally likely seconds, those of queue q from q × TABLE_SIZE on. */
  service: Float32Array;
  patience: Float32Array;
  points: Float64Array;
  pointsPerSecond: Float64Array;
  targets: Float64Array;
  /** Queues a group serves, best liked first: sets of those in one tier and one word, as bits. */
  serves: { starts: Int32Array; words: Int32Array; bits: Int32Array; tiers: Int32Array };
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
    slots: layOutSlots(branch, horizon),
    service: joined(service),
    patience: joined(patience),
    points: Float64Array.from(queues, ({ priority }) => priority.points),
    pointsPerSecond: Float64Array.from(queues, ({ priority }) => priority.pointsPerMinute / 60),
    targets: Float64Array.from(queues, ({ targetSeconds }) => targetSeconds),
    serves: layOutSkills(branch),
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

function layOutSlots({ queues }: TwinBranch, horizon: number): Slots {
  const rates = queues.map(({ arrivalRate }) => arrivalRate);
  const ends = [...stepsBetween(rates, 0, horizon), horizon];
  const starts = [0, ...ends.slice(0, -1)];
  const totals = starts.map((from) => rates.reduce((sum, steps) => sum + valueAt(steps, from), 0));
  const thresholds = starts.flatMap((from, slot) => {
    let sum = 0;
    return rates.map((steps) => {
      sum += valueAt(steps, from);
      return Math.round((sum / (totals[slot] || 1)) * 2 ** QUEUE_BITS);
    });
  });
  return {
    ends: Float64Array.from(ends),
    rates: Float64Array.from(totals),
    thresholds: Int32Array.from(thresholds),
  };
}

function layOutSkills({ groups }: TwinBranch): TwinModel['serves'] {
  const sets = groups.map(({ serves }) =>
    serves.flatMap((queues, tier) =>
      [...Map.groupBy(queues, (queue) => Math.floor(queue / QUEUES_PER_WORD))].map(([word, among]) => ({
        word,
        tier,
        bits: among.reduce((bits, queue) => bits | (1 << queue % QUEUES_PER_WORD), 0),
      })),
    ),
  );
  return {
    starts: startsOf(sets),
    words: Int32Array.from(sets.flat(), ({ word }) => word),
    bits: Int32Array.from(sets.flat(), ({ bits }) => bits),
    tiers: Int32Array.from(sets.flat(), ({ tier }) => tier),
  };
}

/** Those who like the queue best come first, then those who can do least else. */
function whoServes({ groups }: TwinBranch, queue: number): number[] {
  const liking = groups.flatMap(({ serves }, group) => {
    const tier = serves.findIndex((queues) => queues.includes(queue));
    return tier < 0 ? [] : [{ group, tier, skills: serves.flat().length }];
  });
  return liking.sort((a, b) => a.tier - b.tier || a.skills - b.skills).map(({ group }) => group);
}

function joined(tables: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(tables.length * TABLE_SIZE);
  tables.forEach((table, i) => {
    all.set(table, i * TABLE_SIZE);
  });
  return all;
}

const lists = (of: readonly (readonly number[])[]): Lists => ({
  starts: startsOf(of),
  items: Int32Array.from(of.flat()),
});

/** Where each list begins when they are put one after the other, and where the last ends. */
function startsOf(of: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(of.length + 1);
  of.forEach((list, i) => (starts[i + 1] = (starts[i] ?? 0) + list.length));
  return starts;
}
