/** Accounts in SQL: a file of their own beside history, or the same PostgreSQL database. */
import type { Kysely } from 'kysely';
import { type HistoryDatabase, openEngine } from '../history/open-engine.ts';
import { openThreadedSqlite } from '../history/threaded-sqlite.ts';
import type { Logger } from '../logger.ts';
import { createAccounts } from './migrations/0001-accounts.ts';
import { createWallColumns } from './migrations/0002-walls.ts';
import { createDisplayColumn } from './migrations/0003-display.ts';
import type { AccountTables } from './tables.ts';

/** Accounts cannot be read or written now; whoever asks is refused until they can. */
export class AccountsUnavailable extends Error {
  override name = 'AccountsUnavailable';
}

export type AccountDb = Kysely<AccountTables>;

export interface AccountStore {
  /** Reads outside of a transaction. Throws {@link AccountsUnavailable}. */
  read<Result>(work: (db: AccountDb) => Promise<Result>): Promise<Result>;
  /** All or nothing. Throws what the work throws, or {@link AccountsUnavailable}. */
  change<Result>(work: (db: AccountDb) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Opens the store, made or brought up to date. Throws HistoryUnavailable, UnusableHistory. */
export async function openAccountStore(database: HistoryDatabase, logger: Logger): Promise<AccountStore> {
  const engine = await openEngine(database, {
    table: 'account_migrations',
    steps: [
      { name: '0001-accounts', up: createAccounts },
      { name: '0002-walls', up: createWallColumns },
      { name: '0003-display', up: createDisplayColumn },
    ],
  });
  const db = engine.db.withTables<AccountTables>() as AccountDb;
  const writer = 'file' in database ? openThreadedSqlite<AccountTables>(database.file) : null;
  return {
    async read(work) {
      try {
        return await work(db);
      } catch (error) {
        logger.warn({ err: error }, 'accounts cannot be read');
        throw new AccountsUnavailable('accounts cannot be read', { cause: error });
      }
    },
    change: (work) =>
      writer === null
        ? engine.transaction(({ db: within }) => work(within.withTables<AccountTables>() as AccountDb))
        : writer.transaction().execute(work),
    async close() {
      await writer?.destroy();
      await engine.close();
    },
  };
}
