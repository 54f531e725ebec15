/** Countable things of a queue, kept as sums so that windows, queues and branches add up (rule SL4). */

/**
 * Sums by the end of what they count: `offered` by arrival, waits by their end, services by theirs (rule WN1).
 * Seconds are seconds; what is judged by a threshold or a chosen formula was judged by the definition valid then (AS3).
 */
export interface Counts {
  offered: number;
  answered: number;
  /** Answered and abandoned within the service-level threshold. */
  answeredWithin: number;
  abandonedWithin: number;
  abandoned: number;
  /** Abandons not longer than the short-abandon limit (rule AB1). */
  shortAbandoned: number;
  /** Numerator and denominator of the service level by the formula chosen for the queue (rules SL1, SL2). */
  slNumerator: number;
  slDenominator: number;
  rerouted: number;
  missed: number;
  /** Answers whose call and start are known: of these is `answerSeconds`. */
  answerTimes: number;
  handled: number;
  rated: number;
  /** Of those answered. */
  waitSeconds: number;
  /** Longest wait that ended, those who abandoned included (rule WT2). */
  waitSecondsMax: number;
  /** Of those answered: all waits of the contact since its first arrival (rule WT4). */
  totalWaitSeconds: number;
  abandonWaitSeconds: number;
  /** From call to start (rule WT1). */
  answerSeconds: number;
  /** Holds included. */
  serviceSeconds: number;
  holdSeconds: number;
  wrapUpSeconds: number;
  /** Of scores from 0 to 1. */
  ratingSum: number;
}

const noWholes = () => ({
  offered: 0,
  answered: 0,
  answeredWithin: 0,
  abandonedWithin: 0,
  abandoned: 0,
  shortAbandoned: 0,
  slNumerator: 0,
  slDenominator: 0,
  rerouted: 0,
  missed: 0,
  answerTimes: 0,
  handled: 0,
  rated: 0,
});

export const noCounts = (): Counts => ({
  ...noWholes(),
  waitSeconds: 0,
  waitSecondsMax: 0,
  totalWaitSeconds: 0,
  abandonWaitSeconds: 0,
  answerSeconds: 0,
  serviceSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
  ratingSum: 0,
});

/** Names of the sums in {@link Counts}, whole numbers first; `…Max` are maxima. */
export const COUNT_KEYS = Object.keys(noCounts()) as (keyof Counts)[];
/** How many of them are whole numbers. */
export const WHOLE_COUNTS = Object.keys(noWholes()).length;
