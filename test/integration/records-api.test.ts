import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import type { QualityRow, ReportFigure, VisitPage } from '#shared/reports.ts';
import { advance } from '#server/domain/live-branch.ts';
import { sourceDay, visitRow } from '#test/support/history-rows.ts';
import { type HistoryServer, startHistoryServer } from '#test/support/history-server.ts';
import { clock, hall, MONDAY, told } from '#test/support/profiles.ts';

const HOUR = 3_600_000;
const NINE = MONDAY + 9 * HOUR;
/** The hall's day of that Monday. */
const DAY_NUMBER = (MONDAY + 8 * HOUR) / (24 * HOUR);

let server: HistoryServer;
beforeAll(async () => {
  server = await startHistoryServer([hall()]);
  await server.fill({
    visits: Array.from({ length: 5 }, (_, i) =>
      visitRow({
        contact: `k${i}`,
        at: NINE + Math.floor(i / 2) * 1_000,
        day: DAY_NUMBER,
        queue: 'personal',
      }),
    ),
    sources: [sourceDay({ branch: 'hall', day: DAY_NUMBER, events: 200, late: 3, gapSecondsMax: 40 })],
  });
});
afterAll(() => server.close());

const span = (from: number, to: number): string => `from=${from}&to=${to}`;

describe('visits', () => {
  it('[AS1] come page by page, each once, by ids and without names', async () => {
    const seen: string[] = [];
    let path = `/api/v1/visits?branch=hall&queue=personal&limit=2&${span(NINE, NINE + HOUR)}`;
    for (let pages = 0; path !== ''; pages++) {
      const response = await server.get(path);
      const { rows, next } = (await response.json()) as VisitPage;
      seen.push(...rows.map(({ contact }) => contact));
      path = /^<(.*)>; rel="next"$/.exec(response.headers.get('Link') ?? '')?.[1] ?? '';
      expect(path === '').toBe(next === null);
      expect(pages).toBeLessThan(3);
    }
    expect(seen).toEqual(['k0', 'k1', 'k2', 'k3', 'k4']);
  });

  it('as a table too', async () => {
    const response = await server.get(`/api/v1/visits?branch=hall&format=csv&${span(NINE, NINE + HOUR)}`);
    expect((await response.text()).split('\r\n')).toHaveLength(7);
  });
});

describe('quality', () => {
  it('[DQ1] is kept by source and day', async () => {
    const answer = await server.json('/api/v1/quality?branch=hall&fromDay=2026-03-02&toDay=2026-03-02');
    const { rows } = answer as { rows: QualityRow[] };
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...{ branch: 'hall', source: 's', day: '2026-03-02', events: 200, late: 3, gapSecondsMax: 40 },
      figures: { late: { value: 0.015, numerator: 3, denominator: 200 } },
    });
  });
});

describe('figures', () => {
  interface Live {
    rows: { branch: string; queues?: LiveQueue[]; figures?: Windows; leftOut?: string[] }[];
    network: { figures: Windows; leftOut: string[] };
  }
  type Windows = Record<string, Record<string, ReportFigure & { unit: string; rule: string }>>;
  interface LiveQueue {
    id: string;
    figures: Windows;
  }
  const figures = async (query: string) => (await server.json(`/api/v1/figures?${query}`)) as Live;

  it('[WN1] [SL4] are those of the live windows; a stale branch is in no sum and is named', async () => {
    const now = clock('10:00:00');
    tellAt(server, now - 30_000, [
      told('09:50:00', 'contact.queued', { contact: 'k1', queue: 'personal' }),
      told('09:55:00', 'contact.called', { contact: 'k1', counter: 'c1' }),
      told('09:55:30', 'contact.started', { contact: 'k1', counter: 'c1' }),
    ]);
    server.now = now;
    const { rows, network } = await figures('of=queue&branch=hall');
    const personal = rows[0]?.queues?.find(({ id }) => id === 'personal');
    for (const window of ['15m', '30m', 'today'])
      expect(personal?.figures[window]?.averageWait).toMatchObject({
        ...{ value: 300, numerator: 300, denominator: 1, unit: 'seconds', rule: 'WT3' },
      });
    expect(network.figures.today?.answered?.value).toBe(1);

    server.now = now + HOUR;
    const later = await figures('of=network');
    expect(later.rows).toEqual([]);
    expect(later.network.leftOut).toContain('hall');
    expect(later.network.figures.today?.serviceLevel?.value).toBeNull();
    expect((await figures('branch=hall')).rows[0]?.leftOut).toEqual(['personal', 'corporate']);
    server.now = Date.now();
  });
});

/** Folds facts into the hall as if they had just come. */
function tellAt({ branches }: HistoryServer, receivedAt: number, facts: readonly SourceEvent[]): void {
  const branch = branches.get('hall');
  if (!branch) throw new Error('there is no hall');
  for (const event of facts) {
    const version = branch.live.version + 1;
    advance(branch.live, branch.profile, { branch: 'hall', source: 'machine', version, receivedAt, event });
  }
}
