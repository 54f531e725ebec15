/** People keep how they want pages to look. Frozen: what comes later is a migration of its own. */
import type { Kysely } from 'kysely';
import type { Bookkeeping } from '../../history/engine.ts';

/** Adds the column, JSON; empty until somebody chooses something. */
export async function createDisplayColumn(db: Kysely<Bookkeeping>): Promise<void> {
  await db.schema.alterTable('people').addColumn('display', 'text').execute();
}
