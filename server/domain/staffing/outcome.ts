/** What a move brought (rule GD6): the promise beside what happened, and beside what would have happened without it. */
import type { Range } from './look-ahead.ts';
import type { SidePromise } from './promise.ts';

export interface Measured {
  /** Of those who arrived in the promised hour; null when nobody did. */
  meanWaitMinutes: number | null;
  customers: number;
}

export interface MoveOutcome {
  promised: Range;
  measured: Measured;
  /** The twin of the same hour without the move, told what really came. */
  noChange: Range;
  /** Null when nobody came. */
  verdict: 'asPromised' | 'better' | 'worse' | null;
  /** Customer-minutes against the middle and the ends of `noChange`; below 0 the move did harm. */
  saved: Range | null;
}

/** Waits this near to an end of the range, minutes (three seconds), are inside it: nobody promises seconds. */
const TOLERANCE = 0.05;

export function compareOutcome(promise: SidePromise, measured: Measured, noChange: Range): MoveOutcome {
  const { meanWaitMinutes: wait, customers } = measured;
  const promised = promise.with;
  if (wait === null) return { promised, measured, noChange, verdict: null, saved: null };
  const saved = (without: number): number => (without - wait) * customers;
  return {
    promised,
    measured,
    noChange,
    verdict: verdictOn(wait, promised),
    saved: { low: saved(noChange.low), middle: saved(noChange.middle), high: saved(noChange.high) },
  };
}

function verdictOn(wait: number, { low, high }: Range): 'asPromised' | 'better' | 'worse' {
  if (wait > high + TOLERANCE) return 'worse';
  return wait < low - TOLERANCE ? 'better' : 'asPromised';
}
