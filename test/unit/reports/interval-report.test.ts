import { describe, expect, it } from 'vitest';
import { MAX_DAYS, type Step, type Subject } from '#shared/report-queries.ts';
import type { IntervalReportFoot, IntervalReportRow } from '#shared/reports.ts';
import { hallDay } from '#server/domain/branch/hall-day.ts';
import { addQueueInterval, noQueueInterval, type QueueInterval } from '#server/domain/metrics/interval.ts';
import type { DayQuery, HistoryReader, IntervalQuery, IntervalRow } from '#server/history/store.ts';
import { intervalReport } from '#server/reports/interval-report.ts';
import { queueRow } from '#test/support/history-rows.ts';
import { hall } from '#test/support/profiles.ts';

const QUARTER = 900_000;
const DAY = 86_400_000;
const HALLS = [
  hall({ id: 'warsaw', zone: 'Europe/Warsaw' }),
  hall({ id: 'night', zone: 'Europe/Warsaw', dayStartMinutes: 270 }),
  hall({ id: 'kolkata', zone: 'Asia/Kolkata' }),
  hall({ id: 'howe', zone: 'Australia/Lord_Howe' }),
];
/** Ten days around the end of summer time in Warsaw, from a local midnight on. */
const FROM = Date.parse('2026-10-19T22:00:00Z');
const TO = FROM + 10 * DAY;

/** One offered in every quarter-hour of every hall, long before and after. */
const ROWS: IntervalRow<QueueInterval>[] = HALLS.flatMap((profile) =>
  Array.from({ length: (14 * DAY) / QUARTER }, (_, i) => {
    const start = FROM - 2 * DAY + i * QUARTER;
    return queueRow({ offered: 1 }, { branch: profile.id, start, day: hallDay(profile, start) });
  }),
);

/** A history of these rows that counts how much it was asked for at once. */
function historyOf(rows: readonly IntervalRow<QueueInterval>[]) {
  let most = 0;
  const among = (found: IntervalRow<QueueInterval>[]): Promise<IntervalRow<QueueInterval>[]> => {
    most = Math.max(most, found.length);
    return Promise.resolve(structuredClone(found));
  };
  const isOf = (query: { branches: readonly string[] | null }, row: { branch: string }): boolean =>
    query.branches === null || query.branches.includes(row.branch);
  const none = () => Promise.resolve([]);
  const reader = {
    queueIntervals: (query: IntervalQuery) =>
      among(rows.filter((row) => isOf(query, row) && row.start >= query.from && row.start < query.to)),
    queueDays: (query: DayQuery) =>
      among(
        daysOf(rows.filter((row) => isOf(query, row) && row.day >= query.fromDay && row.day < query.toDay)),
      ),
    ...{ agentIntervals: none, agentDays: none, counterIntervals: none, counterDays: none },
  };
  return { history: reader as unknown as HistoryReader, most: () => most };
}

function daysOf(rows: readonly IntervalRow<QueueInterval>[]): IntervalRow<QueueInterval>[] {
  const days = Map.groupBy(rows, ({ branch, day }) => `${branch} ${day}`);
  return [...days.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const sums = noQueueInterval();
    for (const row of [first, ...rest]) addQueueInterval(sums, row.sums);
    return [{ ...first, sums }];
  });
}

async function report(step: Step, of: Subject, branches = HALLS, rows = ROWS) {
  const { history, most } = historyOf(rows);
  const parts = { history, projectedTo: () => Infinity, now: () => TO + 30 * DAY };
  const { signal } = new AbortController();
  const wanted = { branches, of, id: undefined, span: { from: FROM, to: TO }, step, signal };
  const pages = intervalReport(parts, wanted);
  const all: IntervalReportRow[] = [];
  let foot: IntervalReportFoot | undefined;
  for (let next = await pages.next(); ; next = await pages.next()) {
    if (next.done === true) {
      foot = next.value;
      break;
    }
    all.push(...next.value);
  }
  return { rows: all, foot, most: most() };
}

const minutesOf = ({ from, to }: { from: number; to: number }): number => (to - from) / 60_000;
const offeredIn = ({ sums }: IntervalReportRow): number => sums.queue?.offered ?? 0;

describe('intervalReport', () => {
  it.each(['15m', '1h', '1d'] as const)(
    '[WN1] every quarter-hour stands in one %s of its hall, and all of it',
    async (step) => {
      const { rows, most } = await report(step, 'queue');
      expect(most).toBeLessThanOrEqual(200);
      for (const { id } of HALLS) {
        const own = rows.filter(({ branch }) => branch === id);
        for (const [i, row] of own.entries()) {
          expect(offeredIn(row)).toBe(minutesOf(row) / 15);
          expect(row.from).toBe(own[i - 1]?.to ?? row.from);
        }
        expect(own[0]?.from).toBeGreaterThanOrEqual(FROM);
        expect(own.at(-1)?.from).toBeLessThan(TO);
        expect(own.at(-1)?.to).toBeGreaterThanOrEqual(TO);
      }
    },
  );

  it('[WN1] knows long, short and half hours', async () => {
    const { rows: days } = await report('1d', 'branch', HALLS.slice(0, 1));
    expect(days.map((row) => minutesOf(row) / 60)).toEqual([24, 24, 24, 24, 24, 25, 24, 24, 24, 24]);
    const { rows: hours } = await report('1h', 'branch', HALLS.slice(0, 1));
    expect(hours).toHaveLength(241 - 1);
    expect(hours.filter(({ day }) => day === '2026-10-25')).toHaveLength(25);
  });

  it('[SL4] a network adds its halls up by one clock, and by the date where it counts days', async () => {
    const { rows: hours } = await report('1h', 'network');
    expect(
      hours.every((row) => offeredIn(row) === 16 && row.branches === 4 && row.local.endsWith('+00:00')),
    ).toBe(true);
    const { rows: days, foot } = await report('1d', 'network');
    const sunday = days.find(({ day }) => day === '2026-10-25');
    // The day of the hall that starts at 4:30 had its long hour the night before.
    expect(sunday && offeredIn(sunday)).toBe((25 + 24 + 24 + 24) * 4);
    expect(foot?.leftOut).toEqual([]);
  });

  it('[SL4] names who is in no sum', async () => {
    const without = ROWS.filter(({ branch }) => branch !== 'howe');
    expect((await report('1d', 'network', HALLS, without)).foot?.leftOut).toEqual(['howe']);
  });

  it('asks for little at once, however long the span', async () => {
    const halls = Array.from({ length: 50 }, (_, i) => hall({ id: `h${i}` }));
    const day = hallDay(halls[0] ?? hall(), FROM);
    const rows = halls.flatMap(({ id }) =>
      Array.from({ length: MAX_DAYS['15m'] }, (_, i) =>
        queueRow({ offered: 1 }, { branch: id, day: day + i }),
      ),
    );
    expect((await report('1d', 'network', halls, rows)).most).toBeLessThanOrEqual(200);
  });

  it('stops reading when nobody waits for the answer', async () => {
    const { history } = historyOf(ROWS);
    const gone = new AbortController();
    const parts = { history, projectedTo: () => Infinity, now: () => TO };
    const pages = intervalReport(parts, {
      ...{ branches: HALLS, of: 'queue', id: undefined, span: { from: FROM, to: TO } },
      ...{ step: '15m', signal: gone.signal },
    });
    expect((await pages.next()).done).toBe(false);
    gone.abort();
    await expect(
      (async () => {
        for await (const page of pages) expect(page.length).toBeGreaterThan(0);
      })(),
    ).rejects.toThrow('aborted');
  });
});
