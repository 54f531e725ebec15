/** What history needs of a database; there is one of SQLite and one of PostgreSQL. */
import type { CompiledQuery, Kysely } from 'kysely';
import type { Cell } from './columns.ts';
import { allColumns, type Table, type TableRow } from './tables.ts';

/** The small tables, those read and written by name; the wide ones are described in tables.ts. */
export interface Bookkeeping {
  migrations: { version: number; name: string; at: number };
  /** Of accounts, which may lie in the same database. */
  account_migrations: { version: number; name: string; at: number };
  projected: { shard: number; position: string };
  imports: { sha256: string; name: string; at: number };
}

export type Dialect = 'sqlite' | 'postgres';

/** What may be done in one transaction. */
export interface Transaction {
  db: Kysely<Bookkeeping>;
  /** Adds rows to a table: those whose key is there are merged with it. Of one call no two rows have the same key. */
  add(table: Table, rows: readonly TableRow[]): Promise<void>;
}

/** Every method throws HistoryUnavailable when the database is away. */
export interface Engine {
  dialect: Dialect;
  /** Builds queries for {@link read}. */
  db: Kysely<Bookkeeping>;
  /** Hands the rows of a query over one by one, cells in the order selected; gives what `take` made of them. */
  read<Result>(query: CompiledQuery, take: (rows: Iterable<Cell[]>) => Result): Promise<Result>;
  /** All or nothing; on SQLite the only writer from its start on. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** All rows of a query. */
export const rowsOf = (engine: Engine, query: CompiledQuery): Promise<Cell[][]> =>
  engine.read(query, (rows) => [...rows]);

/** The statement that adds rows of `source` (what follows the column list) to a table. */
export function upsert(table: Table, source: string, dialect: Dialect): string {
  const quoted = (name: string): string => `"${name}"`;
  const all = allColumns(table);
  const keys = all.filter(({ merge }) => merge === 'key').map(({ name }) => quoted(name));
  const merges = all.flatMap(({ name, merge }) => {
    const old = `${quoted(table.name)}.${quoted(name)}`;
    const added = `excluded.${quoted(name)}`;
    const [least, greatest] = dialect === 'sqlite' ? ['min', 'max'] : ['least', 'greatest'];
    const result = {
      key: null,
      sum: `${old} + ${added}`,
      max: `${greatest}(${old}, ${added})`,
      min: `${least}(${old}, ${added})`,
      last: added,
    }[merge];
    return result === null ? [] : [`${quoted(name)} = ${result}`];
  });
  const columns = all.map(({ name }) => quoted(name)).join(', ');
  const conflict =
    keys.length === 0 ? '' : ` on conflict (${keys.join(', ')}) do update set ${merges.join(', ')}`;
  return `insert into ${quoted(table.name)} (${columns}) ${source}${conflict}`;
}
