/** What screens say about the wait of a newcomer (rule WT5). */

/** Why nobody can say how long a wait will be. */
export type NoExpectedWait =
  /** No server of the queue is at work, and none is planned. */
  | 'nobodyServes'
  /** The source of the queue missed its own expected interval (rule LV3). */
  | 'sourceSilent'
  /** A level feed repeats itself, or its numbers cannot all be right. */
  | 'sourceFrozen'
  /** Hardly a service of this branch has ended yet. */
  | 'tooLittleKnown'
  /** A level feed that does not say how many counters are open or how long a service takes. */
  | 'noServiceTimes';

/** How long somebody waits who joins a queue now, and how well such estimates did. */
export interface WaitRow {
  /** The queue. */
  id: string;
  /**
   * Of those who come now half wait no longer than P50 and four in five no longer than P80; four in five wait between
   * P10 and P90. Rounded up and calm; `null` when nobody can say, and then `none` says why.
   */
  p10Seconds: number | null;
  p50Seconds: number | null;
  p80Seconds: number | null;
  p90Seconds: number | null;
  none: NoExpectedWait | null;
  /** The estimates' own record in this queue: waits it rests on (older ones fade), ratio of those that ended between P10
   * and P90 (0.8 is promised), and actual over estimated waits (1 is unbiased). Ratios rounded to 0.01. */
  judged: number;
  covered: number | null;
  bias: number | null;
}

/** Somebody who waits, in the order of service of their queue. */
export interface WaitingRow {
  ticket: string | null;
  /** Start of the wait, epoch ms. */
  queuedAt: number;
  /** Higher is served first; 0 for most. */
  priority: number;
  /** True for one who was called and did not come: they may come back. */
  missed: boolean;
  /** How much longer: half of such customers wait no longer than P50, four in five no longer than P80; `null` when nobody can say. */
  p50Seconds: number | null;
  p80Seconds: number | null;
  none: NoExpectedWait | null;
}

/** `GET /branches/:id/waiting`: as of `at`, epoch ms, after so many facts. */
export interface WaitingAnswer {
  at: number;
  version: number;
  waiting: WaitingRow[];
}
