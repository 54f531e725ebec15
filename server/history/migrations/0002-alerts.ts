/** Alerts with what came of them, and the log of their steps. Frozen: what comes later is a migration of its own. */
import { type Kysely, sql } from 'kysely';
import type { Bookkeeping, Dialect } from '../engine.ts';

const NULLABLE_INSTANTS = ['ended_at', 'expected_at', 'acknowledged_at', 'shelved_at'];
const NULLABLE_TEXTS = ['end', 'acknowledged_by', 'shelved_by', 'verdict', 'verdict_by'];

/** `limit`, `end` and `by` are words of SQL: they are always quoted. */
export async function createAlertTables(db: Kysely<Bookkeeping>, dialect: Dialect): Promise<void> {
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;

  let alerts = db.schema.createTable('alerts');
  for (const name of ['branch', 'alert', 'rule', 'subject_kind', 'subject', 'priority'])
    alerts = alerts.addColumn(name, text, (column) => column.notNull());
  for (const name of ['members', 'escalated'])
    alerts = alerts.addColumn(name, 'integer', (column) => column.notNull());
  for (const name of ['since', 'raised_at'])
    alerts = alerts.addColumn(name, 'bigint', (column) => column.notNull());
  for (const name of ['limit', 'peak'])
    alerts = alerts.addColumn(name, 'double precision', (column) => column.notNull());
  for (const name of NULLABLE_INSTANTS) alerts = alerts.addColumn(name, 'bigint');
  for (const name of NULLABLE_TEXTS) alerts = alerts.addColumn(name, text);
  await alerts.addPrimaryKeyConstraint('alerts_key', ['branch', 'alert'] as never[]).execute();
  await db.schema.createIndex('alerts_at').on('alerts').columns(['branch', 'raised_at']).execute();

  let steps = db.schema.createTable('alert_steps');
  for (const name of ['branch', 'step', 'alert', 'rule', 'subject_kind', 'subject', 'action'])
    steps = steps.addColumn(name, text, (column) => column.notNull());
  steps = steps.addColumn('at', 'bigint', (column) => column.notNull());
  for (const name of ['by', 'note']) steps = steps.addColumn(name, text);
  await steps.addPrimaryKeyConstraint('alert_steps_key', ['branch', 'step'] as never[]).execute();
  await db.schema.createIndex('alert_steps_at').on('alert_steps').columns(['branch', 'at']).execute();
}
