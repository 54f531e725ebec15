/**
 * Values over time, as steps that hold until the next one. Facts come late and swapped (rule DQ1), so what somebody did
 * is not a state that is overwritten but a function of time, read anew from the facts around a change. What was counted
 * of it already is corrected: a spell that runs backwards takes time away again.
 */

/** Facts told this long after they happened are still put in their place, ms. */
export const TOLERATED_MS = 2 * 60_000;

/** From `at` on, until the next step. */
export interface Step<Value> {
  at: number;
  is: Value;
}
/** In order of time; of steps at the same instant the last one counts. */
export type Steps<Value> = Step<Value>[];

/** The step that holds at an instant; `undefined` before the first. */
export function stepAt<Value>(steps: readonly Step<Value>[], at: number): Step<Value> | undefined {
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step !== undefined && step.at <= at) return step;
  }
  return undefined;
}

/** Puts a step in its place, after those of the same instant. */
export function insertStep<Value>(steps: Steps<Value>, step: Step<Value>): void {
  let i = steps.length;
  while (i > 0 && (steps[i - 1]?.at ?? 0) > step.at) i--;
  steps.splice(i, 0, step);
}

/** Adds the instants of the steps after `from`. */
export function addSteps(steps: readonly Step<unknown>[], from: number, changes: number[]): void {
  for (let i = steps.length - 1; i >= 0; i--) {
    const at = steps[i]?.at ?? from;
    if (at <= from) return;
    changes.push(at);
  }
}

/** Drops the steps that were over before `at`. */
export function dropStepsBefore(steps: Steps<unknown>, at: number): void {
  let over = 0;
  while (over + 1 < steps.length && (steps[over + 1]?.at ?? Infinity) < at) over++;
  steps.splice(0, over);
}

/** What was done when. */
export interface Track<Value> {
  steps: Steps<Value>;
  /** Up to where it was counted, epoch ms. */
  countedUntil: number;
  /** Facts from before this are gone, so nothing before it is changed any more, epoch ms. */
  revisableFrom: number;
}

/** A track that begins like this. */
export const newTrack = <Value>(is: Value, at: number): Track<Value> => ({
  steps: [{ at, is }],
  countedUntil: at,
  revisableFrom: -Infinity,
});

/** The past is forgotten in lots of this, ms: each time would be too often. */
const FORGET_EVERY_MS = 30_000;

/**
 * Forgets the past of a track, and says from when on facts must be kept: for the tolerated lateness, and what still
 * goes on from its beginning, because its end may be found to be long past. `null` when there is nothing new to forget.
 */
export function forgetPast(track: Track<unknown>, now: number): number | null {
  const from = Math.min(now - TOLERATED_MS, track.steps.at(-1)?.at ?? now);
  if (from < track.revisableFrom + FORGET_EVERY_MS) return null;
  track.revisableFrom = from;
  dropStepsBefore(track.steps, from);
  return from;
}

/** Told of each stretch to count; one that runs backwards (`to` < `from`) is taken away again. */
export type Count<Value> = (is: Value, from: number, to: number) => void;

/** True when two values are the same for whoever counts them. */
type Same<Value> = (a: Value, b: Value) => boolean;

/**
 * Takes over what is now known from `from` on (`news`, whose first step is at `from`), corrects what was counted
 * otherwise, and counts what is over.
 */
export function revise<Value>(
  track: Track<Value>,
  from: number,
  news: readonly Step<Value>[],
  same: Same<Value>,
  count: Count<Value>,
): void {
  const { steps, countedUntil } = track;
  const before = from < countedUntil ? [...steps] : null;
  let kept = steps.length;
  while (kept > 0 && (steps[kept - 1]?.at ?? 0) >= from) kept--;
  steps.length = kept;
  for (const step of news) {
    const last = steps.at(-1);
    if (last === undefined || !same(last.is, step.is)) steps.push(step);
  }
  if (before !== null) recount(before, steps, from, countedUntil, same, count);
  countUntil(track, steps.at(-1)?.at ?? from, count);
}

/** Counts what is known up to an instant and was not counted yet. */
export function countUntil<Value>(track: Track<Value>, until: number, count: Count<Value>): void {
  const { steps, countedUntil } = track;
  if (until <= countedUntil) return;
  let i = steps.length - 1;
  while (i > 0 && (steps[i]?.at ?? 0) > countedUntil) i--;
  for (; i < steps.length; i++) {
    const step = steps[i];
    if (step === undefined) continue;
    const from = Math.max(step.at, countedUntil);
    const to = Math.min(steps[i + 1]?.at ?? until, until);
    if (to > from) count(step.is, from, to);
  }
  track.countedUntil = until;
}

function recount<Value>(
  before: readonly Step<Value>[],
  now: readonly Step<Value>[],
  from: number,
  to: number,
  same: Same<Value>,
  count: Count<Value>,
): void {
  const ends = [...before, ...now].map(({ at }) => at).filter((at) => at > from && at < to);
  let start = from;
  for (const end of [...new Set(ends), to].sort((a, b) => a - b)) {
    const was = stepAt(before, start);
    const is = stepAt(now, start);
    if (was === undefined || is === undefined || !same(was.is, is.is)) {
      if (was !== undefined) count(was.is, end, start);
      if (is !== undefined) count(is.is, start, end);
    }
    start = end;
  }
}
