/** The estimated wait as a console shows it: rounded up, in steps one can read, and calm from one look to the next. */
import type { WaitEstimate } from './estimate.ts';

/** P10, P50, P80 and P90 of a newcomer's wait, whole seconds. */
export interface ConsoleWait {
  p10Seconds: number;
  p50Seconds: number;
  p80Seconds: number;
  p90Seconds: number;
}

/** By how many seconds waits are counted, up to so many. */
const STEPS = [
  { upTo: 60, step: 5 },
  { upTo: 600, step: 10 },
  { upTo: Infinity, step: 60 },
] as const;
/** A wait that is shown comes down by at most this ratio a refresh, or one step where a step is more. */
const LARGEST_DROP = 0.2;
/** And only when it is this many steps too long: what wavers between two steps stays. */
const FEWEST_STEPS_DOWN = 2;

/** What to show after `before`; longer waits are shown at once. That somebody is free is a fact, and shown at once too. */
export function nextConsoleWait(
  before: ConsoleWait | null,
  { p10, p50, p80, p90 }: WaitEstimate,
): ConsoleWait {
  if (p90 === 0) return { p10Seconds: 0, p50Seconds: 0, p80Seconds: 0, p90Seconds: 0 };
  const p10Seconds = calm(before?.p10Seconds ?? 0, p10);
  const p50Seconds = Math.max(p10Seconds, calm(before?.p50Seconds ?? 0, p50));
  const p80Seconds = Math.max(p50Seconds, calm(before?.p80Seconds ?? 0, p80));
  return {
    p10Seconds,
    p50Seconds,
    p80Seconds,
    p90Seconds: Math.max(p80Seconds, calm(before?.p90Seconds ?? 0, p90)),
  };
}

function calm(shown: number, seconds: number): number {
  const asked = roundedUp(seconds);
  if (asked >= shown) return asked;
  const step = stepAt(shown);
  if (shown - asked < FEWEST_STEPS_DOWN * step) return shown;
  return Math.max(asked, Math.min(roundedUp(shown * (1 - LARGEST_DROP)), shown - step));
}

const stepAt = (seconds: number): number => STEPS.find(({ upTo }) => seconds <= upTo)?.step ?? 1;

function roundedUp(seconds: number): number {
  const step = stepAt(seconds);
  return Math.ceil(seconds / step) * step;
}
