import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureBody } from '#shared/failure.ts';
import type { IntervalReportFoot, IntervalReportRow } from '#shared/reports.ts';
import { type HistoryReader, HistoryUnavailable } from '#server/history/store.ts';
import { agentRow, counterRow, queueRow } from '#test/support/history-rows.ts';
import { type HistoryServer, startHistoryServer } from '#test/support/history-server.ts';
import { hall, hotline, MONDAY } from '#test/support/profiles.ts';

type Answer = IntervalReportFoot & { rows: IntervalReportRow[] };

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const DAY = 24 * HOUR;
/** The hall's day of that Monday, and its nine o'clock. */
const DAY_NUMBER = (MONDAY + 8 * HOUR) / DAY;
const NINE = MONDAY + 9 * HOUR;
/** The golden day of docs/rules.md. */
const GOLDEN = {
  ...{ offered: 1_060, answered: 1_000, abandoned: 60, answeredWithin: 860, abandonedWithin: 20 },
  ...{ shortAbandoned: 10, slNumerator: 860, slDenominator: 1_060, waitSeconds: 30_000 },
};

let server: HistoryServer;

const span = (from: number, to: number): string => `from=${from}&to=${to}`;
const ask = async (query: string) => (await server.json(`/api/v1/intervals?${query}`)) as Answer;
const at = (start: number, branch = 'hall', id = 'personal') => ({ branch, id, start, day: DAY_NUMBER });

beforeAll(async () => {
  const definitions = [
    { validFrom: '2026-03-01', branch: 'hall', thresholdSeconds: 300 },
    { validFrom: '2026-03-02', branch: 'hall', queue: 'corporate', serviceLevel: 'answered-only' as const },
  ];
  server = await startHistoryServer([
    hall({ definitions }),
    hall({ id: 'west', region: { id: 'west', name: { zh: '西', en: 'West' } } }),
    hall({ id: 'far', zone: 'Europe/Warsaw', region: { id: 'west', name: { zh: '西', en: 'West' } } }),
    hotline(),
  ]);
  await server.fill({
    queues: [
      queueRow(GOLDEN, at(NINE)),
      queueRow({ offered: 4, answered: 2, waitSeconds: 70 }, at(NINE + QUARTER)),
      queueRow({ offered: 1 }, at(NINE + HOUR)),
      queueRow(
        { answered: 4, answeredWithin: 1, slNumerator: 1, slDenominator: 4 },
        at(NINE, 'hall', 'corporate'),
      ),
      queueRow({ ...GOLDEN, waits: [3, ...Array.from({ length: 19 }, () => 0)] }, at(NINE, 'west')),
      queueRow({ offered: 7 }, { ...at(NINE, 'hotline', '=cmd'), start: NINE }),
    ],
    agents: [
      agentRow(
        { handled: 3, spentMs: { ...agentRow({}).sums.spentMs, serving: 600_000, available: 300_000 } },
        at(NINE, 'hall', 'li'),
      ),
    ],
    counters: [
      counterRow(
        {
          openInHoursMs: QUARTER,
          spentMs: { ...counterRow({}).sums.spentMs, serving: 450_000, idle: 450_000 },
        },
        at(NINE, 'hall', 'c1'),
      ),
    ],
  });
});
afterAll(() => server.close());

describe('refusals', () => {
  const nine = span(NINE, NINE + HOUR);
  it.each([
    ['intervals?branch=hall', 422, 'invalid', 'from'],
    [`intervals?${nine}`, 422, 'invalid', 'branch'],
    [`intervals?branch=nowhere&${nine}`, 404, 'not-found', 'branch'],
    [`intervals?branch=hall,nowhere&${nine}`, 404, 'not-found', 'branch'],
    [`intervals?region=nowhere&${nine}`, 404, 'not-found', 'region'],
    [`intervals?branch=hall&${nine}&step=5m`, 422, 'invalid', 'step'],
    [`intervals?branch=hall&${nine}&colour=red`, 422, 'invalid', 'colour'],
    [`intervals?branch=hall&${nine}&queue=a&agent=b`, 422, 'invalid', 'agent'],
    [`intervals?branch=hall&${nine}&of=branch&queue=a`, 422, 'invalid', 'queue'],
    [`intervals?branch=hall&${span(NINE, NINE)}`, 422, 'invalid', 'to'],
    [`intervals?branch=hall&${span(NINE, NINE + 32 * DAY)}`, 422, 'invalid', 'to'],
    [`intervals?branch=hall&${span(NINE, NINE + 93 * DAY)}&step=1h`, 422, 'invalid', 'to'],
    [`intervals?branch=hall&${span(NINE, NINE + 801 * DAY)}&step=1d`, 422, 'invalid', 'to'],
    ['intervals?branch=hall&from=2026-03-02T09:00&to=2026-03-03T09:00Z', 422, 'invalid', 'from'],
    [`visits?branch=hall&${nine}&limit=0`, 422, 'invalid', 'limit'],
    [`visits?branch=hall&${nine}&cursor=oops`, 422, 'invalid', 'cursor'],
    [`visits?branch=nowhere&${nine}`, 404, 'not-found', 'branch'],
    ['quality?branch=hall&fromDay=2026-02-30&toDay=2026-03-01', 422, 'invalid', 'fromDay'],
    ['quality?branch=hall&fromDay=2026-03-02&toDay=2026-03-01', 422, 'invalid', 'toDay'],
    ['figures?branch=hall&of=everything', 422, 'invalid', 'of'],
  ])('[SF3] %s → %i %s %s', async (path, status, code, field) => {
    const response = await server.get(`/api/v1/${path}`);
    const { error } = (await response.json()) as FailureBody;
    expect([response.status, error.code, error.field]).toEqual([status, code, field]);
  });

  it('[SF1] a branch the caller may not see is not there', async () => {
    server.hidden.add('west');
    try {
      expect((await server.get(`/api/v1/intervals?branch=west&${nine}`)).status).toBe(404);
      const { rows } = await ask(`of=network&${nine}`);
      expect(rows[0]?.branches).toBe(2);
      expect((await ask(`of=branch&region=west&${nine}`)).rows).toEqual([]);
    } finally {
      server.hidden.clear();
    }
  });

  it('[SF3] more branches and steps than one answer should hold', async () => {
    const many = Array.from({ length: 101 }, (_, i) => hall({ id: `h${i}` }));
    const large = await startHistoryServer(many);
    const response = await large.get(`/api/v1/intervals?of=network&${span(MONDAY, MONDAY + 31 * DAY)}`);
    const { error } = (await response.json()) as FailureBody;
    expect([response.status, error.code, error.field]).toEqual([413, 'too-large', 'to']);
    await large.close();
  });

  it('a history that is away is unavailable for now', async () => {
    const away = () => Promise.reject(new HistoryUnavailable('away'));
    const reader = { queueIntervals: away, visits: away, close: () => Promise.resolve() };
    const other = await startHistoryServer([hall()], reader as unknown as HistoryReader);
    const response = await other.get(`/api/v1/intervals?branch=hall&${nine}`);
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '1']);
    await other.close();
  });
});

describe('intervals', () => {
  it('[SL1] [SL2] give sums, and figures with numerator and denominator', async () => {
    const { rows, legend } = await ask(`branch=hall&queue=personal&${span(NINE, NINE + QUARTER)}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...{ branch: 'hall', id: 'personal', from: NINE, to: NINE + QUARTER, day: '2026-03-02' },
      ...{ local: '2026-03-02T09:00+08:00', complete: true },
      sums: { queue: { offered: 1_060, answered: 1_000 } },
      figures: {
        serviceLevel: { numerator: 860, denominator: 1_060, value: 860 / 1_060 },
        'serviceLevel.answered-only': { numerator: 860, denominator: 1_000, value: 0.86 },
        averageWait: { numerator: 30_000, denominator: 1_000, value: 30 },
        rating: { numerator: 0, denominator: 0, value: null },
      },
    });
    expect(legend.averageWait).toMatchObject({ unit: 'seconds', rule: 'WT3' });
  });

  it('[WN1] hours and days add up what lies in them', async () => {
    const hours = await ask(`branch=hall&queue=personal&step=1h&${span(NINE, NINE + 2 * HOUR)}`);
    expect(hours.rows.map(({ from, to, sums }) => [from, to, sums.queue?.offered])).toEqual([
      [NINE, NINE + HOUR, 1_064],
      [NINE + HOUR, NINE + 2 * HOUR, 1],
    ]);
    const days = await ask(`branch=hall&queue=personal&step=1d&${span(MONDAY, MONDAY + DAY)}`);
    expect(days.rows.map(({ from, to, sums }) => [from, to, sums.queue?.offered])).toEqual([
      [MONDAY, MONDAY + DAY, 1_065],
    ]);
  });

  it('are whole: a step is given when it starts in the span', async () => {
    const { rows } = await ask(`branch=hall&queue=personal&step=1h&${span(NINE + 1, NINE + HOUR + 1)}`);
    expect(rows.map(({ from }) => from)).toEqual([NINE + HOUR]);
  });

  it('[WN1] a day is as long as it is where the hall stands', async () => {
    const start = Date.parse('2026-03-28T23:00:00Z');
    const day = start / DAY + 1 / 24;
    await server.fill({ queues: [queueRow({ offered: 2 }, { branch: 'far', id: 'q', start, day })] });
    const { rows } = await ask(`branch=far&step=1d&${span(start, start + DAY)}`);
    expect(rows.map(({ from, to, local }) => [to - from, local])).toEqual([
      [23 * HOUR, '2026-03-29T00:00+01:00'],
    ]);
  });

  it('[AS3] name the definition each row was judged by', async () => {
    const { rows } = await ask(`branch=hall&${span(NINE, NINE + QUARTER)}`);
    expect(rows.map(({ id, definitions }) => [id, definitions])).toEqual([
      [
        'corporate',
        [
          expect.objectContaining({
            validFrom: '2026-03-02',
            serviceLevel: 'answered-only',
            thresholdSeconds: 300,
          }),
        ],
      ],
      ['personal', [expect.objectContaining({ validFrom: '2026-03-01', serviceLevel: 'headline' })]],
    ]);
  });

  it('[SL4] over branches and networks sums are added, and who is left out is named', async () => {
    const query = span(NINE, NINE + QUARTER);
    const ofHall = await ask(`branch=hall&of=branch&${query}`);
    expect(ofHall.rows).toHaveLength(1);
    expect(ofHall.rows[0]?.figures.serviceLevel).toMatchObject({ numerator: 861, denominator: 1_064 });
    expect(ofHall.rows[0]?.figures.occupancy).toMatchObject({ numerator: 600_000, denominator: 900_000 });
    expect(ofHall.rows[0]?.figures.openingRate).toMatchObject({
      numerator: QUARTER,
      denominator: 2 * QUARTER,
    });
    const { rows, leftOut } = await ask(`of=network&${query}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      branch: null,
      id: null,
      branches: 3,
      sums: { queue: { offered: 2_127 } },
    });
    expect(rows[0]?.figures.serviceLevel).toMatchObject({ numerator: 1_721, denominator: 2_124 });
    expect(leftOut).toEqual(['far']);
  });

  it('[OC1] [OC2] agents and counters', async () => {
    const query = `branch=hall&${span(NINE, NINE + QUARTER)}`;
    const [agent] = (await ask(`${query}&agent=li`)).rows;
    expect(agent?.figures.occupancy).toEqual({ numerator: 600_000, denominator: 900_000, value: 2 / 3 });
    const [counter] = (await ask(`${query}&of=counter`)).rows;
    expect(counter?.figures.counterUse?.value).toBe(0.5);
    expect(counter?.figures.openingRate?.value).toBe(1);
  });

  it('are not complete while they run, or before all of them is in history', async () => {
    const complete = async () =>
      (await ask(`branch=hall&queue=personal&${span(NINE, NINE + HOUR)}`)).rows.map((row) => row.complete);
    server.now = NINE + 2 * QUARTER - 1;
    expect(await complete()).toEqual([true, false]);
    server.now = NINE + HOUR;
    server.projectedTo = NINE + QUARTER - 1;
    expect(await complete()).toEqual([false, false]);
    server.projectedTo = Infinity;
    server.now = Date.now();
  });

  it('take a branch again and again, by commas, or a region, and times with an offset', async () => {
    const query = `from=2026-03-02T09:00:00+08:00&to=2026-03-02T01:15:00Z&of=branch`;
    const ids = async (scope: string) => (await ask(`${scope}&${query}`)).rows.map(({ branch }) => branch);
    expect(await ids('branch=hall&branch=west')).toEqual(['hall', 'west']);
    expect(await ids('branch=hall,west')).toEqual(['hall', 'west']);
    expect(await ids('region=west')).toEqual(['west']);
  });

  it('[SF3] as a table: equal columns, and nothing a spreadsheet would run', async () => {
    const path = `/api/v1/intervals?branch=hotline&branch=hall&${span(NINE, NINE + HOUR)}`;
    const response = await server.get(path, { Accept: 'text/csv' });
    expect(response.headers.get('Content-Type')).toContain('text/csv');
    const lines = (await response.text()).trim().split('\r\n');
    const widths = new Set(lines.map((line) => line.split(',').length));
    expect([lines.length, widths.size]).toEqual([5, 1]);
    expect(lines[0]).toContain('branch,id,from,to,local,day,complete,branches,definition.validFrom,');
    expect(lines[0]).toContain(',figures.averageWait.value,figures.averageWait.numerator,');
    expect(lines.some((line) => line.startsWith("hotline,'=cmd,"))).toBe(true);
    expect(await (await server.get(`${path}&format=csv`)).text()).toBe(`${lines.join('\r\n')}\r\n`);
  });
});
