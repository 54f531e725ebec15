/** What is kept of each quarter-hour: sums that add up over time, queues and branches (rules SL4, WN1). */
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import { type Counts, noCounts } from './counts.ts';

export { QUARTER_MS as INTERVAL_MS, quarterStart as intervalStart } from '../branch/quarter-hour.ts';

/**
 * Upper limits of the wait histogram, seconds, inclusive; one more bucket holds what is longer. Fixed, so that
 * histograms of any queues and times add up bucket by bucket.
 */
export const WAIT_LIMITS_SECONDS = [
  5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1_200, 1_800, 2_700, 3_600,
] as const;
export const WAIT_BUCKETS = WAIT_LIMITS_SECONDS.length + 1;

/** Index of the bucket a wait falls into. */
export function waitBucket(waitSeconds: number): number {
  const index = WAIT_LIMITS_SECONDS.findIndex((limit) => waitSeconds <= limit);
  return index < 0 ? WAIT_LIMITS_SECONDS.length : index;
}

/** The fate of those who arrived in the interval, whenever their wait ended (rule WN1 keeps both series). */
export interface ArrivalCounts {
  arrivedAnswered: number;
  arrivedAnsweredWithin: number;
  arrivedAbandoned: number;
  arrivedAbandonedWithin: number;
  arrivedShortAbandoned: number;
  arrivedSlNumerator: number;
  arrivedSlDenominator: number;
  arrivedWaitSeconds: number;
  arrivedAbandonWaitSeconds: number;
}

/** What a level feed said of the queue, over the time it could be believed. */
export interface LevelCounts {
  /** How long it was heard, and over that time ∫ people waiting dt, seconds. */
  observedSeconds: number;
  observedWaitingSeconds: number;
  observedWaitingMax: number;
  /** How long it also named the counters open, and ∫ counters open dt over that, seconds. */
  observedCountersKnownSeconds: number;
  observedCountersSeconds: number;
  /** How long its ticket numbers could be followed, and by how many tickets they went on. */
  observedTicketsKnownSeconds: number;
  observedTickets: number;
}

/** Sums of one queue in one interval, or in any other time: they add up. */
export interface QueueInterval extends Counts, ArrivalCounts, LevelCounts {
  /** Waits of those answered, counted by {@link waitBucket}. */
  waits: number[];
}

export const noLevelCounts = (): LevelCounts => ({
  observedSeconds: 0,
  observedWaitingSeconds: 0,
  observedWaitingMax: 0,
  observedCountersKnownSeconds: 0,
  observedCountersSeconds: 0,
  observedTicketsKnownSeconds: 0,
  observedTickets: 0,
});

export const noQueueInterval = (): QueueInterval => ({
  ...noCounts(),
  arrivedAnswered: 0,
  arrivedAnsweredWithin: 0,
  arrivedAbandoned: 0,
  arrivedAbandonedWithin: 0,
  arrivedShortAbandoned: 0,
  arrivedSlNumerator: 0,
  arrivedSlDenominator: 0,
  arrivedWaitSeconds: 0,
  arrivedAbandonWaitSeconds: 0,
  ...noLevelCounts(),
  waits: Array.from({ length: WAIT_BUCKETS }, () => 0),
});

type MaximumKey = 'waitSecondsMax' | 'observedWaitingMax';
type SumKey = Exclude<keyof QueueInterval, MaximumKey | 'waits'>;
const MAXIMA: readonly string[] = ['waitSecondsMax', 'observedWaitingMax'] satisfies MaximumKey[];
/** Every number of a {@link QueueInterval} but its histogram, from the one list above. */
const NUMBERS = Object.entries(noQueueInterval()).flatMap(([key, value]) =>
  typeof value === 'number' ? [key as SumKey | MaximumKey] : [],
);

/** Adds `more` to `sum`; maxima stay maxima, histograms add up bucket by bucket. */
export function addQueueInterval(sum: QueueInterval, more: QueueInterval): void {
  for (const key of NUMBERS) {
    if (MAXIMA.includes(key)) sum[key] = Math.max(sum[key], more[key]);
    else sum[key] += more[key];
  }
  for (const [bucket, count] of more.waits.entries()) sum.waits[bucket] = (sum.waits[bucket] ?? 0) + count;
}

export const AGENT_ACTIVITIES = [
  'serving',
  'wrapUp',
  'available',
  'break',
  'backOffice',
  'training',
  'meeting',
  'moving',
  'unavailable',
] as const satisfies readonly AgentActivity[];
export const COUNTER_ACTIVITIES = [
  'serving',
  'wrapUp',
  'idle',
  'paused',
  'closed',
  'faulted',
] as const satisfies readonly CounterActivity[];

/** One agent in one interval; time in each activity while signed in, ms (whole, so that sums are exact). */
export interface AgentInterval {
  spentMs: Record<AgentActivity, number>;
  handled: number;
  serviceSeconds: number;
  holdSeconds: number;
  wrapUpSeconds: number;
}

/** One counter in one interval; time in each state, ms. */
export interface CounterInterval {
  spentMs: Record<CounterActivity, number>;
  /** Of it open while the hall was open, for the opening rate (rule OC2), ms. */
  openInHoursMs: number;
}

/** A zero for each activity. */
export const noActivities = (): Record<AgentActivity, number> => ({
  serving: 0,
  wrapUp: 0,
  available: 0,
  break: 0,
  backOffice: 0,
  training: 0,
  meeting: 0,
  moving: 0,
  unavailable: 0,
});

export const noAgentInterval = (): AgentInterval => ({
  spentMs: noActivities(),
  handled: 0,
  serviceSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
});

export const noCounterInterval = (): CounterInterval => ({
  spentMs: { serving: 0, wrapUp: 0, idle: 0, paused: 0, closed: 0, faulted: 0 },
  openInHoursMs: 0,
});

/** Adds `more` to `sum`. */
export function addAgentInterval(sum: AgentInterval, more: AgentInterval): void {
  for (const activity of AGENT_ACTIVITIES) sum.spentMs[activity] += more.spentMs[activity];
  sum.handled += more.handled;
  sum.serviceSeconds += more.serviceSeconds;
  sum.holdSeconds += more.holdSeconds;
  sum.wrapUpSeconds += more.wrapUpSeconds;
}

/** Adds `more` to `sum`. */
export function addCounterInterval(sum: CounterInterval, more: CounterInterval): void {
  for (const activity of COUNTER_ACTIVITIES) sum.spentMs[activity] += more.spentMs[activity];
  sum.openInHoursMs += more.openInHoursMs;
}

const OPEN: readonly CounterActivity[] = ['serving', 'wrapUp', 'idle'];
/** True when a counter counts as open (rule OC2). */
export const isOpen = (activity: CounterActivity): boolean => OPEN.includes(activity);
