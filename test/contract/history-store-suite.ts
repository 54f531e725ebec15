/** What history promises to whoever writes it; every database runs the same suite. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentInterval, WAIT_BUCKETS } from '#server/domain/metrics/interval.ts';
import {
  AlreadyProjected,
  type HistoryStore,
  UnstorableRow,
  UnusableHistory,
} from '#server/history/store.ts';
import {
  agentRow,
  ALL,
  ALL_DAYS,
  counterRow,
  DAY,
  NINE,
  QUARTER,
  queueRow,
  sourceDay,
  stretch,
  visitRow,
  waits,
} from '#test/support/history-rows.ts';
import type { HistoryUnderTest } from '#test/support/history-under-test.ts';

export function describeHistoryStore(name: string, open: () => Promise<HistoryUnderTest>): void {
  describe(name, () => {
    let under: HistoryUnderTest;
    let store: HistoryStore;
    beforeEach(async () => {
      under = await open();
      store = await under.open();
    });
    afterEach(() => under.close());

    it('[SL4] adds what comes later to the row that is there, whenever it belongs', async () => {
      await store.apply(
        stretch(null, '1', { queues: [queueRow({ offered: 2, waitSeconds: 1.5, waits: waits(3) })] }),
      );
      await store.apply(
        stretch('1', '2', {
          queues: [
            queueRow({ offered: 1 }, { start: NINE + 90 * QUARTER, day: DAY + 1 }),
            queueRow({ offered: 3, waitSeconds: 0.25, waits: waits(3) }),
            queueRow({ offered: 4, waits: waits(WAIT_BUCKETS - 1) }),
          ],
        }),
      );
      const [first, second] = await store.queueIntervals(ALL);
      expect(first).toMatchObject({ branch: 'hall', id: 'q', start: NINE, day: DAY });
      expect(first?.sums).toMatchObject({ offered: 9, waitSeconds: 1.75 });
      expect(first?.sums.waits[3]).toBe(2);
      expect(first?.sums.waits.at(-1)).toBe(1);
      expect(second).toMatchObject({ start: NINE + 90 * QUARTER, day: DAY + 1, sums: { offered: 1 } });
    });

    it('keeps the largest of maxima, within a stretch and over several', async () => {
      const longest = (waitSecondsMax: number) => queueRow({ waitSecondsMax, observedWaitingMax: 3 });
      await store.apply(stretch(null, '1', { queues: [longest(7.5), longest(3)] }));
      await store.apply(stretch('1', '2', { queues: [longest(5)] }));
      const [row] = await store.queueIntervals(ALL);
      expect(row?.sums).toMatchObject({ waitSecondsMax: 7.5, observedWaitingMax: 3 });
    });

    it('takes negative addends, which correct what was told wrongly', async () => {
      const { spentMs } = agentRow({}).sums;
      const spent = (serving: number, available: number) =>
        agentRow({ spentMs: { ...spentMs, serving, available }, serviceSeconds: 0.5 });
      await store.apply(stretch(null, '1', { agents: [spent(900_000, 0)] }));
      await store.apply(stretch('1', '2', { agents: [spent(-400_000, 400_000)] }));
      const [row] = await store.agentIntervals(ALL);
      expect(row?.sums).toEqual<AgentInterval>({
        ...agentRow({}).sums,
        spentMs: { ...spentMs, serving: 500_000, available: 400_000 },
        serviceSeconds: 1,
      });
    });

    it('[DQ1] adds up the quality of sources', async () => {
      await store.apply(stretch(null, '1', { sources: [sourceDay({ late: 2, skewSecondsMax: 3 })] }));
      await store.apply(
        stretch('1', '2', {
          sources: [sourceDay({ late: 1, events: 5, skewSecondsMax: 1 }), sourceDay({ source: 't' })],
        }),
      );
      const days = await store.sourceDays({ ...ALL_DAYS, id: 's' });
      expect(days).toEqual([sourceDay({ late: 3, events: 5, skewSecondsMax: 3 })]);
    });

    it('stores nothing twice: who comes second is told so, and each shard is looked at', async () => {
      const counted = { queues: [queueRow({ offered: 1 })] };
      await store.apply(stretch(null, '1-0', counted, [3, 4]));
      const other = await under.open();
      const late = [
        stretch(null, '1-0', counted, [3]),
        stretch('0-9', '2-0', counted, [3]),
        stretch('1-0', '2-0', counted, [3, 5]),
        stretch('1-0', '2-0', counted, [63]),
      ];
      for (const projection of late) await expect(other.apply(projection)).rejects.toThrow(AlreadyProjected);
      expect(await store.positions()).toEqual(
        new Map([
          [3, '1-0'],
          [4, '1-0'],
        ]),
      );
      await other.apply(stretch('1-0', '2-0', counted, [4]));
      expect([...(await store.positions())].sort()).toEqual([
        [3, '1-0'],
        [4, '2-0'],
      ]);
      expect((await store.queueIntervals(ALL))[0]?.sums.offered).toBe(2);
    });

    it('lets one of many win who store the same stretch at the same time', async () => {
      const stores = await Promise.all([1, 2, 3, 4].map(() => under.open()));
      const counted = { queues: [queueRow({ offered: 1 })] };
      const ends = await Promise.allSettled(stores.map((each) => each.apply(stretch(null, '1', counted))));
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const end of ends)
        if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(AlreadyProjected);
      expect((await store.queueIntervals(ALL))[0]?.sums.offered).toBe(1);
    });

    it.each([
      ['a sum that is no number', { queues: [queueRow({ waitSeconds: NaN })] }],
      ['a count that is not whole', { queues: [queueRow({ offered: 0.5 })] }],
      ['a count beyond 32 bits', { queues: [queueRow({ offered: 2 ** 31 })] }],
      ['a text with NUL', { visits: [visitRow({ ticket: 'A\0' })] }],
      ['half a character', { agents: [agentRow({}, { id: '\ud83d' })] }],
      ['a histogram of other buckets', { queues: [queueRow({ waits: [1] })] }],
    ])('refuses %s, and stores nothing of the stretch', async (_what, rows) => {
      const good = { counters: [counterRow({})] };
      await expect(store.apply(stretch(null, '1', { ...good, ...rows }))).rejects.toThrow(UnstorableRow);
      expect([await store.positions(), await store.counterIntervals(ALL)]).toEqual([new Map(), []]);
    });

    it('[SF3] takes everything back when a later part of the stretch fails', async () => {
      await under.run('ALTER TABLE source_days RENAME TO gone');
      const rows = { queues: [queueRow({ offered: 1 })], visits: [visitRow({})], sources: [sourceDay({})] };
      await expect(store.apply(stretch(null, '1', rows))).rejects.toThrow('source_days');
      await under.run('ALTER TABLE gone RENAME TO source_days');
      const other = await under.open();
      expect([
        await other.positions(),
        await other.queueIntervals(ALL),
        await other.queueDays(ALL_DAYS),
      ]).toEqual([new Map(), [], []]);
      await other.apply(stretch(null, '1', rows));
      expect((await other.queueDays(ALL_DAYS))[0]?.sums.offered).toBe(1);
    });

    it('imports a file once, whole', async () => {
      const { queues, agents, counters, visits, sources } = stretch(null, '', {
        queues: [queueRow({ offered: 2 })],
      });
      const rows = { queues, agents, counters, visits, sources };
      const other = await under.open();
      const file = { sha256: 'abc', name: "may's.log" };
      const answers = await Promise.all([store.importRows(file, [rows]), other.importRows(file, [rows])]);
      expect(answers.sort()).toEqual([false, true]);
      expect([await store.isImported('abc'), await store.isImported('abd')]).toEqual([true, false]);
      expect(await store.importRows({ ...file, sha256: 'abd' }, [rows])).toBe(true);
      expect((await store.queueDays(ALL_DAYS))[0]?.sums.offered).toBe(4);
      expect(await store.positions()).toEqual(new Map());
    });

    it('lets go of what is old, of each kind by its own limit', async () => {
      const rows = Array.from({ length: 5_000 }, (_, i) =>
        queueRow(
          { offered: 1 },
          { branch: `b${i % 2}`, start: NINE + i * QUARTER, day: DAY + Math.floor(i / 96) },
        ),
      );
      const visits = [0, 10].map((days) => visitRow({ contact: `k${days}`, at: NINE + days * 96 * QUARTER }));
      await store.apply(
        stretch(null, '1', {
          queues: rows,
          visits,
          sources: [sourceDay({})],
          ratings: [{ branch: 'hall', contact: 'k0', at: NINE, score: 1 }],
        }),
      );
      const limits = { intervals: NINE + 4_500 * QUARTER, visits: NINE + 1, days: (DAY + 10) * 96 * QUARTER };
      // Two branches, ten days of each, the rating, the visit and the source's day.
      expect(await store.prune(limits)).toBe(4_500 + 20 + 3);
      expect((await store.queueIntervals(ALL)).length).toBe(500);
      expect((await store.queueDays(ALL_DAYS)).every(({ day }) => day >= DAY + 10)).toBe(true);
      expect(
        (await store.visits({ branch: 'hall', from: 0, to: NINE * 2, limit: 9 })).map(
          ({ contact }) => contact,
        ),
      ).toEqual(['k10']);
      expect(await store.prune(limits)).toBe(0);
    });

    it('opens again what is there, and refuses what a newer Muster wrote', async () => {
      await store.apply(stretch(null, '1', { queues: [queueRow({ offered: 1 })] }));
      expect(await (await under.open()).queueIntervals(ALL)).toHaveLength(1);
      await under.run(`INSERT INTO migrations (version, name, at) VALUES (9999, 'later', 0)`);
      await expect(under.open()).rejects.toThrow(UnusableHistory);
    });
  });
}
