/** The next hour of a hall by quarter-hours: counters its promise needs, beside those expected to be open. */
import type { StaffStep } from '#shared/outlooks.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import type { HallNow } from '../domain/prediction/hall-now.ts';
import { type StepFunction, valueAt } from '../domain/queueing/step-function.ts';
import type { KnownHall } from './known-hall.ts';
import { countersIn } from './requirement-rows.ts';

const STEPS = 4;

/** `staff` is who will be there, by seconds from now, group by group. The quarter-hour that runs comes first. */
export function staffSteps(known: KnownHall, now: HallNow, staff: readonly StepFunction[]): StaffStep[] {
  const first = Math.floor((now.at - known.dayStart) / INTERVAL_MS);
  return Array.from({ length: STEPS }, (_, i) => {
    const from = known.dayStart + (first + i) * INTERVAL_MS;
    const seconds = Math.max(0, (from - now.at) / 1_000);
    return {
      from,
      needed: countersIn(known, now, first + i),
      expected: staff.reduce((sum, group) => sum + Math.round(valueAt(group, seconds)), 0),
    };
  });
}
