/** Opens history where it is kept: in a file of the data folder, or in PostgreSQL. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryDatabase } from './open-engine.ts';
import type { HistoryReader, HistoryStore } from './store.ts';
import { createThreadedReader } from './threaded-reader.ts';

export type { HistoryDatabase };

/** The history file of a data folder. */
export const historyFile = (folder: string): string => join(folder, 'history.sqlite');

/**
 * Opens history to write, made or brought up to date first. A file is written in the thread that calls.
 * Throws HistoryUnavailable, UnusableHistory.
 */
export async function openHistory(database: HistoryDatabase): Promise<HistoryStore> {
  const { createSqlStore, openEngine } = await sqlParts();
  return createSqlStore(await openEngine(database));
}

/**
 * Opens history to read. A file is read in a thread of its own, so that no report holds up the one that calls. The
 * database is reached at the first question: while it is away, or cannot be used, questions fail and not this.
 */
export async function openHistoryReader(database: HistoryDatabase): Promise<HistoryReader> {
  if ('file' in database) return createThreadedReader(database.file);
  const { createSqlReader, openWhenNeeded } = await sqlParts();
  return createSqlReader(openWhenNeeded(database));
}

// Loaded where it is used: the thread that serves the halls needs no SQL when history is a file.
const sqlParts = async () => ({ ...(await import('./sql-store.ts')), ...(await import('./open-engine.ts')) });

/** What SQLite keeps beside a file, by what is added to its name. */
export const BESIDE = ['-wal', '-shm', '-journal'];

/** Removes a history file that nobody has open, with what SQLite keeps beside it. */
export function removeHistoryFile(file: string): void {
  for (const suffix of ['', ...BESIDE]) rmSync(`${file}${suffix}`, { force: true });
}
