/** Cells as they were selected, as rows of the port. */
import { setImmediate as breathe } from 'node:timers/promises';
import {
  ALERT_FIELDS,
  ALERT_STEP_FIELDS,
  type Cell,
  columnName,
  MOVE_FIELDS,
  SOURCE_SUMS,
  VISIT_FIELDS,
} from './columns.ts';
import type { AlertRow, AlertStepRow, IntervalRow, MoveRow, RatedVisit, SourceDay, Total } from './store.ts';
import type { Shape } from './sums.ts';

/** What is selected before the sums. */
export const INTERVAL_HEAD = ['branch', 'id', 'start', 'day'] as const;
export const TOTAL_HEAD = ['branch', 'id', 'day'] as const;

const sourceFields = ['branch', 'source', 'day', ...Object.keys(SOURCE_SUMS)];
const visitFields = Object.keys(VISIT_FIELDS);
export const SOURCE_COLUMNS = sourceFields.map(columnName);
export const VISIT_COLUMNS = visitFields.map(columnName);

export const ALERT_COLUMNS = Object.keys(ALERT_FIELDS).map(columnName);
export const ALERT_STEP_COLUMNS = Object.keys(ALERT_STEP_FIELDS).map(columnName);
export const MOVE_COLUMNS = Object.keys(MOVE_FIELDS).map(columnName);

export type ReadRow<Row> = (cells: readonly Cell[]) => Row;

export const intervalRow =
  <Sums>(shape: Shape<Sums>): ReadRow<IntervalRow<Sums>> =>
  (cells) => ({
    branch: String(cells[0]),
    id: String(cells[1]),
    start: Number(cells[2]),
    day: Number(cells[3]),
    sums: shape.read(cells, INTERVAL_HEAD.length),
  });

export const total =
  <Sums>(shape: Shape<Sums>): ReadRow<Total<Sums>> =>
  (cells) => ({
    branch: cells[0] === null ? null : String(cells[0]),
    id: cells[1] === null ? null : String(cells[1]),
    day: cells[2] === null ? null : Number(cells[2]),
    sums: shape.read(cells, TOTAL_HEAD.length),
  });

export const sourceDay: ReadRow<SourceDay> = (cells) => record<SourceDay>(sourceFields, cells);

export const alertRow: ReadRow<AlertRow> = (cells) => record<AlertRow>(Object.keys(ALERT_FIELDS), cells);
export const alertStepRow: ReadRow<AlertStepRow> = (cells) =>
  record<AlertStepRow>(Object.keys(ALERT_STEP_FIELDS), cells);

export const moveRow: ReadRow<MoveRow> = (cells) => record<MoveRow>(Object.keys(MOVE_FIELDS), cells);

/** A visit's columns with the rating behind them. */
export const ratedVisit: ReadRow<RatedVisit> = (cells) =>
  record<RatedVisit>([...visitFields, 'score'], cells);

// The columns were selected by these very names.
const record = <Row>(fields: readonly string[], cells: readonly Cell[]): Row =>
  Object.fromEntries(fields.map((field, i) => [field, cells[i] ?? null])) as Row;

/** The thread is lent to others after this long, ms. */
const BREATHE_EVERY_MS = 5;
/** Rows between two looks at the clock. */
const LOOK_EVERY = 64;

/** Reads all rows, giving way to whatever else the thread has to do. */
export async function readRows<Row>(
  all: readonly (readonly Cell[])[] | Iterable<readonly Cell[]>,
  read: ReadRow<Row>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let worked = performance.now();
  for (const cells of all) {
    rows.push(read(cells));
    if (rows.length % LOOK_EVERY === 0 && performance.now() - worked > BREATHE_EVERY_MS) {
      await breathe();
      worked = performance.now();
    }
  }
  return rows;
}
