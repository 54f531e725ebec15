/** What history promises to whoever reads it; every database runs the same suite. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type QueueInterval, WAIT_BUCKETS } from '#server/domain/metrics/interval.ts';
import { AnswerTooLarge, type HistoryStore, type IntervalRow } from '#server/history/store.ts';
import {
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

export function describeHistoryReader(name: string, open: () => Promise<HistoryUnderTest>): void {
  describe(name, () => {
    let under: HistoryUnderTest;
    let store: HistoryStore;
    beforeEach(async () => {
      under = await open();
      store = await under.open();
    });
    afterEach(() => under.close());

    it('gives back every field of every kind of row as it was told', async () => {
      const numbered = (row: IntervalRow<QueueInterval>): void => {
        Object.keys(row.sums).forEach((key, i) => Object.assign(row.sums, { [key]: i + 1 }));
        row.sums.waits = waits(0).map((_, i) => i + 100);
      };
      const queue = queueRow({});
      numbered(queue);
      const counter = counterRow({
        openInHoursMs: 5,
        spentMs: { serving: 1, wrapUp: 2, idle: 3, paused: 4, closed: 6, faulted: 7 },
      });
      const source = sourceDay({
        events: 1,
        late: 2,
        repeated: 3,
        implied: 4,
        unfinished: 5,
        duplicate: 6,
        rejected: 7,
        skewSecondsMax: 8.5,
        gapSecondsMax: 9,
      });
      const lost = visitRow({
        contact: 'k2',
        queue: null,
        ticket: null,
        arrivedAt: null,
        queuedAt: null,
        calledAt: null,
        startedAt: null,
        endedAt: null,
        result: 'lost',
        waitSeconds: null,
        totalWaitSeconds: null,
        serviceSeconds: null,
        holdSeconds: null,
        agent: null,
        counter: null,
        at: NINE + 90_000,
      });
      await store.apply(
        stretch(null, '1', {
          queues: [queue],
          counters: [counter],
          sources: [source],
          visits: [lost, visitRow({})],
        }),
      );
      expect(await store.queueIntervals(ALL)).toEqual([queue]);
      expect(await store.queueDays(ALL_DAYS)).toEqual([queue]);
      expect(await store.counterIntervals(ALL)).toEqual([counter]);
      expect(await store.counterDays(ALL_DAYS)).toEqual([counter]);
      expect(await store.sourceDays(ALL_DAYS)).toEqual([source]);
      const visits = await store.visits({ branch: 'hall', from: 0, to: NINE * 2, limit: 10 });
      expect(visits).toEqual([
        { ...visitRow({}), score: null },
        { ...lost, score: null },
      ]);
    });

    it('keeps sums of days equal to those of their quarter-hours, and gives totals of any of them', async () => {
      const rows = Array.from({ length: 200 }, (_, i) =>
        queueRow(
          { offered: i, waitSeconds: i / 8, waitSecondsMax: i % 7, waits: waits(i % WAIT_BUCKETS) },
          {
            branch: `b${i % 3}`,
            id: `q${i % 2}`,
            start: NINE + (i % 50) * QUARTER,
            day: DAY + Math.floor((i % 50) / 25),
          },
        ),
      );
      await store.apply(stretch(null, '1', { queues: rows.slice(0, 90) }));
      await store.apply(stretch('1', '2', { queues: rows.slice(90) }));
      const intervals = await store.queueIntervals(ALL);
      const days = await store.queueDays(ALL_DAYS);
      const offered = (some: { sums: QueueInterval }[]) =>
        some.reduce((sum, { sums }) => sum + sums.offered, 0);
      const longest = (some: { sums: QueueInterval }[]) =>
        Math.max(...some.map(({ sums }) => sums.waitSecondsMax));
      expect(offered(days)).toBe((199 * 200) / 2);
      for (const day of days) {
        const own = intervals.filter(
          (row) => row.branch === day.branch && row.id === day.id && row.day === day.day,
        );
        expect([offered(own), longest(own)]).toEqual([day.sums.offered, day.sums.waitSecondsMax]);
        expect(day.start).toBe(Math.min(...own.map(({ start }) => start)));
      }
      const byBranch = await store.queueTotals({ ...ALL_DAYS, by: ['branch'] });
      expect(byBranch.map(({ branch, id, day }) => [branch, id, day])).toEqual(
        ['b0', 'b1', 'b2'].map((id) => [id, null, null]),
      );
      expect(byBranch[1]?.sums.offered).toBe(offered(days.filter(({ branch }) => branch === 'b1')));
      const [all] = await store.queueTotals({ ...ALL_DAYS, by: [] });
      expect([offered(days), longest(days)]).toEqual([all?.sums.offered, all?.sums.waitSecondsMax]);
      expect(await store.queueTotals({ ...ALL_DAYS, by: ['day', 'id'] })).toHaveLength(4);
      expect(await store.queueTotals({ ...ALL_DAYS, branches: ['nowhere'], by: [] })).toEqual([]);
    });

    it('reads some branches, one id, and a time that ends before its end', async () => {
      const at = (branch: string, id: string, quarter: number) =>
        counterRow({}, { branch, id, start: NINE + quarter * QUARTER });
      const rows = ['a', 'b', 'c'].flatMap((branch) =>
        [0, 1, 2].map((quarter) => at(branch, quarter === 1 ? 'x' : 'y', quarter)),
      );
      await store.apply(stretch(null, '1', { counters: rows }));
      const read = async (query: object) =>
        (await store.counterIntervals({ ...ALL, ...query })).map(
          ({ branch, start }) => `${branch}${(start - NINE) / QUARTER}`,
        );
      expect(await read({ branches: ['c', 'a'], to: NINE + 2 * QUARTER })).toEqual(['a0', 'a1', 'c0', 'c1']);
      expect(await read({ from: NINE + 1, id: 'y' })).toEqual(['a2', 'b2', 'c2']);
      expect(await read({ branches: [] })).toEqual([]);
      expect(await store.counterDays({ ...ALL_DAYS, fromDay: DAY + 1 })).toEqual([]);
    });

    it.each(['厅 👩‍👩‍👧', `o'clock "x" \`y\``, "'; DROP TABLE visits; --", '%_\\', '\uFEFF', '__proto__', ' '])(
      'keeps names as they are: %j',
      async (text) => {
        const row = queueRow({ offered: 1 }, { branch: text, id: text });
        await store.apply(
          stretch(null, text, { queues: [row], visits: [visitRow({ branch: text, ticket: text })] }),
        );
        await store.apply(stretch(text, '2', { queues: [row] }));
        const [found] = await store.queueIntervals({ ...ALL, branches: [text], id: text });
        expect(found).toMatchObject({ branch: text, id: text, sums: { offered: 2 } });
        const visits = await store.visits({ branch: text, queue: 'q', from: 0, to: NINE * 2, limit: 1 });
        expect(visits[0]?.ticket).toBe(text);
      },
    );

    it('gives a rating to the visit it belongs to, whichever is told first', async () => {
      const rated = (contact: string, at: number, score: number) => ({ branch: 'hall', contact, at, score });
      const next = NINE + 400_000;
      await store.apply(
        stretch(null, '1', { ratings: [rated('k1', NINE + 310_000, 0.2), rated('k1', NINE + 320_000, 0.4)] }),
      );
      await store.apply(
        stretch('1', '2', {
          visits: [
            visitRow({}),
            visitRow({ queue: 'r', queuedAt: next, at: next + 1 }),
            visitRow({ contact: 'k2', at: NINE + 2 }),
          ],
        }),
      );
      await store.apply(
        stretch('2', '3', { ratings: [rated('k1', next + 60_000, 1), rated('nobody', NINE, 1)] }),
      );
      const visits = await store.visits({ branch: 'hall', from: 0, to: NINE * 2, limit: 10 });
      expect(visits.map(({ contact, queue, score }) => [contact, queue, score])).toEqual([
        ['k2', 'q', null],
        ['k1', 'q', 0.4],
        ['k1', 'r', 1],
      ]);
    });

    it('gives visits page by page, in order', async () => {
      const visits = Array.from({ length: 25 }, (_, i) => visitRow({ contact: `k${i}`, at: NINE + (i % 5) }));
      await store.apply(stretch(null, '1', { visits }));
      const query = { branch: 'hall', queue: 'q', from: NINE, to: NINE + 5, limit: 10 };
      const first = await store.visits(query);
      const last = first.at(-1);
      const more = await store.visits({ ...query, limit: 20, ...(last && { after: last }) });
      const found = [...first, ...more];
      expect(new Set(found.map(({ contact }) => contact)).size).toBe(25);
      expect(found.map(({ at }) => at)).toEqual(visits.map(({ at }) => at).sort((a, b) => a - b));
      expect(await store.visits({ ...query, to: NINE })).toEqual([]);
    });

    it('is read whole stretches at a time while it is written', async () => {
      const reader = await under.openReader();
      const both = { queues: ['x', 'y'].map((id) => queueRow({ offered: 1 }, { id })) };
      const writing = (async () => {
        for (let i = 0; i < 60; i++)
          await store.apply(stretch(i === 0 ? null : String(i), String(i + 1), both));
      })();
      const seen: number[] = [];
      do {
        const rows = await reader.queueDays(ALL_DAYS);
        const [x = 0, y = 0] = rows.map(({ sums }) => sums.offered);
        expect(x).toBe(y);
        seen.push(x);
      } while (seen.at(-1) !== 60);
      await writing;
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    });

    it('answers many questions at once, each with its own rows', async () => {
      const rows = Array.from({ length: 300 }, (_, i) =>
        queueRow({ offered: i }, { branch: `b${i % 10}`, start: NINE + i * QUARTER }),
      );
      await store.apply(stretch(null, '1', { queues: rows }));
      const reader = await under.openReader();
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, i) => reader.queueIntervals({ ...ALL, branches: [`b${i % 10}`] })),
      );
      answers.forEach((answer, i) => {
        expect(answer.map(({ sums }) => sums.offered)).toEqual(
          Array.from({ length: 30 }, (_, k) => k * 10 + (i % 10)),
        );
      });
    });

    it('says that an answer would be too large instead of taking all memory', async () => {
      await under.run(`
        INSERT INTO source_days (branch, day, source, events, late, repeated, implied, unfinished, duplicate, rejected,
          skew_seconds_max, gap_seconds_max)
        WITH RECURSIVE days (day) AS (SELECT 1 UNION ALL SELECT day + 1 FROM days WHERE day < 250001)
        SELECT 'hall', day, 's', 1, 0, 0, 0, 0, 0, 0, 0, 0 FROM days`);
      const reader = await under.openReader();
      const query = { branches: ['hall'], fromDay: 0, toDay: 1e6 };
      await expect(reader.sourceDays(query)).rejects.toThrow(AnswerTooLarge);
      expect(await reader.sourceDays({ ...query, toDay: 250_001 })).toHaveLength(250_000);
    });
  });
}
