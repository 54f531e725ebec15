import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistory, openHistoryReader } from '#server/history/open.ts';
import { HistoryUnavailable, UnusableHistory } from '#server/history/store.ts';
import { createThreadedReader } from '#server/history/threaded-reader.ts';
import { ALL, ALL_DAYS, queueRow, stretch } from '#test/support/history-rows.ts';
import type { HistoryUnderTest } from '#test/support/history-under-test.ts';
import { type HistoryWriter, startHistoryWriter } from '#test/support/history-writer.ts';
import { until } from '#test/support/until.ts';
import { describeHistoryReader } from './history-reader-suite.ts';
import { describeHistoryStore } from './history-store-suite.ts';

function openFolder(): Promise<HistoryUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-history-'));
  const file = join(folder, 'history.sqlite');
  const opened: { close(): Promise<void> }[] = [];
  const noted = async <Opened extends { close(): Promise<void> }>(
    opening: Promise<Opened>,
  ): Promise<Opened> => {
    opened.push(await opening);
    return opening;
  };
  return Promise.resolve({
    open: () => noted(openHistory({ file })),
    openReader: () => noted(openHistoryReader({ file })),
    run(statement) {
      const database = new DatabaseSync(file);
      database.exec(statement);
      database.close();
      return Promise.resolve();
    },
    async close() {
      await Promise.all(opened.map((each) => each.close()));
      rmSync(folder, { recursive: true });
    },
  });
}

describeHistoryStore('writing history to a file', openFolder);
describeHistoryReader('reading history from a file', openFolder);

describe('the history file', () => {
  let folder: string;
  let file: string;
  let writers: HistoryWriter[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-history-'));
    file = join(folder, 'history.sqlite');
    writers = [];
  });
  afterEach(async () => {
    await Promise.all(writers.map((writer) => writer.kill()));
    rmSync(folder, { recursive: true });
  });
  const startWriter = (): HistoryWriter => {
    const writer = startHistoryWriter(file);
    writers.push(writer);
    return writer;
  };

  it('[SF3] is whole after kill -9 in the middle of writing, and has all that was acknowledged', async () => {
    for (let life = 0; life < 4; life++) {
      const before = writers.at(-1)?.stored() ?? 0;
      const writer = startWriter();
      await until(() => writer.stored() >= before + 5, 'the writer stores');
      await writer.kill();
      const store = await openHistory({ file });
      const stored = Number((await store.positions()).get(0));
      expect(stored).toBeGreaterThanOrEqual(writer.stored());
      const intervals = await store.queueIntervals(ALL);
      const [total] = await store.queueTotals({ ...ALL_DAYS, by: [] });
      // Each stretch counts one arrival in each of its rows.
      expect(intervals.every(({ sums }) => sums.offered === stored)).toBe(true);
      expect(total?.sums.offered).toBe(stored * intervals.length);
      await store.close();
    }
  });

  it('is made once by several processes that start at once', async () => {
    const started = [startWriter(), startWriter(), startWriter()];
    await until(() => started.some((writer) => writer.stored() > 3), 'one of them stores');
    expect(started.map((writer) => writer.failure())).toEqual([null, null, null]);
  });

  it('is for its owner alone', async () => {
    await (await openHistory({ file })).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is left alone when it belongs to another program, or is no database', async () => {
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE notes (text); PRAGMA application_id = 7');
    foreign.close();
    await expect(openHistory({ file })).rejects.toThrow(UnusableHistory);
    await expect((await openHistoryReader({ file })).queueIntervals(ALL)).rejects.toThrow(UnusableHistory);
    writeFileSync(file, 'no database at all, but longer than the header of one would be: '.repeat(20));
    await expect(openHistory({ file })).rejects.toThrow(UnusableHistory);
  });

  it('cannot be opened in a folder that is not there', async () => {
    const lost = join(folder, 'none', 'history.sqlite');
    await expect(openHistory({ file: lost })).rejects.toThrow(HistoryUnavailable);
    const reader = await openHistoryReader({ file: lost });
    await expect(reader.queueIntervals(ALL)).rejects.toThrow(HistoryUnavailable);
    await reader.close();
  });
});

describe('the thread that reads', () => {
  it('is started again when it died, and what was asked of it fails at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-history-'));
    const file = join(folder, 'history.sqlite');
    const store = await openHistory({ file });
    await store.apply(stretch(null, '1', { queues: [queueRow({ offered: 1 })] }));
    const threads: Worker[] = [];
    const reader = createThreadedReader(file, () => {
      const script =
        threads.length === 0 ? 'test/support/dying-thread.mjs' : 'server/history/reader-thread.ts';
      const thread = new Worker(new URL(`../../${script}`, import.meta.url), { workerData: { file } });
      threads.push(thread);
      return thread;
    });
    const asked = [reader.queueIntervals(ALL), reader.queueDays(ALL_DAYS)];
    for (const question of asked) await expect(question).rejects.toThrow(HistoryUnavailable);
    expect(await reader.queueIntervals(ALL)).toHaveLength(1);
    expect(threads).toHaveLength(2);
    await Promise.all([reader.close(), store.close()]);
    rmSync(folder, { recursive: true });
  });
});
