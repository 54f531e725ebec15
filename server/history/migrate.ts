/** Brings a database to the shape this program expects, one numbered step after the other. */
import { sql } from 'kysely';
import type { Dialect, Engine, Transaction } from './engine.ts';
import { createTables } from './migrations/0001-tables.ts';
import { createAlertTables } from './migrations/0002-alerts.ts';
import { createMoveTable } from './migrations/0003-moves.ts';
import { UnusableHistory } from './store.ts';

export interface Migration {
  name: string;
  up(db: Transaction['db'], dialect: Dialect): Promise<void>;
}

/** In order, never changed once released: the first is version 1. */
const MIGRATIONS: Migration[] = [
  { name: '0001-tables', up: createTables },
  { name: '0002-alerts', up: createAlertTables },
  { name: '0003-moves', up: createMoveTable },
];

/** The steps of one part of a database, and the table that says which of them it has. */
export interface Migrations {
  table: 'migrations' | 'account_migrations';
  steps: readonly Migration[];
}

const HISTORY: Migrations = { table: 'migrations', steps: MIGRATIONS };

/** PostgreSQL's lock while a database is brought up to date; any number that nobody else takes. */
const MIGRATION_LOCK = 0x4d757374;

/**
 * Takes the steps a database lacks, all in one transaction; of several programs that start at once the others wait.
 * Throws {@link UnusableHistory} when the database is newer than this program.
 */
export async function migrate(engine: Engine, { table, steps }: Migrations = HISTORY): Promise<void> {
  const { dialect } = engine;
  await engine.transaction(async ({ db }) => {
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(db);
    await db.schema
      .createTable(table)
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    const version = await versionOf(db, table);
    if (version > steps.length) throw new UnusableHistory(newer(version, steps.length));
    for (const [index, { name, up }] of steps.entries()) {
      if (index < version) continue;
      await up(db, dialect);
      await db
        .insertInto(table)
        .values({ version: index + 1, name, at: Date.now() })
        .execute();
    }
  });
}

async function versionOf(db: Transaction['db'], table: Migrations['table']): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((of) => of.fn.max('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}

const newer = (version: number, known: number): string =>
  `the database was written by a newer Muster (its version is ${version}, this program knows ${known}); ` +
  'start the newer program, or restore an older backup';
