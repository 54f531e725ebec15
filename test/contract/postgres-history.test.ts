import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHistory, openHistoryReader } from '#server/history/open.ts';
import { HistoryUnavailable } from '#server/history/store.ts';
import { NINE, queueRow, stretch } from '#test/support/history-rows.ts';
import type { HistoryUnderTest } from '#test/support/history-under-test.ts';
import { type OwnPostgres, run, startOwnPostgres } from '#test/support/own-postgres.ts';
import { describeHistoryReader } from './history-reader-suite.ts';
import { describeHistoryStore } from './history-store-suite.ts';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
}, 60_000);
afterAll(() => postgres.remove());

async function openDatabase(): Promise<HistoryUnderTest> {
  const databaseUrl = await postgres.database('history');
  const opened: { close(): Promise<void> }[] = [];
  const noted = async <Opened extends { close(): Promise<void> }>(
    opening: Promise<Opened>,
  ): Promise<Opened> => {
    opened.push(await opening);
    return opening;
  };
  return {
    open: () => noted(openHistory({ databaseUrl })),
    openReader: () => noted(openHistoryReader({ databaseUrl })),
    run: (statement) => run(databaseUrl, statement),
    async close() {
      await Promise.all(opened.map((each) => each.close()));
    },
  };
}

describeHistoryStore('writing history to PostgreSQL', openDatabase);
describeHistoryReader('reading history from PostgreSQL', openDatabase);

describe('history in PostgreSQL', () => {
  it('[SF3] says that the database is away, and stores again when it is back', async () => {
    const databaseUrl = await postgres.database('away');
    const store = await openHistory({ databaseUrl });
    await store.apply(stretch(null, '1'));
    await postgres.kill();
    await expect(store.apply(stretch('1', '2'))).rejects.toThrow(HistoryUnavailable);
    await expect(store.positions()).rejects.toThrow(HistoryUnavailable);
    await expect(openHistory({ databaseUrl })).rejects.toThrow(HistoryUnavailable);
    await postgres.start();
    await store.apply(stretch('1', '2', { queues: [queueRow({ offered: 1 })] }));
    expect(await store.queueIntervals({ branches: null, from: 0, to: NINE * 2 })).toHaveLength(1);
    await store.close();
  });

  it('is made once by several programs that start at once', async () => {
    const databaseUrl = await postgres.database('fresh');
    const stores = await Promise.all([1, 2, 3, 4].map(() => openHistory({ databaseUrl })));
    expect(await Promise.all(stores.map((store) => store.positions()))).toEqual(stores.map(() => new Map()));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('names a database that is not there', async () => {
    const databaseUrl = (await postgres.database('here')).replace('/here', '/nowhere');
    await expect(openHistory({ databaseUrl })).rejects.toThrow(/"nowhere" does not exist/);
  });
});
