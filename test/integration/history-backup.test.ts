import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUpFile, HISTORY_FILE, restoreFile } from '#server/history/backup.ts';
import { historyFile, openHistory } from '#server/history/open.ts';
import { UnusableHistory } from '#server/history/store.ts';
import { lockFolder } from '#server/log/embedded-redis/folder-lock.ts';
import { DAY, queueRow, stretch } from '#test/support/history-rows.ts';
import { type HistoryWriter, startHistoryWriter } from '#test/support/history-writer.ts';
import { until } from '#test/support/until.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const NOW = Date.UTC(2026, 10, 22, 8, 30);

let folder: string;
let file: string;
let copy: string;
let writer: HistoryWriter | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-backup-'));
  file = historyFile(folder);
  copy = join(folder, 'copy.sqlite');
  writer = undefined;
});
afterEach(async () => {
  await writer?.kill();
  rmSync(folder, { recursive: true });
});

async function write(path: string, offered: number): Promise<void> {
  const store = await openHistory({ file: path });
  const from = (await store.positions()).get(0) ?? null;
  await store.apply(stretch(from, `${from ?? ''}x`, { queues: [queueRow({ offered })] }));
  await store.close();
}

async function offeredIn(path: string): Promise<number | undefined> {
  const store = await openHistory({ file: path });
  const [row] = await store.queueDays({ branches: null, fromDay: 0, toDay: DAY * 2 });
  await store.close();
  return row?.sums.offered;
}

function muster(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: folder, ...env },
  });
  return { status, stdout, stderr };
}

describe('backing history up', () => {
  it('copies a whole history while it is written, into one file for its owner alone', async () => {
    writer = startHistoryWriter(file);
    await until(() => (writer?.stored() ?? 0) > 3, 'the writer stores');
    const before = writer.stored();
    expect(await backUpFile(HISTORY_FILE, file, copy)).toBe(statSync(copy).size);
    await until(() => (writer?.stored() ?? 0) > before + 3, 'the writer goes on');
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.sqlite']);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const store = await openHistory({ file: copy });
    const stored = Number((await store.positions()).get(0));
    expect(stored).toBeGreaterThanOrEqual(before);
    const rows = await store.queueIntervals({ branches: null, from: 0, to: NOW * 2 });
    expect(rows.every(({ sums }) => sums.offered === stored)).toBe(true);
    await store.close();
  });

  it('never writes over a file, and needs a history', async () => {
    await expect(backUpFile(HISTORY_FILE, file, copy)).rejects.toThrow('there is no history');
    await write(file, 1);
    writeFileSync(copy, 'mine');
    await expect(backUpFile(HISTORY_FILE, file, copy)).rejects.toThrow('exists already');
    expect(readFileSync(copy, 'utf8')).toBe('mine');
  });
});

describe('putting a history back', () => {
  it('replaces what is there and keeps it beside', async () => {
    await write(file, 1);
    await backUpFile(HISTORY_FILE, file, copy);
    await write(file, 10);
    const aside = await restoreFile(HISTORY_FILE, copy, file, NOW);
    expect(aside).toBe(`${file}.before-2026-11-22T08-30-00.000Z`);
    expect([await offeredIn(file), await offeredIn(aside ?? ''), await offeredIn(copy)]).toEqual([1, 11, 1]);
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('brings one to a machine that has none', async () => {
    await write(copy, 4);
    expect(await restoreFile(HISTORY_FILE, copy, file, NOW)).toBeNull();
    expect(await offeredIn(file)).toBe(4);
  });

  it('refuses while another process writes', async () => {
    await write(copy, 1);
    writer = startHistoryWriter(file);
    await until(() => (writer?.stored() ?? 0) > 0, 'the writer stores');
    await expect(restoreFile(HISTORY_FILE, copy, file, NOW)).rejects.toThrow('is in use');
    const before = writer.stored();
    await until(() => (writer?.stored() ?? 0) > before, 'the writer goes on');
    expect(writer.failure()).toBeNull();
  });

  it.each([
    ['a text', () => writeFileSync(copy, 'a history of the town')],
    ['an empty file', () => writeFileSync(copy, '')],
    ['a database of another program', () => new DatabaseSync(copy).exec('CREATE TABLE notes (text)')],
    ['nothing', () => undefined],
  ])('refuses %s, and leaves what is there alone', async (_what, make) => {
    await write(file, 2);
    make();
    await expect(restoreFile(HISTORY_FILE, copy, file, NOW)).rejects.toThrow(UnusableHistory);
    expect(await offeredIn(file)).toBe(2);
  });

  it('refuses a copy that is damaged, or was written by a newer Muster', async () => {
    const store = await openHistory({ file: copy });
    const queues = Array.from({ length: 2_000 }, (_, i) => queueRow({ offered: 1 }, { id: `q${i}` }));
    await store.apply(stretch(null, '1', { queues }));
    await store.close();
    const bytes = readFileSync(copy);
    writeFileSync(
      copy,
      Buffer.concat([bytes.subarray(0, 40_960), Buffer.alloc(40_960, 7), bytes.subarray(81_920)]),
    );
    await expect(restoreFile(HISTORY_FILE, copy, file, NOW)).rejects.toThrow(UnusableHistory);
    writeFileSync(copy, bytes);
    const database = new DatabaseSync(copy);
    database.exec(`INSERT INTO migrations (version, name, at) VALUES (99, 'later', 0)`);
    database.close();
    await expect(restoreFile(HISTORY_FILE, copy, file, NOW)).rejects.toThrow('newer Muster');
    expect(existsSync(file)).toBe(false);
  });

  it('takes the place of a history that is damaged beyond opening', async () => {
    await write(copy, 3);
    writeFileSync(file, 'x'.repeat(5_000));
    writeFileSync(`${file}-wal`, 'y');
    const aside = await restoreFile(HISTORY_FILE, copy, file, NOW);
    expect(await offeredIn(file)).toBe(3);
    expect(readFileSync(aside ?? '', 'utf8')).toBe('x'.repeat(5_000));
  });
});

describe('the commands', () => {
  it('back up and restore the history of the data folder', async () => {
    await write(file, 1);
    const backup = muster(['backup', copy]);
    expect(backup).toMatchObject({ status: 0, stderr: '' });
    await write(file, 1);
    const restored = muster(['restore', copy]);
    expect(restored).toMatchObject({ status: 0, stderr: '' });
    expect(restored.stdout).toContain('.before-');
    expect(await offeredIn(file)).toBe(1);
  });

  it('say what is wrong in one line', async () => {
    await write(copy, 1);
    const lock = lockFolder(folder);
    expect(muster(['restore', copy])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('in use by another Muster') as string,
    });
    lock.release();
    const elsewhere = muster(['backup', join(folder, 'new')], {
      DATABASE_URL: 'postgres://muster@localhost/muster',
    });
    expect(elsewhere).toMatchObject({ status: 2, stderr: expect.stringContaining('pg_dump') as string });
    expect(muster(['restore', join(folder, 'absent')]).stderr).toMatch(
      /^muster: there is no file \S+absent\n$/,
    );
  });
});
