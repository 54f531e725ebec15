import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountsFile, type KeptAccounts } from '#server/auth/accounts.ts';
import { accountsKept } from '#server/auth/accounts-file.ts';
import { noSignals } from '#server/auth/changes.ts';
import { openAccounts } from '#server/auth/open-accounts.ts';
import { createSeal } from '#server/auth/secrets.ts';
import { systemClock } from '#server/clock.ts';
import { backUpFile, HISTORY_FILE, restoreFile } from '#server/history/backup.ts';
import { historyFile, openHistory } from '#server/history/open.ts';
import { createNetwork } from '#server/network.ts';
import { hall } from '#test/support/profiles.ts';
import { PASSWORD } from '#test/support/secured.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const silent = pino({ level: 'silent' });
const ACCOUNTS = accountsKept(systemClock, silent);
const NOW = Date.UTC(2026, 10, 22, 8, 30);

let folder: string;
let file: string;
let copy: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-accounts-backup-'));
  file = accountsFile(folder);
  copy = join(folder, 'copy');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Opened {
  kept: KeptAccounts;
  setUpPath: string | null;
  identify(session: string): Promise<string>;
}

/** Works on the accounts of the folder as a running server does. */
async function withAccounts<Result>(work: (opened: Opened) => Promise<Result>): Promise<Result> {
  const { accounts, setUpPath } = await openAccounts({
    mode: 'on',
    demoForAll: false,
    database: { file },
    network: createNetwork({ branches: [hall()], sourceKeys: [] }),
    seal: createSeal(Buffer.alloc(32, 7)),
    signals: noSignals,
    limits: { idleMs: 3_600_000, absoluteMs: 43_200_000 },
    clock: systemClock,
    logger: silent,
  });
  if (accounts.kept === null) throw new Error('accounts are off');
  try {
    const identify = async (session: string): Promise<string> =>
      (await accounts.identify({ session, device: undefined, address: '' })).principal.kind;
    return await work({ kept: accounts.kept, setUpPath, identify });
  } finally {
    await accounts.stop();
  }
}

const setUp = (): Promise<string> =>
  withAccounts(async ({ kept, setUpPath }) => {
    const token = setUpPath?.split('#')[1] ?? '';
    const started = await kept.desk.useLink({ token, login: 'ada', name: 'Ada', password: PASSWORD }, 'test');
    if (typeof started === 'string') throw new Error(started);
    return started.token;
  });

const addPerson = (login: string): Promise<unknown> =>
  withAccounts(({ kept }) =>
    kept.store.change((db) => kept.people.add(db, { login, name: login, grants: [], state: 'active' })),
  );

const logins = (): Promise<string[]> =>
  withAccounts(async ({ kept }) => (await kept.people.list()).map(({ login }) => login));

function muster(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: folder },
  });
  return { status, stdout, stderr };
}

describe('a copy of accounts', () => {
  it('is made while they are used, and read by nobody else', async () => {
    await setUp();
    await withAccounts(async ({ kept }) => {
      await backUpFile(ACCOUNTS, file, copy);
      await kept.store.change((db) =>
        kept.people.add(db, { login: 'later', name: 'L', grants: [], state: 'active' }),
      );
    });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    await restoreFile(ACCOUNTS, copy, file, NOW);
    expect(await logins()).toEqual(['ada']);
  });

  it('brings people and passwords back, and no session that may be over by now', async () => {
    const session = await setUp();
    await backUpFile(ACCOUNTS, file, copy);
    await addPerson('later');
    const aside = await restoreFile(ACCOUNTS, copy, file, NOW);
    expect(aside).toBe(`${file}.before-2026-11-22T08-30-00.000Z`);
    await withAccounts(async ({ kept, setUpPath, identify }) => {
      expect(setUpPath).toBeNull();
      expect(await identify(session)).toBe('nobody');
      const again = await kept.desk.byPassword({ login: 'ada', password: PASSWORD }, 'test');
      expect(again).toMatchObject({ endsAt: expect.any(Number) as number });
    });
  });

  it('goes on with the audit trail it has, and says so in it', async () => {
    await setUp();
    await backUpFile(ACCOUNTS, file, copy);
    await restoreFile(ACCOUNTS, copy, file, NOW);
    expect(JSON.parse(muster('verify-audit').stdout.trim())).toMatchObject({ ok: true, brokenAt: null });
    const found = await withAccounts(({ kept }) =>
      kept.audit.search({ action: 'accounts.restored', limit: 10, format: 'json' }),
    );
    expect(found.entries).toHaveLength(1);
  });

  it('is not taken for a history, nor a history for it', async () => {
    await setUp();
    await backUpFile(ACCOUNTS, file, copy);
    const history = historyFile(folder);
    await expect(restoreFile(HISTORY_FILE, copy, history, NOW)).rejects.toThrow('holds no history');
    await (await openHistory({ file: history })).close();
    await expect(restoreFile(ACCOUNTS, history, file, NOW)).rejects.toThrow('holds no accounts');
    expect(await logins()).toEqual(['ada']);
  });
});

describe('the commands', () => {
  it('take accounts along where there are any', async () => {
    await (await openHistory({ file: historyFile(folder) })).close();
    const alone = join(folder, 'alone');
    expect(muster('backup', alone)).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(`${alone}.accounts`)).toBe(false);

    await setUp();
    expect(muster('backup', copy)).toMatchObject({ status: 0, stderr: '' });
    await addPerson('later');
    const restored = muster('restore', copy);
    expect(restored).toMatchObject({ status: 0, stderr: '' });
    expect(restored.stdout).toContain('Everybody signs in anew');
    expect(await logins()).toEqual(['ada']);
    expect(readdirSync(folder).filter((name) => name.includes('.before-'))).toHaveLength(2);
  });

  it('write nothing when one of the files is there already', async () => {
    await (await openHistory({ file: historyFile(folder) })).close();
    await setUp();
    await backUpFile(ACCOUNTS, file, `${copy}.accounts`);
    expect(muster('backup', copy)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('exists already') as string,
    });
    expect(existsSync(copy)).toBe(false);
  });
});
