/** Quarter-hours of halls that are open from nine to six, for the benchmark of history. */
import {
  INTERVAL_MS,
  noQueueInterval,
  type QueueInterval,
  WAIT_BUCKETS,
} from '../../domain/metrics/interval.ts';
import { noEffectRows } from '../../domain/metrics/interval-effects.ts';
import type { IntervalRow, Projection } from '../../history/store.ts';
import { createRng, type Rng } from '../../rng.ts';

const DAY_MS = 86_400_000;
const FIRST_DAY = 20_000;
const OPENS_MS = 9 * 3_600_000;
const INTERVALS_A_DAY = 36;
const BRANCHES_A_PIECE = 30;
const MOST_ARRIVALS = 8;
const SEED = 7;
const THRESHOLD_SECONDS = 600;

export interface HistoryLoad {
  seed: number;
  /** Quarter-hours of all days together: at least as many as were asked for. */
  rows: number;
  days: number;
  branches: string[];
  /** Everything of one day, counted from 0, some branches at a time. */
  day(index: number): Iterable<Omit<Projection, 'shards' | 'ratings'>>;
  /** What a stretch of the log adds to this many quarter-hours of the day after the last. */
  stretch(rows: number): Omit<Projection, 'shards'>;
  /** Some days in a row, at random. */
  someDays(count: number): { fromDay: number; toDay: number };
  someTime(days: number): { from: number; to: number };
  someBranch(): string;
}

/** Quarter-hours of so many branches and queues, the same for the same numbers. */
export function createHistoryLoad(size: { rows: number; branches: number; queues: number }): HistoryLoad {
  const rng = createRng(SEED);
  const branches = Array.from(
    { length: size.branches },
    (_, i) => `branch-${String(i + 1).padStart(3, '0')}`,
  );
  const queues = Array.from({ length: size.queues }, (_, i) => `queue-${i + 1}`);
  const rowsADay = branches.length * queues.length * INTERVALS_A_DAY;
  const days = Math.ceil(size.rows / rowsADay);
  const pick = (below: number): number => Math.floor(rng() * below);

  const someDays = (count: number): { fromDay: number; toDay: number } => {
    const fromDay = FIRST_DAY + pick(Math.max(1, days - count + 1));
    return { fromDay, toDay: fromDay + count };
  };
  const rowAt = (day: number, interval: number, branch: string, id: string): IntervalRow<QueueInterval> => ({
    branch,
    id,
    start: day * DAY_MS + OPENS_MS + interval * INTERVAL_MS,
    day,
    sums: busyInterval(rng),
  });

  return {
    seed: SEED,
    rows: days * rowsADay,
    days,
    branches,
    *day(index) {
      for (let from = 0; from < branches.length; from += BRANCHES_A_PIECE) {
        const some = branches.slice(from, from + BRANCHES_A_PIECE);
        const rowsOf = (branch: string, interval: number) =>
          queues.map((queue) => rowAt(FIRST_DAY + index, interval, branch, queue));
        const intervals = Array.from({ length: INTERVALS_A_DAY }, (_, interval) => interval);
        yield {
          ...noEffectRows(),
          queues: some.flatMap((branch) => intervals.flatMap((interval) => rowsOf(branch, interval))),
        };
      }
    },
    stretch: (rows) => ({
      ...noEffectRows(),
      queues: Array.from({ length: rows }, (_, i) => {
        const series = i % (branches.length * queues.length);
        const branch = branches[series % branches.length] ?? '';
        const queue = queues[Math.floor(series / branches.length)] ?? '';
        return rowAt(FIRST_DAY + days, Math.floor(i / (branches.length * queues.length)), branch, queue);
      }),
    }),
    someDays,
    someTime: (count) => {
      const { fromDay, toDay } = someDays(count);
      return { from: fromDay * DAY_MS, to: toDay * DAY_MS };
    },
    someBranch: () => branches[pick(branches.length)] ?? '',
  };
}

function busyInterval(rng: Rng): QueueInterval {
  const offered = Math.floor(rng() * MOST_ARRIVALS);
  const sums = { ...noQueueInterval(), offered };
  for (let contact = 0; contact < offered; contact++) {
    const bucket = Math.floor(rng() * WAIT_BUCKETS);
    const waitSeconds = Math.round(rng() * 1_200_000) / 1_000;
    const within = waitSeconds <= THRESHOLD_SECONDS ? 1 : 0;
    sums.answered += 1;
    sums.answeredWithin += within;
    sums.slNumerator += within;
    sums.slDenominator += 1;
    sums.waitSeconds += waitSeconds;
    sums.waitSecondsMax = Math.max(sums.waitSecondsMax, waitSeconds);
    sums.totalWaitSeconds += waitSeconds;
    sums.arrivedAnswered += 1;
    sums.arrivedAnsweredWithin += within;
    sums.arrivedWaitSeconds += waitSeconds;
    sums.handled += 1;
    sums.serviceSeconds += Math.round(rng() * 600_000) / 1_000;
    sums.waits[bucket] = (sums.waits[bucket] ?? 0) + 1;
  }
  return sums;
}
