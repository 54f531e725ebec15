/** Somebody who can write to the accounts file changes what the audit trail tells: `muster verify-audit` names the place. */
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAccountStore } from '#server/auth/account-store.ts';
import { accountsFile } from '#server/auth/accounts.ts';
import { createAudit } from '#server/auth/audit.ts';
import { systemClock } from '#server/clock.ts';
import { accountsFolder } from '#test/support/secured.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const ENTRIES = 6;

let folder: ReturnType<typeof accountsFolder>;
beforeEach(async () => {
  folder = accountsFolder();
  const logger = pino({ level: 'silent' });
  const store = await openAccountStore({ file: accountsFile(folder.path) }, logger);
  const audit = createAudit({ store, clock: systemClock, logger, oneWriter: true });
  for (let i = 1; i <= ENTRIES; i++)
    await store.change((db) => audit.within(db, { action: 'person.granted', subject: `p${i}` }));
  await store.close();
});
afterEach(() => folder.remove());

function verify(): { status: number | null; told: unknown } {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, 'verify-audit'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: folder.path },
  });
  return { status, told: JSON.parse(stdout) as unknown };
}

/** As whoever owns the machine can: without the triggers that forbid it. */
function tamper(...statements: string[]): void {
  const file = new DatabaseSync(accountsFile(folder.path));
  for (const { name } of file.prepare("select name from sqlite_schema where type = 'trigger'").all())
    file.exec(`drop trigger "${String(name)}"`);
  for (const statement of statements) file.exec(statement);
  file.close();
}

describe('an audit trail', () => {
  it('that nobody touched holds', () => {
    expect(verify()).toMatchObject({ status: 0, told: { ok: true, entries: ENTRIES, brokenAt: null } });
  });

  it.each([
    ['an entry was changed', ["update audit set subject = 'somebody else' where seq = 3"], 3],
    ['what came of it was changed', ["update audit set outcome = 'denied' where seq = 2"], 2],
    ['an entry was taken out', ['delete from audit where seq = 4'], 4],
    [
      'two entries changed places',
      [
        'update audit set seq = 100 where seq = 2',
        'update audit set seq = 2 where seq = 3',
        'update audit set seq = 3 where seq = 100',
      ],
      2,
    ],
    [
      'one was put in',
      [
        'update audit set seq = 7 where seq = 6',
        'insert into audit select 6, at, who_kind, who, session, action, branch, subject, outcome, before, after, address, request_id, hash from audit where seq = 5',
      ],
      6,
    ],
  ])('in which %s does not, and the place is named', (_what, statements, brokenAt) => {
    tamper(...statements);
    expect(verify()).toMatchObject({ status: 1, told: { ok: false, brokenAt } });
  });
});
