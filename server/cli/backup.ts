import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { historyFile } from '../history/open.ts';
import { lockFolder } from '../log/embedded-redis/folder-lock.ts';
import { UsageError } from './result.ts';

const BYTES_A_MB = 1e6;

/** `muster backup`: a copy of the history, also while Muster runs. */
export async function backUp(target: string): Promise<void> {
  const { dataDir } = configOfFile('pg_dump');
  const { backUpHistory } = await copies();
  const bytes = await backUpHistory(historyFile(dataDir), resolve(target));
  process.stdout.write(
    `History of ${dataDir} is in ${resolve(target)}, ${(bytes / BYTES_A_MB).toFixed(1)} MB\n`,
  );
}

/** `muster restore`: puts a copy back, while Muster does not run; the history it replaces is kept. */
export async function restore(copy: string): Promise<void> {
  const { dataDir } = configOfFile('pg_restore');
  const { restoreHistory } = await copies();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dataDir);
  try {
    const aside = await restoreHistory(resolve(copy), historyFile(dataDir), Date.now());
    process.stdout.write(`${historyFile(dataDir)} is that of ${resolve(copy)} now\n`);
    if (aside !== null) process.stdout.write(`The history before is kept in ${aside}\n`);
  } finally {
    lock.release();
  }
}

function configOfFile(tool: string): Config {
  const config = readConfig();
  if (config.databaseUrl === undefined) return config;
  throw new UsageError(`history is in PostgreSQL (DATABASE_URL); use ${tool}, the tool of PostgreSQL`);
}

// The other commands, above all the server, start without SQL.
const copies = () => import('../history/backup.ts');
