/** One visit of a contact to a queue, as it is kept in history when nothing more can change it. */

/**
 * How a visit ended. `lost`: it neither came to service nor left, as far as its source told (rule DQ1). A service whose
 * end was never told is answered, without an end.
 */
export type VisitResult = 'answered' | 'abandoned' | 'rerouted' | 'lost';

/** Times are epoch ms, corrected for the source's clock; `null` is not known or did not happen. */
export interface Visit {
  contact: string;
  source: string;
  /** `null` when it never became known. */
  queue: string | null;
  ticket: string | null;
  channel: 'hall' | 'remote';
  priority: number;
  /**
   * When it counts in the sums of its queue: the end of the wait of those answered, the leaving of those who abandoned
   * or were sent on, the last word of those lost.
   */
  at: number;
  /** First arrival of all visits of this contact, for the total wait (rule WT4). */
  arrivedAt: number | null;
  queuedAt: number | null;
  calledAt: number | null;
  startedAt: number | null;
  endedAt: number | null;
  abandonedAt: number | null;
  result: VisitResult;
  /** Of those answered and abandoned, by rule WT1. */
  waitSeconds: number | null;
  /** The same with the waits of the contact's earlier visits (rule WT4). */
  totalWaitSeconds: number | null;
  serviceSeconds: number | null;
  holdSeconds: number | null;
  agent: string | null;
  counter: string | null;
}
