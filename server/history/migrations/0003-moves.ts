/** Staffing suggestions: what was promised, and what came of it. Frozen: what comes later is a migration of its own. */
import { type Kysely, sql } from 'kysely';
import type { Bookkeeping, Dialect } from '../engine.ts';

const TEXTS = ['branch', 'move', 'lever', 'person', 'from_branch', 'to_branch', 'status'];
const NULLABLE_TEXTS = ['accepted_by', 'rejected_by', 'reject_reason', 'verdict'];
const NULLABLE_INSTANTS = ['accepted_at', 'measured_at'];
const NULLABLE_NUMBERS = [
  'promised_low',
  'promised_middle',
  'promised_high',
  'measured',
  'customers',
  'no_change_low',
  'no_change_middle',
  'no_change_high',
  'saved_low',
  'saved_middle',
  'saved_high',
];

export async function createMoveTable(db: Kysely<Bookkeeping>, dialect: Dialect): Promise<void> {
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  let moves = db.schema.createTable('moves');
  for (const name of TEXTS) moves = moves.addColumn(name, text, (column) => column.notNull());
  moves = moves
    .addColumn('proposed_at', 'bigint', (column) => column.notNull())
    .addColumn('helps', 'double precision', (column) => column.notNull());
  for (const name of NULLABLE_TEXTS) moves = moves.addColumn(name, text);
  for (const name of NULLABLE_INSTANTS) moves = moves.addColumn(name, 'bigint');
  for (const name of NULLABLE_NUMBERS) moves = moves.addColumn(name, 'double precision');
  await moves.addPrimaryKeyConstraint('moves_key', ['branch', 'move'] as never[]).execute();
  await db.schema.createIndex('moves_at').on('moves').columns(['branch', 'proposed_at']).execute();
}
