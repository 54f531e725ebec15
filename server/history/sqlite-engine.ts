/** History in one SQLite file: durable at each commit, read by others while it is written. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type CompiledQuery, Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import type { Cell } from './columns.ts';
import { type Bookkeeping, type Engine, upsert } from './engine.ts';
import { HistoryUnavailable, UnusableHistory } from './store.ts';
import { allColumns, type Table, type TableRow } from './tables.ts';

/** Marks a file as a history of Muster: `Must` in ASCII. */
export const APPLICATION_ID = 0x4d757374;
/** How long a writer waits for another one, ms. */
const BUSY_TIMEOUT_MS = 10_000;
const CACHE_KB = 8_192;
/** What the write-ahead file is cut back to after a long read held it open. */
const KEPT_WAL_BYTES = 64 * 2 ** 20;

const PRIMARY_CODE = 0xff;
/** SQLite's codes for a file that cannot be used now: busy, locked, read-only, I/O, full, cannot open. */
const AWAY = new Set([5, 6, 8, 10, 13, 14]);
/** And for one that is damaged or no database at all. */
const DAMAGED = new Set([11, 26]);

/** Opens the file, made when it is not there. Throws HistoryUnavailable, {@link UnusableHistory}. */
export function openSqlite(file: string): Engine {
  const database = translated(() => openDatabase(file));
  const db = new Kysely<Bookkeeping>({ dialect: new SqliteDialect({ database: forKysely(database) }) });
  const additions = new Map<Table, StatementSync>();

  const add = (table: Table, rows: readonly TableRow[]): void => {
    let statement = additions.get(table);
    if (statement === undefined) {
      const places = allColumns(table)
        .map(() => '?')
        .join(', ');
      statement = database.prepare(upsert(table, `values (${places})`, 'sqlite'));
      additions.set(table, statement);
    }
    for (const { head, sums } of rows) statement.run(...head, ...sums);
  };
  const select = ({ sql, parameters }: CompiledQuery): Iterable<Cell[]> => {
    const rows: Iterable<unknown> = database
      .prepare(sql, { returnArrays: true })
      .iterate(...inputs(parameters));
    return rows as Iterable<Cell[]>;
  };

  return {
    dialect: 'sqlite',
    db,
    // There is one connection: Kysely lends it to one at a time, so that nobody reads into a transaction.
    read: (query, take) =>
      db.connection().execute(() => Promise.resolve(translated(() => take(select(query))))),
    transaction: (work) =>
      inTurn(file, () =>
        db
          .transaction()
          .execute((within) => work({ db: within, add: (table, rows) => Promise.resolve(add(table, rows)) })),
      ),
    async close() {
      await db.connection().execute(() => Promise.resolve());
      await db.destroy();
    },
  };
}

/** The last transaction of each file in this thread. */
const turns = new Map<string, Promise<unknown>>();

/** One transaction of a file after the other: SQLite waits without giving the thread back, so the first could not end. */
async function inTurn<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(file);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return work();
  })();
  turns.set(file, turn);
  try {
    return await turn;
  } catch (error) {
    throw translate(error);
  } finally {
    if (turns.get(file) === turn) turns.delete(file);
  }
}

/** Opens the file, made when it is not there; each connection to it begins with this. */
export function openDatabase(file: string): DatabaseSync {
  // It holds what customers did: for this user alone. SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    claim(database, file);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KB};
       PRAGMA journal_size_limit = ${KEPT_WAL_BYTES}`,
    );
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Marks an empty file as ours; refuses one that is somebody else's. */
function claim(database: DatabaseSync, file: string): void {
  if (isOurs(database)) return;
  database.exec('BEGIN IMMEDIATE');
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {};
  // Another Muster may have marked it meanwhile.
  if (!isOurs(database) && tables !== 0) {
    database.exec('ROLLBACK');
    throw new UnusableHistory(`${file} is a database of another program; Muster leaves it alone`);
  }
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; COMMIT`);
}

/** Whether a file bears the mark of a history of Muster. */
export const isOurs = (database: DatabaseSync): boolean =>
  database.prepare('PRAGMA application_id').get()?.['application_id'] === APPLICATION_ID;

/** The database as Kysely expects it. */
function forKysely(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => {
      database.close();
    },
    prepare(sql) {
      // A transaction that reads first could not become a writer while another one writes.
      const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...inputs(parameters)),
        run: (parameters) => statement.run(...inputs(parameters)),
        iterate: (parameters) => statement.iterate(...inputs(parameters)),
      };
    },
  };
}

// All parameters come from cells and queries of ours: strings, numbers and null.
export const inputs = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];

/** Does it; what SQLite says of failures comes in the words of the port. */
export function translated<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw translate(error);
  }
}

/** SQLite's errors in the words of the port; others as they are. */
export function translate(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & PRIMARY_CODE : null;
  const cannotOpen =
    'code' in error && (error.code === 'EACCES' || error.code === 'ENOENT' || error.code === 'EROFS');
  if (cannotOpen || (code !== null && AWAY.has(code)))
    return new HistoryUnavailable(`the history file cannot be used now: ${error.message}`, { cause: error });
  if (code !== null && DAMAGED.has(code))
    return new UnusableHistory(`the history file cannot be read: ${error.message}`, { cause: error });
  return error;
}
