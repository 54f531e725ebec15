/** What a suggestion promises (rule GD2): both halls simulated with and without it, as ranges. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import { withBreakAt } from './break-shifts.ts';
import { shifted } from './marginal-tables.ts';
import type { Move } from './moves.ts';
import { outlookOf, type Range } from './pool-twin.ts';
import type { BreakAhead, PoolNow } from './situation.ts';

/** Arrivals over which the effect is promised and measured: an hour from when the person serves. */
const PROMISED_MINUTES = 60;

/** Mean waits of those who arrive in the promised hour, minutes, with the move and without. */
export interface SidePromise {
  without: Range;
  with: Range;
}

export interface MovePromise {
  /** Minutes from now. */
  from: number;
  to: number;
  receiver: SidePromise | null;
  giver: SidePromise | null;
  /** Net of loss and cost, customer-minutes over the horizon. */
  saved: Range;
  /** P(the move saves more than it costs), 0–1. */
  helps: number;
}

/** The two places of a move, each with its committed staff and the staff it would have. */
export function staffChanges(
  staff: readonly StepFunction[],
  { lever, from, to, minutes, breakShift }: Move,
  one: BreakAhead | null,
): { receiver: [StepFunction, StepFunction] | null; giver: [StepFunction, StepFunction] | null } {
  const before = (place: number): StepFunction => staff[place] ?? [[0, 0]];
  if (lever === 'shiftBreak') {
    const course = before(to);
    const changed = one === null || breakShift === null ? course : withBreakAt(course, one, breakShift.from);
    return { receiver: [course, changed], giver: null };
  }
  return {
    receiver: to < 0 ? null : [before(to), shifted(before(to), minutes, 1)],
    giver: from < 0 ? null : [before(from), shifted(before(from), 0, -1)],
  };
}

/** `staff` holds what is committed, moves already accepted included; `one` is the break that a move of a break is about. */
export function promiseMove(
  pools: readonly PoolNow[],
  staff: readonly StepFunction[],
  move: Move,
  policy: StaffingPolicy,
  rng: () => number,
  one: BreakAhead | null = null,
): MovePromise {
  const window = { from: move.minutes, to: move.minutes + PROMISED_MINUTES };
  const changes = staffChanges(staff, move, one);
  const look = (place: number, courses: [StepFunction, StepFunction] | null) => {
    const pool = pools[place];
    return pool === undefined || courses === null
      ? null
      : outlookOf(pool, courses[0], courses[1], window, policy, rng);
  };
  const receiver = look(move.to, changes.receiver);
  const giver = look(move.from, changes.giver);
  const fixed = (move.to < 0 ? move.gain : 0) - move.cost;
  const rows = receiver?.saved.length ?? giver?.saved.length ?? 0;
  const net = Float64Array.from(
    { length: rows },
    (_, i) => (receiver?.saved[i] ?? 0) + (giver?.saved[i] ?? 0) + fixed,
  ).sort();
  const share = (part: number): number => net[Math.round(part * (rows - 1))] ?? 0;
  return {
    ...window,
    receiver: sideOf(receiver),
    giver: sideOf(giver),
    saved: { low: share(0.1), middle: share(0.5), high: share(0.9) },
    helps: rows === 0 ? 0 : net.filter((saved) => saved > 0).length / rows,
  };
}

const sideOf = (found: { standing: Range | null; changed: Range | null } | null): SidePromise | null =>
  found?.standing && found.changed ? { without: found.standing, with: found.changed } : null;

/** Committed staff once the move is accepted. */
export function withMove(staff: readonly StepFunction[], { from, to, minutes }: Move): StepFunction[] {
  return staff.map((course, pool) => {
    if (pool === to) return shifted(course, minutes, 1);
    return pool === from ? shifted(course, 0, -1) : course;
  });
}
