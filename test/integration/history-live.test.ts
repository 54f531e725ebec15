import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IntervalReportFoot, IntervalReportRow, VisitPage } from '#shared/reports.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { hall } from '#test/support/profiles.ts';
import { runApp, type RunningApp } from '#test/support/running-app.ts';
import { until } from '#test/support/until.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** Start of the quarter-hour before the last one. */
const START = Math.floor(Date.now() / QUARTER) * QUARTER - 2 * QUARTER;

let server: RunningApp;
beforeAll(async () => {
  const always = [{ opens: '00:00', closes: '24:00' }];
  server = await runApp(createMemoryEventLog(), [hall({ hours: always })]);
});
afterAll(() => server.stop());

let ids = 0;
const fact = (at: number, type: string, fields: object) => ({
  ...{ id: `e${++ids}`, at, type, branch: 'hall' },
  ...fields,
});
const contact = { contact: 'k1' };

type Answer = IntervalReportFoot & { rows: IntervalReportRow[] };
const span = `branch=hall&from=${START}&to=${START + 3 * QUARTER}`;
const intervals = async (query: string): Promise<Answer> =>
  (await server.get(`/api/v1/intervals?${span}&${query}`)) as Answer;

it('[SL4] what was told a moment ago is in history, in its own quarter-hour', async () => {
  await server.tell([
    fact(START, 'agent.signedIn', { agent: 'li', counter: 'c1' }),
    fact(START, 'counter.opened', { counter: 'c1', agent: 'li' }),
    fact(START + MINUTE, 'contact.queued', { ...contact, queue: 'personal', ticket: 'A1' }),
    fact(START + 3 * MINUTE, 'contact.called', { ...contact, counter: 'c1', agent: 'li' }),
    fact(START + 4 * MINUTE, 'contact.started', { ...contact, counter: 'c1', agent: 'li' }),
    fact(START + 9 * MINUTE, 'contact.ended', contact),
    fact(START + 10 * MINUTE, 'agent.stateChanged', { agent: 'li', state: 'available' }),
    fact(START + 2 * QUARTER, 'source.heartbeat', {}),
  ]);
  await until(async () => (await intervals('of=queue')).rows[0]?.complete === true, 'the row is complete');

  const [row] = (await intervals('queue=personal')).rows;
  expect(row).toMatchObject({
    ...{ from: START, id: 'personal' },
    sums: { queue: { offered: 1, answered: 1, waitSeconds: 120, handled: 1, serviceSeconds: 300 } },
  });
  const agents = (await intervals('agent=li')).rows;
  const spent = agents[0]?.sums.agent?.spentMs as Record<string, number>;
  expect(spent).toMatchObject({ serving: 5 * MINUTE, wrapUp: MINUTE, available: 9 * MINUTE });
  expect(agents.map(({ complete }) => complete)).toEqual([true, true]);

  const page = (await server.get(`/api/v1/visits?${span}`)) as VisitPage;
  expect(page.rows).toMatchObject([{ contact: 'k1', ticket: 'A1', result: 'answered', waitSeconds: 120 }]);
});

it('[DQ1] the quality of its source is there too, on the day it was heard', async () => {
  const day = new Date(Date.now() + 8 * 60 * MINUTE).toISOString().slice(0, 10);
  const answer = await server.get(`/api/v1/quality?branch=hall&fromDay=${day}&toDay=${day}`);
  expect(answer).toMatchObject({
    rows: [{ branch: 'hall', day, events: 8, late: expect.any(Number) as number }],
  });
});
