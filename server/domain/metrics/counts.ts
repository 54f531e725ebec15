/** Countable things of a window, kept as sums so that windows, queues and branches add up (rule SL4). */
import type { Outcome } from '../branch/outcome.ts';

/** Sums of one window. Seconds are seconds; `waitSeconds` is of those answered. */
export interface Counts {
  offered: number;
  answered: number;
  /** Answered and abandoned within the service-level threshold. */
  answeredWithin: number;
  abandonedWithin: number;
  abandoned: number;
  /** Abandons not longer than the short-abandon limit (rule AB1). */
  shortAbandoned: number;
  rerouted: number;
  missed: number;
  waitSeconds: number;
  /** Longest wait that ended, those who abandoned included (rule WT2). */
  waitSecondsMax: number;
  abandonWaitSeconds: number;
  handled: number;
  serviceSeconds: number;
  holdSeconds: number;
  wrapUpSeconds: number;
  rated: number;
  ratingSum: number;
}

/** Limits by which waits are told apart; inclusive, seconds. */
export interface WaitLimits {
  thresholdSeconds: number;
  shortAbandonSeconds: number;
}

export const noCounts = (): Counts => ({
  offered: 0,
  answered: 0,
  answeredWithin: 0,
  abandonedWithin: 0,
  abandoned: 0,
  shortAbandoned: 0,
  rerouted: 0,
  missed: 0,
  waitSeconds: 0,
  waitSecondsMax: 0,
  abandonWaitSeconds: 0,
  handled: 0,
  serviceSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
  rated: 0,
  ratingSum: 0,
});

/** Adds `more` to `sum`; maxima stay maxima. */
export function addCounts(sum: Counts, more: Counts): void {
  sum.offered += more.offered;
  sum.answered += more.answered;
  sum.answeredWithin += more.answeredWithin;
  sum.abandonedWithin += more.abandonedWithin;
  sum.abandoned += more.abandoned;
  sum.shortAbandoned += more.shortAbandoned;
  sum.rerouted += more.rerouted;
  sum.missed += more.missed;
  sum.waitSeconds += more.waitSeconds;
  sum.waitSecondsMax = Math.max(sum.waitSecondsMax, more.waitSecondsMax);
  sum.abandonWaitSeconds += more.abandonWaitSeconds;
  sum.handled += more.handled;
  sum.serviceSeconds += more.serviceSeconds;
  sum.holdSeconds += more.holdSeconds;
  sum.wrapUpSeconds += more.wrapUpSeconds;
  sum.rated += more.rated;
  sum.ratingSum += more.ratingSum;
}

/** An outcome that belongs to a queue. */
export type QueueOutcome = Exclude<Outcome, { kind: 'agentSpent' | 'counterSpent' }>;

/** Counts one outcome (rules SL1, WT2, WT3, AB1, HT1). */
export function countOutcome(counts: Counts, outcome: QueueOutcome, limits: WaitLimits): void {
  switch (outcome.kind) {
    case 'offered':
      counts.offered += 1;
      return;
    case 'answered':
      counts.answered += 1;
      if (outcome.waitSeconds <= limits.thresholdSeconds) counts.answeredWithin += 1;
      counts.waitSeconds += outcome.waitSeconds;
      counts.waitSecondsMax = Math.max(counts.waitSecondsMax, outcome.waitSeconds);
      return;
    case 'abandoned':
      counts.abandoned += 1;
      if (outcome.waitSeconds <= limits.thresholdSeconds) counts.abandonedWithin += 1;
      if (outcome.waitSeconds <= limits.shortAbandonSeconds) counts.shortAbandoned += 1;
      counts.abandonWaitSeconds += outcome.waitSeconds;
      counts.waitSecondsMax = Math.max(counts.waitSecondsMax, outcome.waitSeconds);
      return;
    case 'rerouted':
      counts.rerouted += 1;
      return;
    case 'missed':
      counts.missed += 1;
      return;
    case 'handled':
      counts.handled += 1;
      counts.serviceSeconds += outcome.serviceSeconds;
      counts.holdSeconds += outcome.holdSeconds;
      return;
    case 'wrappedUp':
      counts.wrapUpSeconds += outcome.wrapUpSeconds;
      return;
    case 'rated':
      counts.rated += 1;
      counts.ratingSum += outcome.score;
      return;
    default:
      outcome satisfies never;
  }
}
