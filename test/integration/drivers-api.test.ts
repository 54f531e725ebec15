import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DriverReportFoot, DriverReportRow } from '#shared/drivers.ts';
import type { FailureBody } from '#shared/failure.ts';
import { noWork } from '#server/domain/drivers/hall-record.ts';
import type { CounterInterval, QueueInterval } from '#server/domain/metrics/interval.ts';
import type { IntervalRow } from '#server/history/store.ts';
import { counterRow, queueRow } from '#test/support/history-rows.ts';
import { type HistoryServer, startHistoryServer } from '#test/support/history-server.ts';
import { hall, MONDAY } from '#test/support/profiles.ts';
import { type HallPlan, meanDay, plus, times, USUAL } from '../unit/drivers/made-halls.ts';

type Answer = DriverReportFoot & { rows: DriverReportRow[] };

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const DAY = 24 * HOUR;
const OPENS = 9 * HOUR;
const DAYS_A_MEAN = 60;

interface Rows {
  queues: IntervalRow<QueueInterval>[];
  counters: IntervalRow<CounterInterval>[];
}

/** The rows of a day that starts at `midnight` in a hall of which one queue is served. */
function rowsOf(plan: HallPlan, branch: string, midnight: number, seed: number): Rows {
  const rows: Rows = { queues: [], counters: [] };
  const day = Math.round((midnight + 8 * HOUR) / DAY);
  meanDay(plan, DAYS_A_MEAN, seed).slots.forEach(({ queues: [work], servers: [open = 0] }, slot) => {
    const place = { branch, start: midnight + OPENS + slot * QUARTER, day };
    const { arrivals, answered, abandoned, handled, workSeconds, ...waits } = work ?? noWork();
    const sums = {
      ...{ offered: Math.round(arrivals), answered: Math.round(answered), ...waits },
      ...{ abandoned: Math.round(abandoned), handled: Math.round(handled), serviceSeconds: workSeconds },
    };
    rows.queues.push(queueRow(sums, { ...place, id: 'personal' }));
    for (let counter = 1; counter <= open; counter++) {
      const spentMs = { serving: 0, wrapUp: 0, idle: QUARTER, paused: 0, closed: 0, faulted: 0 };
      rows.counters.push(counterRow({ spentMs }, { ...place, id: `c${counter}` }));
    }
  });
  return rows;
}

let server: HistoryServer;
const ask = async (query: string) => (await server.json(`/api/v1/drivers?${query}`)) as Answer;
const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined) throw new Error('nothing there');
  return first;
};

beforeAll(async () => {
  server = await startHistoryServer([
    hall(),
    hall({ id: 'new' }),
    hall({ id: 'empty' }),
    hall({ id: 'warsaw', zone: 'Europe/Warsaw' }),
  ]);
  for (let week = 1; week <= 5; week++) {
    await server.fill(rowsOf(USUAL, 'hall', MONDAY - week * 7 * DAY, 100 * week));
    // Sundays in Warsaw, the last of them the one on which summer time ends.
    const sunday = Date.parse('2026-10-24T22:00:00Z') - week * 7 * DAY;
    await server.fill(rowsOf(USUAL, 'warsaw', sunday, 100 * week));
  }
  const slow = { ...USUAL, counters: plus(USUAL.counters, -1) };
  await server.fill(rowsOf(slow, 'hall', MONDAY, 9_000));
  await server.fill(rowsOf(USUAL, 'new', MONDAY, 9_100));
  const busy = { ...USUAL, arrivals: times(USUAL.arrivals, 1.3) };
  await server.fill(rowsOf(busy, 'warsaw', Date.parse('2026-10-24T23:00:00Z'), 9_200));
  server.now = MONDAY + 20 * HOUR;
}, 60_000);
afterAll(() => server.close());

describe('GET /api/v1/drivers', () => {
  it('splits the day that runs, over the branch and by queue', async () => {
    const { rows, leftOut } = await ask('branch=hall,empty');
    expect(leftOut).toEqual(['empty']);
    const [whole, ...others] = rows;
    expect(whole).toMatchObject({
      ...{ branch: 'hall', queue: null, whole: true, day: '2026-03-02', days: 5, sameWeekday: 5 },
      ...{ from: MONDAY, to: MONDAY + 20 * HOUR, local: '2026-03-02T00:00+08:00' },
      ...{ verdict: 'slowNotBusy', causes: ['counters'], message: 'slowByCountersAgainstUsual' },
    });
    const { parts, measuredSeconds, usualSeconds } = only(rows);
    const sum = Object.values(parts ?? {}).reduce((all, part) => all + part, 0);
    expect(sum).toBeCloseTo((measuredSeconds ?? 0) - (usualSeconds ?? 0), 9);
    expect(others.filter((row) => row.queue === null)).toHaveLength(36);
    expect(others.filter((row) => row.queue === 'personal' && row.whole)).toHaveLength(1);
    expect(others.every(({ since, from }) => since === null || since <= from)).toBe(true);
  });

  it('splits a part of a day, quarter-hours that are wholly in it', async () => {
    const noon = MONDAY + 12 * HOUR;
    const { rows } = await ask(`branch=hall&from=${noon + 60_000}&to=${noon + HOUR + 60_000}`);
    const own = rows.filter(({ queue }) => queue === 'personal');
    expect(own.map(({ whole, from, to }) => [whole, from - noon, to - noon])).toEqual([
      [true, QUARTER, HOUR],
      [false, QUARTER, 2 * QUARTER],
      [false, 2 * QUARTER, 3 * QUARTER],
      [false, 3 * QUARTER, HOUR],
    ]);
  });

  it('ends where history is complete', async () => {
    server.projectedTo = MONDAY + 10 * HOUR + 7 * 60_000;
    const { rows } = await ask('branch=hall&day=2026-03-02');
    server.projectedTo = Infinity;
    expect(Math.max(...rows.map(({ to }) => to))).toBe(MONDAY + 10 * HOUR);
  });

  it('gives days of a span apart, and says when nothing is usual yet', async () => {
    const { rows } = await ask(`branch=hall&from=${MONDAY - 7 * DAY}&to=${MONDAY}`);
    expect(new Set(rows.map(({ day }) => day))).toEqual(new Set(['2026-02-23']));
    const { rows: first } = await ask('branch=new&day=2026-03-02');
    expect(first.every(({ parts, message }) => parts === null && message === 'lacking.history')).toBe(true);
  });

  it('compares by the clock on the wall when clocks are changed', async () => {
    server.now = Date.parse('2026-10-26T00:00:00Z');
    const { rows } = await ask('branch=warsaw&day=2026-10-25');
    server.now = MONDAY + 20 * HOUR;
    const quarters = rows.filter(({ queue, whole }) => queue === 'personal' && !whole);
    expect(only(quarters)).toMatchObject({ local: '2026-10-25T09:00+01:00' });
    expect(quarters.every(({ usualSeconds }) => usualSeconds !== null)).toBe(true);
    expect(quarters).toHaveLength(36);
    expect(only(rows)).toMatchObject({ whole: true, verdict: 'busyAndSlow', days: 5 });
  });

  it('is a table too, with the same columns whether something is known or not', async () => {
    const lines = (await (await server.get('/api/v1/drivers?branch=new,hall&format=csv')).text()).split(
      '\r\n',
    );
    const width = only(lines).split(',').length;
    expect(only(lines)).toContain('parts.arrivals,parts.handling,parts.counters,parts.rest');
    expect(lines.slice(1, -1).every((line) => line.split(',').length === width)).toBe(true);
    expect(lines.length).toBeGreaterThan(100);
  });

  it.each([
    ['', 422, 'invalid', 'branch'],
    ['branch=nowhere', 404, 'not-found', 'branch'],
    ['branch=hall&from=1000', 422, 'invalid', 'to'],
    ['branch=hall&to=1000', 422, 'invalid', 'from'],
    ['branch=hall&from=2000&to=1000', 422, 'invalid', 'to'],
    [`branch=hall&from=0&to=${9 * DAY}`, 422, 'invalid', 'to'],
    ['branch=hall&day=2026-03-02&from=0&to=1000', 422, 'invalid', 'day'],
    ['branch=hall&day=yesterday', 422, 'invalid', 'day'],
    ['branch=hall&queue=personal', 422, 'invalid', 'queue'],
  ])('refuses %s', async (query, status, code, field) => {
    const response = await server.get(`/api/v1/drivers?${query}`);
    const { error } = (await response.json()) as FailureBody;
    expect([response.status, error.code, error.field]).toEqual([status, code, field]);
  });

  it('shows nobody a branch that is not theirs', async () => {
    server.hidden.add('hall');
    expect((await server.get('/api/v1/drivers?branch=hall')).status).toBe(404);
    server.hidden.clear();
  });
});
