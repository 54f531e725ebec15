import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noQueueInterval, addQueueInterval, type QueueInterval } from '#server/domain/metrics/interval.ts';
import { historyFile, openHistory } from '#server/history/open.ts';
import type { IntervalRow } from '#server/history/store.ts';
import { startHistoryWriter } from '#test/support/history-writer.ts';
import { until } from '#test/support/until.ts';

const pathTo = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const MAIN = pathTo('../../server/main.ts');
const QUEUE_LOG = pathTo('../fixtures/recordings/queue_log.txt');
const INTERVALS = pathTo('../fixtures/intervals/hotline-1999.csv');

interface Result {
  ok: boolean;
  rows: number;
  skipped: Record<string, number>;
  alreadyImported: boolean;
  branch?: string;
  slotMinutes?: number;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-import-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `muster import …`; what it printed, and its result when it printed one. */
function importing(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'import', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: folder },
  });
  const result = stdout === '' ? null : (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result);
  return { status, stderr, result };
}

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function stored(branch: string): Promise<IntervalRow<QueueInterval>[]> {
  const store = await openHistory({ file: historyFile(folder) });
  const rows = await store.queueIntervals({ branches: [branch], from: 0, to: Date.UTC(2100, 0, 1) });
  await store.close();
  return rows;
}

async function sums(branch: string): Promise<QueueInterval> {
  const sum = noQueueInterval();
  for (const row of await stored(branch)) addQueueInterval(sum, row.sums);
  return sum;
}

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');

describe('muster import queue-log', () => {
  const lines = linesOf(QUEUE_LOG).map((line) => line.split('|'));
  const having = (word: string): string[][] => lines.filter((cells) => cells[4] === word);
  const first = (cells: string[]): number => Number(cells[5]);

  it('folds a log into what history keeps, once', async () => {
    const args = ['queue-log', QUEUE_LOG, '--branch', 'bank', '--zone', 'Asia/Jerusalem'];
    const { status, result } = importing(...args);
    expect([status, result]).toEqual([
      0,
      expect.objectContaining({ ok: true, rows: lines.length, skipped: {} }),
    ]);
    const expected = {
      offered: having('ENTERQUEUE').length,
      answered: having('CONNECT').length,
      abandoned: having('ABANDON').length,
      handled: having('COMPLETECALLER').length,
      waitSeconds: having('CONNECT')
        .map(first)
        .reduce((sum, wait) => sum + wait, 0),
    };
    expect(await sums('bank')).toMatchObject(expected);

    const store = await openHistory({ file: historyFile(folder) });
    const visits = await store.visits({ branch: 'bank', from: 0, to: Date.UTC(2100, 0, 1), limit: 1_000 });
    const agents = await store.agentIntervals({ branches: ['bank'], from: 0, to: Date.UTC(2100, 0, 1) });
    await store.close();
    expect(visits.filter((visit) => visit.result === 'abandoned')).toHaveLength(expected.abandoned);
    expect(agents.length).toBeGreaterThan(0);

    const again = importing(...args);
    expect([again.status, again.result]).toEqual([
      0,
      expect.objectContaining({ rows: 0, alreadyImported: true }),
    ]);
    expect(again.stderr).toContain('imported before');
    expect(await sums('bank')).toMatchObject(expected);
  });

  it('[SF3] sets aside lines it cannot read, with the reason', () => {
    const log = ['1266833848|NONE|NONE|NONE|QUEUESTART|', 'noise', '918968248|1|sales|NONE|ENTERQUEUE|||1'];
    const { status, result } = importing('queue-log', fileOf('log', log.join('\n')), '--branch', 'pbx');
    expect([status, result]).toEqual([
      0,
      expect.objectContaining({ rows: 1, skipped: { 'not-a-fact': 1, 'bad-line': 1 } }),
    ]);
  });
});

describe('muster import intervals', () => {
  it('spreads half-hours over quarter-hours, once', async () => {
    const args = ['intervals', INTERVALS, '--branch', 'bank', '--queue', 'calls', '--zone', 'Asia/Jerusalem'];
    const rows = linesOf(INTERVALS).slice(1);
    const calls = rows.reduce((sum, row) => sum + Number(row.split(',')[1]), 0);
    const { status, result } = importing(...args);
    expect(status).toBe(0);
    expect(result).toMatchObject({ ok: true, rows: rows.length, skipped: {}, slotMinutes: 30 });
    const [one, two] = await stored('bank');
    expect([one?.id, one?.sums.offered, two?.sums.offered]).toEqual(['calls', 12, 12]);
    expect(new Date(one?.start ?? 0).toISOString()).toBe('1999-04-11T04:00:00.000Z');
    expect((await sums('bank')).offered).toBe(calls);
    expect(importing(...args).result).toMatchObject({ rows: 0, alreadyImported: true });
    expect((await sums('bank')).offered).toBe(calls);
  });

  it('asks for the branch only when there are several', () => {
    const region = { id: 'r', name: { zh: '区', en: 'R' } };
    const [one, two] = ['one', 'two'].map((id) => ({ id, name: { zh: id, en: id }, region }));
    fileOf('network.json', JSON.stringify({ branches: [one] }));
    expect(importing('intervals', INTERVALS).result).toMatchObject({ ok: true, branch: 'one' });
    fileOf('network.json', JSON.stringify({ branches: [one, two] }));
    const { status, stderr } = importing('intervals', INTERVALS);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--branch')]);
  });

  it('[AS3] judges by the definition that was valid then', async () => {
    const branch = {
      id: 'hall',
      name: { zh: '厅', en: 'Hall' },
      region: { id: 'r', name: { zh: '区', en: 'R' } },
    };
    const definitions = [{ validFrom: '2026-03-02', serviceLevel: 'answered-only' }];
    fileOf('network.json', JSON.stringify({ branches: [branch], definitions }));
    const rows = [
      'interval_start,queue,offered,answered,answered_within,wait_seconds,abandoned,abandon_wait_seconds',
      '2026-03-01T09:00,a,10,8,6,100,2,40',
      '2026-03-02T09:00,a,10,8,6,100,2,40',
    ];
    const file = fileOf('counts.csv', rows.join('\n'));
    expect(importing('intervals', file, '--branch', 'hall', '--slot-minutes', '15').status).toBe(0);
    expect(
      (await stored('hall')).map(({ sums: { slNumerator, slDenominator } }) => [slNumerator, slDenominator]),
    ).toEqual([
      [6, 10],
      [6, 8],
    ]);
  });

  it('refuses to count a time twice, unless it is told to', async () => {
    const counts = (first: number): string =>
      [
        'interval_start,calls',
        ...[0, 15, 30, 45].map((m) => `2026-03-02T09:${m || '00'},${first}`),
        '2026-03-02T10:00,1',
      ].join('\n');
    expect(importing('intervals', fileOf('a.csv', counts(2)), '--branch', 'b').status).toBe(0);
    const other = fileOf('b.csv', counts(3));
    const { status, stderr } = importing('intervals', other, '--branch', 'b');
    expect([status, stderr]).toEqual([2, expect.stringContaining('5 quarter-hours of queue all')]);
    expect((await sums('b')).offered).toBe(9);
    expect(importing('intervals', other, '--branch', 'b', '--add').status).toBe(0);
    expect((await sums('b')).offered).toBe(22);
  });

  it('imports while somebody else writes', async () => {
    const writer = startHistoryWriter(historyFile(folder));
    await until(() => writer.stored() > 3, 'the writer stores');
    const before = writer.stored();
    const { status } = importing('intervals', INTERVALS, '--branch', 'bank');
    await until(() => writer.stored() > before, 'the writer goes on');
    await writer.kill();
    expect(status).toBe(0);
  });
});

describe('[SF3] a file that cannot be imported', () => {
  const cut = gzipSync(readFileSync(QUEUE_LOG)).subarray(0, 400);
  it.each([
    ['queue-log', 'missing', null, 'cannot read'],
    ['queue-log', 'empty', '', 'is empty'],
    ['queue-log', 'counts.csv', 'interval_start,calls\n2026-03-02T09:00,1\n', 'is none of'],
    ['queue-log', 'cut.gz', cut, 'cannot read'],
    ['queue-log', 'silent', '1266833848|NONE|NONE|NONE|QUEUESTART|\n', 'no record of it can be used'],
    ['intervals', 'missing', null, 'cannot read'],
    ['intervals', 'empty', '', 'no record of it can be used'],
    ['intervals', 'log', '918968248|1|sales|NONE|ENTERQUEUE|||1\n', 'columns are missing'],
    ['intervals', 'once', 'interval_start,calls\n2026-03-02T09:00,1\n', '--slot-minutes'],
    ['intervals', 'daily', 'interval_start,calls\n2026-03-02T00:00,1\n2026-03-03T00:00,1\n', 'too long'],
  ])('%s %s ends with 2 and a word why, and stores nothing', async (kind, name, content, why) => {
    const path = content === null ? join(folder, name) : fileOf(name, content);
    const { status, stderr, result } = importing(kind, path, '--branch', 'b');
    expect([status, result, stderr]).toEqual([2, null, expect.stringContaining(why)]);
    expect(await stored('b')).toEqual([]);
  });

  it.each([
    [['--branch', 'b', '--zone', 'Mars/Base'], '--zone'],
    [['--branch', 'b', '--queue', ''], '--queue'],
  ])('names the option that is wrong: %j', (options, why) => {
    const { status, stderr } = importing('intervals', INTERVALS, ...options);
    expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
  });
});
