/** Walls know how they hang and tell how they are. Frozen: what comes later is a migration of its own. */
import type { Kysely } from 'kysely';
import type { Bookkeeping } from '../../history/engine.ts';

const COLUMNS = {
  inches: 'integer',
  seat_cm: 'integer',
  note: 'text',
  reported_at: 'bigint',
  /** JSON. */
  report: 'text',
} as const;

/** Adds the columns; all may be empty. */
export async function createWallColumns(db: Kysely<Bookkeeping>): Promise<void> {
  for (const [name, type] of Object.entries(COLUMNS))
    await db.schema.alterTable('devices').addColumn(name, type).execute();
}
