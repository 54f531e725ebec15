/** A queue of a simulated hall. */
export interface HallQueue {
  id: string;
  /** The letter on its tickets. */
  letter: string;
  /** Tickets taken in each slot of the day. */
  arrivals: readonly number[];
  /** Mean time of a service at the counter, seconds. */
  serviceSeconds: number;
}

/** Counters that serve the same queues. */
export interface CounterGroup {
  /** Ids of its counters; the first ones open first. */
  counters: readonly string[];
  /** How many of them are open in each slot of the day. */
  open: readonly number[];
  /** Queues served first, in the order of arrival. */
  queues: readonly string[];
  /** Queues served while nobody waits in its own. */
  helps: readonly string[];
}

/** One hall on one day. */
export interface HallSpec {
  /** Begins every id of the day, so that days do not mix; short and printable. */
  day: string;
  /** Opening and closing, epoch milliseconds; slots divide the time between them. */
  opensAt: number;
  closesAt: number;
  slotMs: number;
  /** The letter agents' codes begin with. */
  agentLetter: string;
  queues: readonly HallQueue[];
  groups: readonly CounterGroup[];
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
