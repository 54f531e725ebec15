/** The next hour of a hall by quarter-hours: counters its promise needs, beside those expected to be open. */
import type { StaffStep } from '#shared/outlooks.ts';
import { sum } from '../domain/forecast/grid.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import type { HallNow } from '../domain/prediction/hall-now.ts';
import { mostMatched } from '../domain/queueing/matching.ts';
import { type StepFunction, valueAt } from '../domain/queueing/step-function.ts';
import type { KnownHall } from './known-hall.ts';
import { type GroupNeed, needsIn } from './requirement-rows.ts';

const STEPS = 4;

/** `staff` is who will be there, by seconds from now, group by group. The quarter-hour that runs comes first. */
export function staffSteps(known: KnownHall, now: HallNow, staff: readonly StepFunction[]): StaffStep[] {
  const first = Math.floor((now.at - known.dayStart) / INTERVAL_MS);
  return Array.from({ length: STEPS }, (_, i) => {
    const from = known.dayStart + (first + i) * INTERVAL_MS;
    const seconds = Math.max(0, (from - now.at) / 1_000);
    const there = staff.map((group) => Math.round(valueAt(group, seconds)));
    const needs = needsIn(known, now, first + i);
    return {
      from,
      needed: sum(needs.map(({ counters }) => counters)),
      expected: sum(there),
      missing: missing(needs, now, there),
    };
  });
}

/** Of the counters that the groups of queues need, those that nobody who is there may serve. */
function missing(needs: readonly GroupNeed[], { queues, groups }: HallNow, there: readonly number[]): number {
  const needOf = queues.map(({ id }) => needs.findIndex((need) => need.queues.includes(id)));
  const servers = groups.flatMap((group, i) => {
    const serves = [...new Set(group.queues.map((queue) => needOf[queue] ?? -1))];
    return Array.from({ length: there[i] ?? 0 }, () => serves);
  });
  const wanted = needs.flatMap(({ counters }, need) => Array.from({ length: counters }, () => need));
  return wanted.length - mostMatched(servers, wanted);
}
