/** History: what the log said, as rows that stay. One port, one SQL implementation on two engines. */
import type { AgentInterval, CounterInterval, QueueInterval } from '../domain/metrics/interval.ts';
import type {
  AlertRow,
  AlertStepRow,
  IntervalRow,
  MoveRow,
  RatingRow,
  SourceDay,
  VisitRow,
} from '../domain/metrics/history-rows.ts';

export type { AlertRow, AlertStepRow, IntervalRow, MoveRow, RatingRow, SourceDay, VisitRow };

/**
 * What one stretch of the log adds. Interval rows are addends (maxima: candidates), never absolute values, so a late
 * fact finds its old row by itself. Applied wholly or not at all.
 */
export interface Projection {
  /** Per shard: the position this stretch began after (`null`: the shard's start) and the one it ends at. */
  shards: ReadonlyMap<number, { from: string | null; to: string }>;
  queues: readonly IntervalRow<QueueInterval>[];
  agents: readonly IntervalRow<AgentInterval>[];
  counters: readonly IntervalRow<CounterInterval>[];
  visits: readonly VisitRow[];
  ratings: readonly RatingRow[];
  /** Addends too; `…Max` are candidates for the maximum. */
  sources: readonly SourceDay[];
  /** As they stand after this stretch: the last row of one alert is kept. */
  alerts: readonly AlertRow[];
  alertSteps: readonly AlertStepRow[];
  /** As they stand after this stretch. */
  moves: readonly MoveRow[];
}

/** What a file of past months adds. */
export type ImportedRows = Omit<Projection, 'shards' | 'ratings' | 'alerts' | 'alertSteps' | 'moves'>;

/** Somebody else projected this stretch already: nothing was stored. */
export class AlreadyProjected extends Error {
  override name = 'AlreadyProjected';
}

/** The database cannot answer now; nothing was stored. */
export class HistoryUnavailable extends Error {
  override name = 'HistoryUnavailable';
}

/** A row that no database can keep (not a finite number, not well-formed text): nothing was stored, nor ever will be. */
export class UnstorableRow extends Error {
  override name = 'UnstorableRow';
}

/** The database belongs to a newer Muster or to another program; the message is one sentence that says so. */
export class UnusableHistory extends Error {
  override name = 'UnusableHistory';
}

/** A question has more rows than one answer may hold: it is to be asked for less time, or for totals. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge';
}

/** Which rows to read: of these branches (all when `null`), with `from` ≤ start < `to`, epoch ms. */
export interface IntervalQuery {
  branches: readonly string[] | null;
  /** One queue, agent or counter. */
  id?: string;
  from: number;
  to: number;
}

/** Sums over the hall's days `fromDay` ≤ day < `toDay` (days since 1970-01-01 in the hall's own zone). */
export interface DayQuery {
  branches: readonly string[] | null;
  id?: string;
  fromDay: number;
  toDay: number;
}

/** What totals may be kept apart by. */
export type TotalKey = 'branch' | 'id' | 'day';

/** Sums over days, kept apart by some of branch, id and day and added up over the others. */
export interface TotalQuery extends DayQuery {
  by: readonly TotalKey[];
}

/** `null` where it was added up over. */
export interface Total<Sums> {
  branch: string | null;
  id: string | null;
  day: number | null;
  sums: Sums;
}

export interface VisitQuery {
  branch: string;
  queue?: string;
  /** Of those whose wait ended, or that left, in `from` ≤ at < `to`. */
  from: number;
  to: number;
  limit: number;
  /** Goes on after this visit, the last of the page before: they come in order of `at`, then of `contact`. */
  after?: Pick<VisitRow, 'at' | 'contact'>;
}

/** Alerts raised, or steps told, in `from` ≤ at < `to`, the latest first. */
export interface AlertQuery {
  branches: readonly string[] | null;
  rule?: string;
  from: number;
  to: number;
  limit: number;
}

/** Suggestions proposed in `from` ≤ at < `to`, the latest first. */
export type MoveQuery = Omit<AlertQuery, 'rule'>;

/** A visit with the rating given since it began and before the contact's next one; ratio 0–1, `null` when none was. */
export interface RatedVisit extends VisitRow {
  score: number | null;
}

/** Every question throws {@link HistoryUnavailable}, {@link UnusableHistory} or {@link AnswerTooLarge}. */
export interface HistoryReader {
  queueIntervals(query: IntervalQuery): Promise<IntervalRow<QueueInterval>[]>;
  agentIntervals(query: IntervalQuery): Promise<IntervalRow<AgentInterval>[]>;
  counterIntervals(query: IntervalQuery): Promise<IntervalRow<CounterInterval>[]>;
  /** Rows of whole days: `start` is the start of the first interval of the day that has a row. */
  queueDays(query: DayQuery): Promise<IntervalRow<QueueInterval>[]>;
  agentDays(query: DayQuery): Promise<IntervalRow<AgentInterval>[]>;
  counterDays(query: DayQuery): Promise<IntervalRow<CounterInterval>[]>;
  /** Whole days added up where they are stored, so that a long time is a short answer; nothing found gives no row. */
  queueTotals(query: TotalQuery): Promise<Total<QueueInterval>[]>;
  agentTotals(query: TotalQuery): Promise<Total<AgentInterval>[]>;
  counterTotals(query: TotalQuery): Promise<Total<CounterInterval>[]>;
  /** The earliest first. */
  visits(query: VisitQuery): Promise<RatedVisit[]>;
  sourceDays(query: DayQuery): Promise<SourceDay[]>;
  alerts(query: AlertQuery): Promise<AlertRow[]>;
  alertSteps(query: AlertQuery): Promise<AlertStepRow[]>;
  moves(query: MoveQuery): Promise<MoveRow[]>;
  close(): Promise<void>;
}

export interface HistoryStore extends HistoryReader {
  /** How far each shard is projected; a shard never projected is absent. */
  positions(): Promise<ReadonlyMap<number, string>>;
  /**
   * Adds one stretch in one transaction, positions included. Throws {@link AlreadyProjected} when a shard's stored
   * position is not `from`, {@link HistoryUnavailable} when the database is away, {@link UnstorableRow}.
   */
  apply(projection: Projection): Promise<void>;
  /** True when a file of this content was imported before. */
  isImported(sha256: string): Promise<boolean>;
  /**
   * Adds rows that did not come through the log (imported past months), all of them or none, unless this file was
   * imported before. They come in batches, so that a file of any size fits into memory.
   */
  importRows(file: { sha256: string; name: string }, batches: Iterable<ImportedRows>): Promise<boolean>;
  /** Deletes, a little at a time, what started before these instants; how many rows. */
  prune(before: PruneLimits): Promise<number>;
}

/** What is older may go: quarter-hours, visits with their ratings, sums of whole days; epoch ms. */
export interface PruneLimits {
  intervals: number;
  visits: number;
  days: number;
}
