/** What a suggestion promises (rule GD2): both halls simulated with and without it, as ranges. */
import type { StepFunction } from '../queueing/step-function.ts';
import { withBreakAt } from './break-shifts.ts';
import { shifted } from './marginal-tables.ts';
import type { Move } from './moves.ts';
import type { LookAhead, Outlook, PlaceChange, Range } from './look-ahead.ts';
import type { BreakAhead } from './situation.ts';

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
export function placeChanges(
  staff: readonly StepFunction[],
  { lever, from, to, minutes, breakShift }: Move,
  one: BreakAhead | null,
): { receiver: PlaceChange | null; giver: PlaceChange | null } {
  const change = (pool: number, changed: (standing: StepFunction) => StepFunction): PlaceChange => {
    const standing = staff[pool] ?? [[0, 0]];
    return { pool, standing, changed: changed(standing) };
  };
  if (lever === 'shiftBreak') {
    const begin = one === null || breakShift === null ? null : breakShift.from;
    const moved = (course: StepFunction): StepFunction =>
      one === null || begin === null ? course : withBreakAt(course, one, begin);
    return { receiver: change(to, moved), giver: null };
  }
  return {
    receiver: to < 0 ? null : change(to, (course) => shifted(course, minutes, 1)),
    giver: from < 0 ? null : change(from, (course) => shifted(course, 0, -1)),
  };
}

/** `staff` holds what is committed, moves already accepted included; `one` is the break that a move of a break is about. */
export function promiseMove(
  look: LookAhead,
  staff: readonly StepFunction[],
  move: Move,
  rng: () => number,
  one: BreakAhead | null = null,
): MovePromise {
  const window = { from: move.minutes, to: move.minutes + PROMISED_MINUTES };
  const changes = placeChanges(staff, move, one);
  const [receiver, giver] = [changes.receiver, changes.giver].map((change) =>
    change === null ? undefined : look(change, [window], rng),
  );
  const fixed = (move.to < 0 ? move.gain : 0) - move.cost;
  const rows = receiver?.saved.length ?? giver?.saved.length ?? 0;
  const net = Float64Array.from(
    { length: rows },
    (_, i) => (receiver?.saved[i] ?? 0) + (giver?.saved[i] ?? 0) + fixed,
  ).sort();
  const share = (part: number): number => net[Math.round(part * (rows - 1))] ?? 0;
  return {
    ...window,
    receiver: sideOf(receiver?.spans[0]),
    giver: sideOf(giver?.spans[0]),
    saved: { low: share(0.1), middle: share(0.5), high: share(0.9) },
    helps: rows === 0 ? 0 : net.filter((saved) => saved > 0).length / rows,
  };
}

const sideOf = (found: Outlook['spans'][number] | undefined): SidePromise | null =>
  found?.standing && found.changed ? { without: found.standing, with: found.changed } : null;

/** Committed staff once the move is accepted; `one` as in {@link promiseMove}. */
export function withMove(
  staff: readonly StepFunction[],
  move: Move,
  one: BreakAhead | null = null,
): StepFunction[] {
  const after = [...staff];
  for (const change of Object.values(placeChanges(staff, move, one)))
    if (change !== null) after[change.pool] = change.changed;
  return after;
}
