/** What is to be stored, as rows of each table, one for each key. */
import {
  ALERT_FIELDS,
  ALERT_STEP_FIELDS,
  type Cell,
  MOVE_FIELDS,
  SOURCE_SUMS,
  VISIT_FIELDS,
} from './columns.ts';
import { merged } from './merge.ts';
import type { IntervalRow, Projection, SourceDay, VisitRow } from './store.ts';
import { agentShape, counterShape, queueShape, type Shape } from './sums.ts';
import { type Table, type TableRow, TABLES } from './tables.ts';

/** The rows to add, by table; days get the sums of their quarter-hours. Throws UnstorableRow. */
export function rowsToAdd(given: Omit<Projection, 'shards'>): [Table, readonly TableRow[]][] {
  const { queueIntervals, queueDays, agentIntervals, agentDays, counterIntervals, counterDays } = TABLES;
  const all: [Table, readonly TableRow[]][] = [
    ...withDays(queueIntervals, queueDays, intervalRows(given.queues, queueShape)),
    ...withDays(agentIntervals, agentDays, intervalRows(given.agents, agentShape)),
    ...withDays(counterIntervals, counterDays, intervalRows(given.counters, counterShape)),
    [TABLES.visits, merged(TABLES.visits, given.visits.map(visitRow))],
    [TABLES.ratings, merged(TABLES.ratings, given.ratings.map(ratingRow))],
    [TABLES.sourceDays, merged(TABLES.sourceDays, given.sources.map(sourceRow))],
    [TABLES.alerts, merged(TABLES.alerts, given.alerts.map(alertRow))],
    [TABLES.alertSteps, merged(TABLES.alertSteps, given.alertSteps.map(alertStepRow))],
    [TABLES.moves, merged(TABLES.moves, given.moves.map(moveRow))],
  ];
  return all.filter(([, rows]) => rows.length > 0);
}

const intervalRows = <Sums>(rows: readonly IntervalRow<Sums>[], shape: Shape<Sums>): TableRow[] =>
  rows.map(({ branch, start, id, day, sums }) => ({
    head: [branch, start, id, day],
    sums: shape.write(sums),
  }));

function withDays(intervals: Table, days: Table, rows: TableRow[]): [Table, readonly TableRow[]][] {
  const ofIntervals = merged(intervals, rows);
  const ofDays = ofIntervals.map(({ head: [branch = null, start = null, id = null, day = null], sums }) => ({
    head: [branch, day, id, start],
    sums,
  }));
  return [
    [intervals, ofIntervals],
    [days, merged(days, ofDays)],
  ];
}

const sourceSums = Object.keys(SOURCE_SUMS) as (keyof typeof SOURCE_SUMS)[];
const sourceRow = (row: SourceDay): TableRow => ({
  head: [row.branch, row.day, row.source],
  sums: sourceSums.map((name) => row[name]),
});

const ratingRow = ({ branch, contact, at, score }: Projection['ratings'][number]): TableRow => ({
  head: [branch, contact, at, score],
  sums: [],
});

/** Rows whose fields are their cells, in the order of the columns. */
const cellsOf =
  <Field extends string>(kinds: Record<Field, unknown>) =>
  (row: Record<Field, Cell>): TableRow => ({
    head: (Object.keys(kinds) as Field[]).map((field) => row[field]),
    sums: [],
  });
const alertRow = cellsOf(ALERT_FIELDS);
const alertStepRow = cellsOf(ALERT_STEP_FIELDS);
const moveRow = cellsOf(MOVE_FIELDS);

const visitFields = Object.keys(VISIT_FIELDS) as (keyof VisitRow)[];
const visitRow = (row: VisitRow): TableRow => ({
  head: [...visitFields.map((field) => row[field]), beganAt(row)],
  sums: [],
});

/** The first thing known of the visit, from which on a rating belongs to it. */
const beganAt = ({ queuedAt, calledAt, startedAt, at }: VisitRow): number =>
  queuedAt ?? calledAt ?? startedAt ?? at;
