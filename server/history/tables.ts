/** The tables of history that grow row by row: what finds a row, what else it says, and its sums. */
import {
  ALERT_FIELDS,
  ALERT_STEP_FIELDS,
  type Cell,
  type Column,
  columnsOf,
  KEY_NUMBER,
  KEY_TEXT,
  MOVE_FIELDS,
  SOURCE_SUMS,
  VISIT_FIELDS,
} from './columns.ts';
import { agentShape, counterShape, queueShape } from './sums.ts';

export interface Table {
  name: string;
  /** Those with merge `key` come first. */
  head: readonly Column[];
  /** Numbers only. */
  sums: readonly Column[];
}

/** A row of a table: its cells in the order of the table's columns. */
export interface TableRow {
  head: Cell[];
  sums: number[];
}

const FIRST_START: Column = { name: 'start', type: 'bigint', merge: 'min', nullable: false };
const DAY: Column = { name: 'day', type: 'bigint', merge: 'last', nullable: false };

const keyText = (name: string): Column => ({ name, ...KEY_TEXT });
const keyNumber = (name: string): Column => ({ name, ...KEY_NUMBER });

/** Quarter-hours: found by branch and start, so that one branch's time lies together in the key. */
const intervals = (name: string, sums: readonly Column[]): Table => ({
  name,
  head: [keyText('branch'), keyNumber('start'), keyText('id'), DAY],
  sums,
});

/** The same sums of the hall's whole days. */
const days = (name: string, sums: readonly Column[]): Table => ({
  name,
  head: [keyText('branch'), keyNumber('day'), keyText('id'), FIRST_START],
  sums,
});

export const TABLES = {
  queueIntervals: intervals('queue_intervals', queueShape.columns),
  agentIntervals: intervals('agent_intervals', agentShape.columns),
  counterIntervals: intervals('counter_intervals', counterShape.columns),
  queueDays: days('queue_days', queueShape.columns),
  agentDays: days('agent_days', agentShape.columns),
  counterDays: days('counter_days', counterShape.columns),
  sourceDays: {
    name: 'source_days',
    head: [keyText('branch'), keyNumber('day'), keyText('source')],
    sums: columnsOf(SOURCE_SUMS),
  },
  visits: {
    name: 'visits',
    head: [...columnsOf(VISIT_FIELDS), { name: 'began_at', type: 'bigint', merge: 'last', nullable: false }],
    sums: [],
  },
  alerts: { name: 'alerts', head: columnsOf(ALERT_FIELDS), sums: [] },
  alertSteps: { name: 'alert_steps', head: columnsOf(ALERT_STEP_FIELDS), sums: [] },
  moves: { name: 'moves', head: columnsOf(MOVE_FIELDS), sums: [] },
  ratings: {
    name: 'ratings',
    head: [
      keyText('branch'),
      keyText('contact'),
      keyNumber('at'),
      { name: 'score', type: 'double', merge: 'last', nullable: false },
    ],
    sums: [],
  },
} as const satisfies Record<string, Table>;

/** All columns of a table in the order of a row's cells. */
export const allColumns = ({ head, sums }: Table): Column[] => [...head, ...sums];
