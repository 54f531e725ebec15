import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedRedisError } from './error.ts';

/** SQLite's code for a file that another process holds. */
const SQLITE_BUSY = 5;

export interface FolderLock {
  /** Frees the folder; a second call does nothing. */
  release(): void;
}

/**
 * Takes an existing data folder for this process alone.
 * The lock is the kernel's, held through SQLite: it ends with the process, however that dies, and a pid that
 * was given to another process cannot look like ours.
 * @throws EmbeddedRedisError when another process holds the folder, naming both.
 */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, 'muster.pid');
  const database = new DatabaseSync(join(folder, 'muster.lock'));
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new EmbeddedRedisError(
      `The data folder ${folder} is in use by another Muster, process ${readPid(pidFile)}. ` +
        'Stop that one, or set DATA_DIR to another folder.',
      { cause: error },
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
