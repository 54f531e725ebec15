/** The engine of a database, with its tables made or brought up to date. */
import type { Engine } from './engine.ts';
import { migrate, type Migrations } from './migrate.ts';

/** Plain data, so that it can be handed to a thread. */
export type HistoryDatabase = { databaseUrl: string } | { file: string };

/** Opens it; only the driver that is needed is loaded. Throws HistoryUnavailable, UnusableHistory. */
export async function openEngine(database: HistoryDatabase, migrations?: Migrations): Promise<Engine> {
  const engine =
    'file' in database
      ? (await import('./sqlite-engine.ts')).openSqlite(database.file)
      : (await import('./postgres-engine.ts')).openPostgres(database.databaseUrl);
  try {
    await migrate(engine, migrations);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}

/** An engine that is opened when it is first needed, and after a failure when it is needed again. */
export interface LateEngine {
  get(): Promise<Engine>;
  close(): Promise<void>;
}

export function openWhenNeeded(database: HistoryDatabase): LateEngine {
  let engine: Promise<Engine> | undefined;
  return {
    get() {
      engine ??= openEngine(database).catch((error: unknown) => {
        engine = undefined;
        throw error;
      });
      return engine;
    },
    async close() {
      await (await engine?.catch(() => undefined))?.close();
    },
  };
}
