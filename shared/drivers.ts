/** Why a queue is slow, as it crosses the wire (rule GD7): what each driver adds to its average wait. */

/** What makes a queue slow: 客流, 业务办理, 台席开放. */
export const DRIVERS = ['arrivals', 'handling', 'counters'] as const;
export type Driver = (typeof DRIVERS)[number];

/**
 * `busyAndSlow` asks for people; `slowNotBusy` asks for another cure, which its first cause names; `unknown`: too little
 * is known, or the wait is longer than usual for no cause that is.
 */
export type DriverVerdict = 'busyAndSlow' | 'slowNotBusy' | 'busyNotSlow' | 'usual' | 'unknown';

/** What would have to be known for a split. */
export type Lacking = 'history' | 'arrivals' | 'handling' | 'counters' | 'answered';

/** Names of the sentences that a verdict is told in; their numbers are in the facts, their words in docs/kpi.md. */
export const DRIVER_MESSAGES = [
  'busyAndSlow',
  'slowByHandling',
  'slowByCountersAgainstPlan',
  'slowByCountersAgainstUsual',
  'busyNotSlow',
  'usual',
  'slowUnexplained',
  'tooFewAnswered',
  'lacking.history',
  'lacking.arrivals',
  'lacking.handling',
  'lacking.counters',
  'lacking.answered',
] as const;
export type DriverMessage = (typeof DRIVER_MESSAGES)[number];

/** Seconds of the average wait; they add up to measured − usual. `rest`: what the model does not explain. */
export type WaitParts = Record<Driver | 'rest', number>;

/** A number beside what is usual; of counters what was planned, where there is a plan. */
export interface Beside {
  actual: number;
  expected: number;
}

/** What the drivers were over the time that made the wait, at all counters that a queue shares with others. */
export interface DriverFacts {
  /** People. */
  arrivals: Beside;
  /** Seconds a service, expected for the same kinds of business. */
  handling: Beside;
  /** Open on average. */
  counters: Beside & { against: 'plan' | 'usual' };
  /** Services the handling time is of. */
  handled: number;
}

/** The average wait of those answered in a quarter-hour or, where `whole`, in all of them that were asked for. */
export interface DriverReportRow {
  branch: string;
  /** Id of the queue; `null` over all of the branch. */
  queue: string | null;
  /** Epoch ms, `to` exclusive. */
  from: number;
  to: number;
  /** `from` by the clock of the hall, with its offset. */
  local: string;
  /** The hall's day, YYYY-MM-DD. */
  day: string;
  whole: boolean;
  answered: number;
  /** Average wait, and the usual one of a day like this, seconds; `null` when nobody was answered. */
  measuredSeconds: number | null;
  usualSeconds: number | null;
  /** Days behind what is usual, and how many of them of the same weekday. */
  days: number;
  sameWeekday: number;
  /** `null` when something is lacking; the message says what. */
  parts: WaitParts | null;
  verdict: DriverVerdict;
  /** What made the wait longer, the largest first. */
  causes: Driver[];
  message: DriverMessage;
  /** Since when the queue differs from a usual one, epoch ms, and what the drivers were since then. */
  since: number | null;
  facts: DriverFacts | null;
}

/** What can be said when all rows are made. */
export interface DriverReportFoot {
  /** Branches of which history holds nothing of this time. */
  leftOut: string[];
}
