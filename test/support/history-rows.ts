/** Rows to store in a history under test. */
import {
  type AgentInterval,
  type CounterInterval,
  noAgentInterval,
  noCounterInterval,
  noQueueInterval,
  type QueueInterval,
  WAIT_BUCKETS,
} from '#server/domain/metrics/interval.ts';
import { noEffectRows } from '#server/domain/metrics/interval-effects.ts';
import type { IntervalRow, Projection, SourceDay, VisitRow } from '#server/history/store.ts';

/** A day of the hall, and nine o'clock on it. */
export const DAY = 20_500;
export const NINE = DAY * 86_400_000 + 9 * 3_600_000;
export const QUARTER = 15 * 60_000;

/** Every branch, for longer than any row here. */
export const ALL = { branches: null, from: 0, to: NINE * 2 };
export const ALL_DAYS = { branches: null, fromDay: 0, toDay: DAY * 2 };

/** One wait in this bucket. */
export const waits = (bucket: number): number[] =>
  Array.from({ length: WAIT_BUCKETS }, (_, i) => (i === bucket ? 1 : 0));

type Place = Partial<Omit<IntervalRow<unknown>, 'sums'>>;

const interval = <Sums>(sums: Sums, place: Place): IntervalRow<Sums> => ({
  branch: 'hall',
  id: 'q',
  start: NINE,
  day: DAY,
  ...place,
  sums,
});

export const queueRow = (sums: Partial<QueueInterval>, place: Place = {}): IntervalRow<QueueInterval> =>
  interval({ ...noQueueInterval(), ...sums }, place);

export const agentRow = (sums: Partial<AgentInterval>, place: Place = {}): IntervalRow<AgentInterval> =>
  interval({ ...noAgentInterval(), ...sums }, { id: 'wang', ...place });

export const counterRow = (sums: Partial<CounterInterval>, place: Place = {}): IntervalRow<CounterInterval> =>
  interval({ ...noCounterInterval(), ...sums }, { id: 'c1', ...place });

export const visitRow = (visit: Partial<VisitRow>): VisitRow => ({
  branch: 'hall',
  day: DAY,
  contact: 'k1',
  source: 's',
  queue: 'q',
  ticket: 'A001',
  channel: 'hall',
  priority: 0,
  at: NINE + 60_000,
  arrivedAt: NINE,
  queuedAt: NINE,
  calledAt: NINE + 60_000,
  startedAt: NINE + 70_000,
  endedAt: NINE + 300_000,
  abandonedAt: null,
  result: 'answered',
  waitSeconds: 60,
  totalWaitSeconds: 60,
  serviceSeconds: 230,
  holdSeconds: 0,
  agent: 'wang',
  counter: 'c1',
  ...visit,
});

export const sourceDay = (sums: Partial<SourceDay>): SourceDay => ({
  branch: 'hall',
  source: 's',
  day: DAY,
  events: 0,
  late: 0,
  repeated: 0,
  implied: 0,
  unfinished: 0,
  duplicate: 0,
  rejected: 0,
  skewSecondsMax: 0,
  gapSecondsMax: 0,
  ...sums,
});

/** A stretch of shard 0 with these rows, or of the shards named. */
export const stretch = (
  from: string | null,
  to: string,
  rows: Partial<Omit<Projection, 'shards'>> = {},
  shards: readonly number[] = [0],
): Projection => ({
  ...noEffectRows(),
  ...rows,
  shards: new Map(shards.map((shard) => [shard, { from, to }])),
});
