/** The columns of history: how each sum is stored and how two rows of one key become one. */
import { type QueueInterval, WAIT_LIMITS_SECONDS } from '../domain/metrics/interval.ts';
import type { AgentInterval, CounterInterval } from '../domain/metrics/interval.ts';
import type { AlertRow, AlertStepRow, MoveRow, SourceDay, VisitRow } from './store.ts';

/** A value as the database gives it. */
export type Cell = string | number | null;
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double';
/** What becomes of a column when its key is there already. `key` finds the row. */
export type Merge = 'key' | 'sum' | 'max' | 'min' | 'last';

export interface Column {
  name: string;
  type: ColumnType;
  merge: Merge;
  nullable: boolean;
}

type Kind = Omit<Column, 'name'>;
type Kinds<Of, Except extends keyof Of = never> = Record<Exclude<keyof Of, Except>, Kind>;

const kind = (type: ColumnType, merge: Merge, nullable = false): Kind => ({ type, merge, nullable });
const COUNT = kind('integer', 'sum');
const MS = kind('bigint', 'sum');
const SECONDS = kind('double', 'sum');
/** Counts that were divided between intervals, and sums of ratios. */
const PARTS = kind('double', 'sum');
const HIGHEST = kind('double', 'max');
export const KEY_TEXT = kind('text', 'key');
export const KEY_NUMBER = kind('bigint', 'key');
const TEXT = kind('text', 'last', true);
const NUMBER = kind('double', 'last', true);
const INSTANT = kind('bigint', 'last', true);

/** One line for each sum of {@link QueueInterval}; a new one also wants a line in a migration. */
export const QUEUE_SUMS = {
  offered: COUNT,
  answered: COUNT,
  answeredWithin: COUNT,
  abandonedWithin: COUNT,
  abandoned: COUNT,
  shortAbandoned: COUNT,
  slNumerator: COUNT,
  slDenominator: COUNT,
  rerouted: COUNT,
  missed: COUNT,
  waitSeconds: SECONDS,
  waitSecondsMax: HIGHEST,
  totalWaitSeconds: SECONDS,
  abandonWaitSeconds: SECONDS,
  answerTimes: COUNT,
  answerSeconds: SECONDS,
  handled: COUNT,
  serviceSeconds: SECONDS,
  holdSeconds: SECONDS,
  wrapUpSeconds: SECONDS,
  rated: COUNT,
  ratingSum: PARTS,
  arrivedAnswered: COUNT,
  arrivedAnsweredWithin: COUNT,
  arrivedAbandoned: COUNT,
  arrivedAbandonedWithin: COUNT,
  arrivedShortAbandoned: COUNT,
  arrivedSlNumerator: COUNT,
  arrivedSlDenominator: COUNT,
  arrivedWaitSeconds: SECONDS,
  arrivedAbandonWaitSeconds: SECONDS,
  observedSeconds: SECONDS,
  observedWaitingSeconds: SECONDS,
  observedWaitingMax: HIGHEST,
  observedCountersKnownSeconds: SECONDS,
  observedCountersSeconds: SECONDS,
  observedTicketsKnownSeconds: SECONDS,
  observedTickets: PARTS,
} satisfies Kinds<QueueInterval, 'waits'>;

/** The wait histogram, a column for each bucket: `waits_to_60`, and `waits_longer`. */
export const WAIT_COLUMNS: Column[] = [...WAIT_LIMITS_SECONDS.map((limit) => `to_${limit}`), 'longer'].map(
  (name) => ({ name: `waits_${name}`, ...COUNT }),
);

export const AGENT_SUMS = {
  handled: COUNT,
  serviceSeconds: SECONDS,
  holdSeconds: SECONDS,
  wrapUpSeconds: SECONDS,
} satisfies Kinds<AgentInterval, 'spentMs'>;

export const AGENT_TIMES = {
  serving: MS,
  wrapUp: MS,
  available: MS,
  break: MS,
  backOffice: MS,
  training: MS,
  meeting: MS,
  moving: MS,
  unavailable: MS,
} satisfies Kinds<AgentInterval['spentMs']>;

export const COUNTER_SUMS = { openInHoursMs: MS } satisfies Kinds<CounterInterval, 'spentMs'>;

export const COUNTER_TIMES = {
  serving: MS,
  wrapUp: MS,
  idle: MS,
  paused: MS,
  closed: MS,
  faulted: MS,
} satisfies Kinds<CounterInterval['spentMs']>;

export const SOURCE_SUMS = {
  events: COUNT,
  late: COUNT,
  repeated: COUNT,
  implied: COUNT,
  unfinished: COUNT,
  duplicate: COUNT,
  rejected: COUNT,
  skewSecondsMax: HIGHEST,
  gapSecondsMax: HIGHEST,
} satisfies Kinds<SourceDay, 'branch' | 'source' | 'day'>;

export const VISIT_FIELDS = {
  branch: { ...TEXT, nullable: false },
  contact: { ...TEXT, nullable: false },
  day: { ...INSTANT, nullable: false },
  source: { ...TEXT, nullable: false },
  queue: TEXT,
  ticket: TEXT,
  channel: { ...TEXT, nullable: false },
  priority: { ...NUMBER, nullable: false },
  at: { ...INSTANT, nullable: false },
  arrivedAt: INSTANT,
  queuedAt: INSTANT,
  calledAt: INSTANT,
  startedAt: INSTANT,
  endedAt: INSTANT,
  abandonedAt: INSTANT,
  result: { ...TEXT, nullable: false },
  waitSeconds: NUMBER,
  totalWaitSeconds: NUMBER,
  serviceSeconds: NUMBER,
  holdSeconds: NUMBER,
  agent: TEXT,
  counter: TEXT,
} satisfies Kinds<VisitRow>;

const KNOWN_TEXT = { ...TEXT, nullable: false };
const KNOWN_INSTANT = { ...INSTANT, nullable: false };
const LAST_COUNT = kind('integer', 'last');
const LAST_NUMBER = { ...NUMBER, nullable: false };

/** An alert is found by its branch and id; the last row of it stands. */
export const ALERT_FIELDS = {
  branch: KEY_TEXT,
  alert: KEY_TEXT,
  rule: KNOWN_TEXT,
  subjectKind: KNOWN_TEXT,
  subject: KNOWN_TEXT,
  members: LAST_COUNT,
  priority: KNOWN_TEXT,
  since: KNOWN_INSTANT,
  raisedAt: KNOWN_INSTANT,
  endedAt: INSTANT,
  end: TEXT,
  limit: LAST_NUMBER,
  peak: LAST_NUMBER,
  expectedAt: INSTANT,
  acknowledgedAt: INSTANT,
  acknowledgedBy: TEXT,
  shelvedAt: INSTANT,
  shelvedBy: TEXT,
  escalated: LAST_COUNT,
  verdict: TEXT,
  verdictBy: TEXT,
} satisfies Kinds<AlertRow>;

export const ALERT_STEP_FIELDS = {
  branch: KEY_TEXT,
  step: KEY_TEXT,
  at: KNOWN_INSTANT,
  alert: KNOWN_TEXT,
  rule: KNOWN_TEXT,
  subjectKind: KNOWN_TEXT,
  subject: KNOWN_TEXT,
  action: KNOWN_TEXT,
  by: TEXT,
  note: TEXT,
} satisfies Kinds<AlertStepRow>;

/** A suggestion is found by its branch and id; the last row of it stands. */
export const MOVE_FIELDS = {
  branch: KEY_TEXT,
  move: KEY_TEXT,
  lever: KNOWN_TEXT,
  person: KNOWN_TEXT,
  fromBranch: KNOWN_TEXT,
  toBranch: KNOWN_TEXT,
  status: KNOWN_TEXT,
  proposedAt: KNOWN_INSTANT,
  acceptedAt: INSTANT,
  acceptedBy: TEXT,
  rejectedBy: TEXT,
  rejectReason: TEXT,
  helps: LAST_NUMBER,
  promisedLow: NUMBER,
  promisedMiddle: NUMBER,
  promisedHigh: NUMBER,
  measuredAt: INSTANT,
  measured: NUMBER,
  customers: NUMBER,
  noChangeLow: NUMBER,
  noChangeMiddle: NUMBER,
  noChangeHigh: NUMBER,
  verdict: TEXT,
  savedLow: NUMBER,
  savedMiddle: NUMBER,
  savedHigh: NUMBER,
} satisfies Kinds<MoveRow>;

/** The column of a field: `waitSeconds` is stored as `wait_seconds`. */
export const columnName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of such a list, in its order; the suffix tells its unit. */
export const columnsOf = (kinds: Record<string, Kind>, suffix = ''): Column[] =>
  Object.entries(kinds).map(([field, each]) => ({ name: columnName(field) + suffix, ...each }));
