import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { accountsFile } from '../auth/accounts.ts';
import { systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import type { KeptFile } from '../history/backup.ts';
import { historyFile } from '../history/open.ts';
import { lockFolder } from '../log/embedded-redis/folder-lock.ts';
import { createLogger } from '../logger.ts';
import { UsageError } from './result.ts';

const BYTES_A_MB = 1e6;

interface Part {
  kept: KeptFile;
  file: string;
  copy: string;
}

/** `muster backup`: a copy of the history, and one of the accounts beside it, also while Muster runs. */
export async function backUp(target: string): Promise<void> {
  const config = configOfFiles('pg_dump');
  const { backUpFile, parts } = await copies(config, target);
  const taken = parts.find(({ copy }) => existsSync(copy));
  if (taken) throw new UsageError(`${taken.copy} exists already; name another file`);
  for (const { kept, file, copy } of parts.filter(isThere)) {
    const bytes = await backUpFile(kept, file, copy);
    say(`The ${kept.noun} of ${config.dataDir} is in ${copy}, ${(bytes / BYTES_A_MB).toFixed(1)} MB`);
  }
}

/** `muster restore`: puts copies back, while Muster does not run; what they replace is kept. */
export async function restore(target: string): Promise<void> {
  const config = configOfFiles('pg_restore');
  const { restoreFile, parts } = await copies(config, target);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(config.dataDir);
  try {
    for (const { kept, file, copy } of parts.filter(({ kept, copy }) => isWanted(kept, copy))) {
      const aside = await restoreFile(kept, copy, file, Date.now());
      say(`${file} is that of ${copy} now`);
      if (aside !== null) say(`The ${kept.noun} before is kept in ${aside}`);
      if (kept.noun === 'accounts')
        say(
          'Everybody signs in anew. People, screens and keys that were shut out after the copy was made are let in ' +
            'again: look through them in settings.',
        );
    }
  } finally {
    lock.release();
  }
}

/** History must be there; accounts may be kept elsewhere, or not at all. */
const isWanted = (kept: KeptFile, path: string): boolean => kept.noun === 'history' || existsSync(path);
const isThere = ({ kept, file }: Part): boolean => isWanted(kept, file);

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function configOfFiles(tool: string): Config {
  const config = readConfig();
  if (config.databaseUrl === undefined) return config;
  throw new UsageError(
    `history and accounts are in PostgreSQL (DATABASE_URL); use ${tool}, the tool of PostgreSQL`,
  );
}

// The other commands, above all the server, start without SQL.
async function copies({ dataDir, logLevel }: Config, target: string) {
  const { HISTORY_FILE, ...ways } = await import('../history/backup.ts');
  const { accountsKept } = await import('../auth/accounts-file.ts');
  const copy = resolve(target);
  const accounts = accountsKept(systemClock, createLogger(logLevel));
  // Accounts first: they are small, and when one of the copies is damaged history is not replaced yet.
  const parts: Part[] = [
    { kept: accounts, file: accountsFile(dataDir), copy: `${copy}.accounts` },
    { kept: HISTORY_FILE, file: historyFile(dataDir), copy },
  ];
  return { ...ways, parts };
}
