/** Writes to a SQLite file in a thread of its own: the disk may take its time there without holding up a screen. */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type AskedThread, createAskedThread, startThread } from '../threads/asked-thread.ts';
import { revive } from './crossed-errors.ts';
import { HistoryUnavailable } from './store.ts';

/** One statement, as it crosses to the thread. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

/** What came of it: rows of a question, or how many rows a change touched. */
export interface Outcome {
  rows: unknown[];
  changed: number | bigint | null;
}

type WritingThread = AskedThread<Statement, Outcome>;

const writingThread = (file: string) =>
  startThread(new URL('./writing-thread.ts', import.meta.url), { file });

/** The tables of a file that is there already. A statement throws {@link HistoryUnavailable}, UnusableHistory. */
export function openThreadedSqlite<Tables>(file: string, start = writingThread): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () =>
      driverOf(
        createAskedThread<Statement, Outcome>({
          start: () => start(file),
          revive,
          died: (cause) => new HistoryUnavailable('the thread that writes died; try again', { cause }),
        }),
      ),
  };
  return new Kysely<Tables>({ dialect });
}

// There is one connection, lent to one transaction after the other.
function driverOf(thread: WritingThread): Driver {
  const connection = connectionOf(thread);
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql));
  const waiting: (() => void)[] = [];
  let isLent = false;
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      // Whoever gives it back hands it on, so that nobody comes in between.
      if (isLent) await new Promise<void>((resolve) => waiting.push(resolve));
      isLent = true;
      return connection;
    },
    releaseConnection() {
      const next = waiting.shift();
      if (next) next();
      else isLent = false;
      return Promise.resolve();
    },
    // A transaction that reads first could not become a writer while another one writes.
    beginTransaction: async () => void (await run('begin immediate')),
    commitTransaction: async () => void (await run('commit')),
    rollbackTransaction: async () => void (await run('rollback')),
    destroy: () => thread.close(),
  };
}

const connectionOf = (thread: WritingThread): DatabaseConnection => ({
  async executeQuery<Row>({ sql, parameters }: CompiledQuery) {
    const { rows, changed } = await thread.ask({ sql, parameters });
    return { rows: rows as Row[], ...(changed === null ? {} : { numAffectedRows: BigInt(changed) }) };
  },
  streamQuery() {
    throw new TypeError('what is written is not streamed');
  },
});
