/** The lever that costs nobody a journey: a break that begins earlier or later. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import { poolBurden, shifted } from './marginal-tables.ts';
import type { Move } from './moves.ts';
import type { BreakAhead, PersonNow, PoolNow } from './situation.ts';

/** Breaks that begin later than this are left for a later plan, minutes. */
const LOOK_AHEAD = 45;
/** Nobody is sent on a break from one moment to the next, minutes. */
const SOONEST = 1;

/** The best one for a pool; null where none brings the least gain. `people` serve the pool. */
export function bestBreakShift(
  pool: PoolNow,
  place: number,
  staff: StepFunction,
  burden: number,
  people: readonly (readonly [number, PersonNow])[],
  policy: StaffingPolicy,
): Move | null {
  if (burden < policy.leastGain) return null;
  let best: Move | null = null;
  let most = policy.leastGain + policy.moveCost;
  for (const [person, { duty, breaks, shiftEndsIn }] of people) {
    if (duty !== 'counter') continue;
    breaks.forEach((one, i) => {
      const before = breaks[i - 1];
      const free = before === undefined ? SOONEST : before.from + before.minutes;
      for (const from of newTimes(one, free, Math.min(shiftEndsIn, breaks[i + 1]?.from ?? Infinity))) {
        const gain = burden - poolBurden(pool, withBreakAt(staff, one, from), policy);
        if (gain < most) continue;
        most = gain;
        best = {
          lever: 'shiftBreak',
          person,
          from: place,
          to: place,
          minutes: 0,
          gain,
          loss: 0,
          cost: policy.moveCost,
          breakShift: { place: i, from },
        };
      }
    });
  }
  return best;
}

/** Beginnings that are tried: as late and as early as the break allows, between the one before and what comes `next`. */
function newTimes({ from, minutes, movableMinutes }: BreakAhead, free: number, next: number): number[] {
  if (movableMinutes <= 0 || from <= 0 || from > LOOK_AHEAD) return [];
  const early = Math.max(free, from - movableMinutes);
  return [from + movableMinutes, early].filter((begins) => begins >= free && begins + minutes <= next);
}

/** The pool's servers when a break that is part of them begins at another time. */
export function withBreakAt(staff: StepFunction, one: BreakAhead, from: number): StepFunction {
  const during = (course: StepFunction, begins: number, change: number): StepFunction =>
    shifted(shifted(course, begins, change), begins + one.minutes, -change);
  return during(during(staff, one.from, 1), from, -1);
}
