/** Checks the chain of the audit trail: nothing changed, moved or taken out of its middle. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accountsFile } from '../auth/accounts.ts';
import { createChainCheck } from '../auth/audit-chain.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { printResult, UsageError } from './result.ts';

const PAGE = 5_000;
// The other commands, above all the server, start without SQL.
const storeParts = () => import('../auth/account-store.ts');

/**
 * `muster verify-audit`: how many entries hold together and the hash of the last one, which is worth keeping elsewhere:
 * a trail cut off at its end still holds together, but not up to that hash.
 */
export async function verifyAudit(options: { demo?: boolean }): Promise<void> {
  const config = readConfig();
  const folder = options.demo === true ? join(config.dataDir, 'demo') : config.dataDir;
  const isOwnFile = config.databaseUrl === undefined || options.demo === true;
  const file = accountsFile(folder);
  if (isOwnFile && !existsSync(file)) throw new UsageError(`there are no accounts in ${folder}`);
  const database = isOwnFile ? { file } : { databaseUrl: config.databaseUrl ?? '' };
  const { openAccountStore } = await storeParts();
  const store = await openAccountStore(database, createLogger(config.logLevel));
  const check = createChainCheck();
  let brokenAt: number | null = null;
  try {
    for (let after = 0, more = true; more && brokenAt === null;) {
      const rows = await store.read((db) =>
        db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute(),
      );
      brokenAt = check.next(rows);
      more = rows.length === PAGE;
      after = rows.at(-1)?.seq ?? after;
    }
  } finally {
    await store.close();
  }
  printResult({ ok: brokenAt === null, entries: check.entries(), brokenAt, head: check.head() });
}
