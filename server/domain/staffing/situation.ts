/** Where people and queues stand now, as the optimiser sees it. Times are minutes from now, rates per minute. */
import type { StepFunction } from '../queueing/step-function.ts';

/** By pool of the network. */
export interface PoolNow {
  waiting: number;
  /** Customers in service. */
  busy: number;
  arrivalRate: StepFunction;
  /** Variance of the forecast's rate as a share of its mean squared: how unsure today's arrivals are. */
  rateVariance: number;
  serviceMinutes: number;
  /** Coefficient of variation of service times. */
  serviceVariation: number;
  /** Mean patience; Infinity where nobody leaves. */
  patienceMinutes: number;
  targetMinutes: number;
}

/**
 * What somebody does. Whoever is on a break or on the way has the place they come (back) to; whoever is `away` and comes
 * later, as by a shift that begins, has the pool and the time, but no branch.
 */
export type Duty = 'counter' | 'break' | 'moving' | 'spare' | 'backOffice' | 'away';

export interface BreakAhead {
  from: number;
  minutes: number;
  lunch: boolean;
  movableMinutes: number;
}

/** By agent of the network. */
export interface PersonNow {
  duty: Duty;
  /** Where they are or are going; −1 for nobody at work. */
  branch: number;
  /** The pool they serve or will serve; −1 for none. */
  pool: number;
  /** When the break or the journey is over, or the shift begins; 0 for others. */
  backIn: number;
  breaks: readonly BreakAhead[];
  shiftEndsIn: number;
  movesToday: number;
  /** Since the last move ended; Infinity for none today. */
  restedMinutes: number;
  /** Came from the back office and goes back there. */
  recalled: boolean;
}

/** A change of place that was carried out. */
export interface PastMove {
  /** −1 for the back office. */
  from: number;
  to: number;
  minutesAgo: number;
}

export interface Situation {
  /** Minutes after the hall's midnight. */
  minute: number;
  pools: readonly PoolNow[];
  people: readonly PersonNow[];
  /** At least those within the time in which none may be taken back. */
  pastMoves: readonly PastMove[];
}

/** Until lunch or the end of the shift, whichever is first. */
export function freeMinutes({ breaks, shiftEndsIn }: PersonNow): number {
  return breaks.reduce((least, { from, lunch }) => (lunch ? Math.min(least, from) : least), shiftEndsIn);
}
