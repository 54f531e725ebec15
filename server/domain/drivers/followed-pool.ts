/** Pools followed through a day, once for every set of drivers, and what can be read off their courses together. */
import type { DriverFacts } from '#shared/drivers.ts';
import { INTERVAL_MS } from '../metrics/interval.ts';
import { workIn } from './hall-record.ts';
import type { PoolDay } from './pool-inputs.ts';
import { ALL_DRIVERS, modelPool, NO_DRIVER, type PoolModel } from './pool-model.ts';
import type { QueueCurves } from './queue-curves.ts';

export interface FollowedPool {
  day: PoolDay;
  model: PoolModel;
  /** By set of drivers. */
  courses: readonly QueueCurves[];
}

/** Queues that differ by less than a person are alike. */
const ALIKE = 1;
/** So little of a person is nobody. */
const NOBODY = 1e-6;

/** Follows a pool; `null` when nobody knows how long handling takes there. */
export function followPool(day: PoolDay): FollowedPool | null {
  const model = modelPool(day, INTERVAL_MS / 1_000);
  if (model === null) return null;
  return { day, model, courses: Array.from({ length: ALL_DRIVERS + 1 }, (_, set) => model.course(set)) };
}

/** What the wait of those who leave these queues in the slots `from` ≤ slot < `to` would be with this set of drivers, seconds. */
export function modelledWait(pools: readonly FollowedPool[], set: number, from: number, to: number): number {
  let people = 0;
  let waitedSeconds = 0;
  let longest = 0;
  for (const { courses } of pools) {
    const leaving = courses[set]?.leaving(from, to);
    people += leaving?.people ?? 0;
    waitedSeconds += leaving?.waitedSeconds ?? 0;
    longest = Math.max(longest, courses[set]?.headWait(to - 1) ?? 0);
  }
  return people > NOBODY ? Math.max(0, waitedSeconds / people) : longest;
}

/** The slot, `from` or before it, since which the queue differs from a usual one. */
export function differsSince(pools: readonly FollowedPool[], from: number): number {
  const starts = pools.map(({ courses }) => {
    const difference = (slot: number): number =>
      (courses[ALL_DRIVERS]?.waitingAfter(slot) ?? 0) - (courses[NO_DRIVER]?.waitingAfter(slot) ?? 0);
    let since = from;
    while (since > 0 && Math.abs(difference(since - 1)) >= ALIKE) since -= 1;
    return since;
  });
  return Math.min(from, ...starts);
}

/** What the drivers were, and usually are, in the slots `from` ≤ slot < `to`. */
export function driverFacts(pools: readonly FollowedPool[], from: number, to: number): DriverFacts {
  const facts: DriverFacts = {
    arrivals: { actual: 0, expected: 0 },
    handling: { actual: 0, expected: 0 },
    counters: { actual: 0, expected: 0, against: 'usual' },
    handled: 0,
  };
  for (const { day, model } of pools) {
    const actual = workIn(day.today, day.queues, from, to);
    facts.arrivals.actual += actual.arrivals;
    facts.arrivals.expected += workIn(day.usual, day.queues, from, to).arrivals;
    facts.handled += actual.handled;
    facts.handling.actual += actual.workSeconds;
    for (let slot = from; slot < to; slot++) {
      day.queues.forEach((queue, i) => {
        const handled = day.today[slot]?.queues[queue]?.handled ?? 0;
        facts.handling.expected += handled * (model.usualHandling[i]?.[slot] ?? 0);
      });
      if (day.planned[slot] != null) facts.counters.against = 'plan';
      facts.counters.actual += (day.today[slot]?.servers[day.pool] ?? 0) / (to - from);
      facts.counters.expected += (model.expectedServers[slot] ?? 0) / (to - from);
    }
  }
  facts.handling.actual /= Math.max(1, facts.handled);
  facts.handling.expected /= Math.max(1, facts.handled);
  return facts;
}
