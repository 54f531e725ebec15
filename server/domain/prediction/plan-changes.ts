/** Steps of a plan as changes to the staff of a hall. */
import type { BranchProfile } from '#shared/network.ts';
import type { PlanStep } from '#shared/planning.ts';
import type { StaffChange } from '../queueing/twin/branch.ts';
import { type GroupNow, type HallNow, servedQueues } from './hall-now.ts';

/** A step that cannot be done; `field` says which, and what of it. */
class PlanImpossible extends Error {
  override name = 'PlanImpossible';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const MINUTE_SECONDS = 60;

/** Branches that give people by this plan, each once. */
export const giversOf = (plan: readonly PlanStep[]): string[] => [
  ...new Set(plan.flatMap((step) => (step.do === 'move' ? [step.from] : []))),
];

/** What a plan changes at one hall. */
export interface HallChanges {
  changes: StaffChange[];
  /** Groups beyond those of the hall that it makes: the places of the queues they serve. */
  newGroups: number[][];
}

/**
 * The changes at one hall: of those who come when it is the `receiver`, else of those it gives.
 * Throws {@link PlanImpossible}.
 */
export function changesOf(
  plan: readonly PlanStep[],
  now: HallNow,
  profile: BranchProfile,
  receiver: boolean,
): HallChanges {
  const left = now.groups.map(({ servers }) => servers.length);
  const newGroups: number[][] = [];
  const changes = plan.flatMap((step, i): StaffChange[] => {
    const refuse = (field: string, message: string): never => {
      throw new PlanImpossible(`plan.${i}.${field}`, message);
    };
    const at = step.inMinutes * MINUTE_SECONDS;
    const places = (queues: readonly string[], field: string): number[] => {
      const ids = now.queues.map(({ id }) => id);
      const unknown = queues.find((queue) => !ids.includes(queue));
      if (unknown !== undefined) refuse(field, `there is no queue ${unknown}`);
      return servedQueues(queues, ids);
    };
    const group = (queues: readonly string[], field: string): number => {
      const serves = places(queues, field);
      const all = [...now.groups.map((each) => each.queues), ...newGroups];
      const known = all.findIndex((each) => each.join() === serves.join());
      return known >= 0 ? known : now.groups.length + newGroups.push(serves) - 1;
    };
    const giving = (queues: readonly string[], field: string): number => {
      const serves = queues.length === 0 ? [] : places(queues, field);
      return largest(now.groups, left, serves);
    };
    const take = (place: number, count: number, field: string): void => {
      const there = left[place] ?? 0;
      if (there < count) refuse(field, `${there} are there`);
      left[place] = there - count;
    };
    if (!receiver) {
      if (step.do !== 'move' || step.from !== now.branch) return [];
      const place = giving(step.fromQueues, 'fromQueues');
      take(place, step.count, 'count');
      return [{ at, group: place, change: -step.count }];
    }
    switch (step.do) {
      case 'open': {
        const counter = profile.counters.find(({ id }) => id === step.counter);
        if (counter === undefined) return refuse('counter', 'there is no such counter');
        if (placeOf(now.groups, step.counter) >= 0) return refuse('counter', 'it is open');
        return [{ at, group: group(known(counter.queues, now), 'counter'), change: 1 }];
      }
      case 'close': {
        const place = placeOf(now.groups, step.counter);
        if (place < 0) return refuse('counter', 'it is not open');
        take(place, 1, 'counter');
        return [{ at, group: place, change: -1 }];
      }
      case 'break': {
        const place = placeOf(now.groups, step.server);
        if (place < 0) return refuse('server', 'nobody of this name is at work');
        take(place, 1, 'server');
        const back = at + step.minutes * MINUTE_SECONDS;
        return [
          { at, group: place, change: -1 },
          { at: back, group: place, change: 1 },
        ];
      }
      case 'add':
        return [{ at, group: group(step.queues, 'queues'), change: step.count }];
      case 'remove': {
        const place = giving(step.queues, 'queues');
        take(place, step.count, 'count');
        return [{ at, group: place, change: -step.count }];
      }
      case 'move': {
        if (step.from === now.branch) return refuse('from', 'is the branch itself');
        const arrives = at + step.travelMinutes * MINUTE_SECONDS;
        return [{ at: arrives, group: group(step.queues, 'queues'), change: step.count }];
      }
      default:
        return step satisfies never;
    }
  });
  return { changes, newGroups };
}

const known = (queues: readonly string[], now: HallNow): string[] =>
  queues.filter((queue) => now.queues.some(({ id }) => id === queue));

const placeOf = (groups: readonly GroupNow[], server: string): number =>
  groups.findIndex(({ servers }) => servers.includes(server));

/** The group with most people left of those that serve all these queues; −1 when there is none. */
function largest(groups: readonly GroupNow[], left: readonly number[], queues: readonly number[]): number {
  let best = -1;
  groups.forEach(({ queues: serves }, place) => {
    if (!queues.every((queue) => serves.includes(queue))) return;
    if (best < 0 || (left[place] ?? 0) > (left[best] ?? 0)) best = place;
  });
  return best;
}
