/** History in PostgreSQL, for sites of several servers. */
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Cell, ColumnType } from './columns.ts';
import { type Bookkeeping, type Engine, upsert } from './engine.ts';
import { HistoryUnavailable } from './store.ts';
import { allColumns, type Table, type TableRow } from './tables.ts';

const CONNECTIONS = 4;
/** A server that does not answer by then is away, ms. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Longest a statement may take, ms. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** Rows added by one statement. */
const ROWS_A_STATEMENT = 2_000;

const ARRAYS: Record<ColumnType, string> = {
  text: 'text[]',
  integer: 'integer[]',
  bigint: 'bigint[]',
  double: 'double precision[]',
};

/** SQLSTATE classes of a server that cannot answer now: connection, sign-in, no such database, lost races, resources. */
const AWAY = /^(08|28|3D|40|53|57|58|XX)/;
/** What the driver says without a code. */
const DISCONNECTED =
  /^(Connection terminated|timeout expired|timeout exceeded|Client has encountered a connection|Query read timeout)/;

/** Reaches the database of a `postgres://` address; the first query tells whether it is there. */
export function openPostgres(databaseUrl: string): Engine {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'muster',
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  // A connection that breaks fails the query under way, or is replaced at the next; unheard, its event would end the process.
  const unheard = (): void => undefined;
  pool.on('error', unheard);
  pool.on('connect', (client) => client.on('error', unheard));
  const db = new Kysely<Bookkeeping>({ dialect: new PostgresDialect({ pool }) });

  const add = async (within: Kysely<Bookkeeping>, table: Table, rows: readonly TableRow[]): Promise<void> => {
    const arrays = allColumns(table)
      .map(({ type }, i) => `$${i + 1}::${ARRAYS[type]}`)
      .join(', ');
    const statement = upsert(table, `select * from unnest(${arrays})`, 'postgres');
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const some = rows.slice(from, from + ROWS_A_STATEMENT);
      const columns = [
        ...table.head.map((_, i) => some.map(({ head }) => head[i] ?? null)),
        ...table.sums.map((_, i) => some.map(({ sums }) => sums[i] ?? null)),
      ];
      await within.executeQuery(CompiledQuery.raw(statement, columns));
    }
  };

  return {
    dialect: 'postgres',
    db,
    async read(query, take) {
      try {
        const values = [...query.parameters];
        const { rows } = await pool.query<Cell[]>({ text: query.sql, values, rowMode: 'array' });
        return take(rows);
      } catch (error) {
        throw translate(error);
      }
    },
    async transaction(work) {
      try {
        return await db
          .transaction()
          .execute((within) => work({ db: within, add: (table, rows) => add(within, table, rows) }));
      } catch (error) {
        throw translate(error);
      }
    },
    async close() {
      await db.destroy();
      if (!pool.ended) await pool.end();
    },
  };
}

/** Whole numbers come as numbers: none of ours needs more than 53 bits. */
function typeParser(oid: number, format?: 'text' | 'binary'): unknown {
  return oid === (pg.types.builtins.INT8 as number) ? Number : pg.types.getTypeParser(oid, format);
}

/** PostgreSQL's and the network's errors in the words of the port; others as they are. */
function translate(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isAway =
    error instanceof pg.DatabaseError
      ? AWAY.test(code)
      : /^E[A-Z]+$/.test(code) || DISCONNECTED.test(error.message);
  return isAway
    ? new HistoryUnavailable(`the database does not answer: ${error.message}`, { cause: error })
    : error;
}
