/** What a console or another program can ask of history and of the live windows (rules SL4, DQ1, AS1). */
import { type Request, type Response, Router } from 'express';
import type { BranchProfile } from '#shared/network.ts';
import {
  DriversQuery,
  FiguresQuery,
  IntervalsQuery,
  QualityQuery,
  type Step,
  VisitsQuery,
} from '#shared/report-queries.ts';
import { driverTableRow } from '../reports/drivers-table.ts';
import { tableRow } from '../reports/interval-table.ts';
import type { Reports } from '../reports/reports.ts';
import { query } from './query.ts';
import { Refusal } from './refuse.ts';
import { inScope } from './scope.ts';
import { type Pages, streamCsv, streamJson } from './stream-rows.ts';

export interface HistoryRouteParts {
  reports: Reports;
  /** All branches there are. */
  branches: () => readonly BranchProfile[];
  /** True when the caller may see a branch. */
  maySee: (branch: string) => boolean;
}

/** Steps of all branches that one question may be about. */
const MAX_BRANCH_STEPS = 300_000;
/** Days of all branches that one question about drivers may be about: each takes the reading of nine. */
const MAX_DRIVER_DAYS = 400;
const STEP_MS = { '15m': 900_000, '1h': 3_600_000, '1d': 86_400_000 } as const;
const stepsIn = (ms: number, step: Step): number => Math.ceil(ms / STEP_MS[step]);

/** The routes; each answers JSON, and all but the live figures CSV too. */
export function historyRoutes({ reports, branches, maySee }: HistoryRouteParts): Router {
  const visible = (): BranchProfile[] => branches().filter(({ id }) => maySee(id));

  return Router()
    .get('/api/v1/intervals', async (request, response) => {
      const { from, to, step, of, id, format, ...scope } = query(IntervalsQuery, request);
      const branches = inScope(visible(), scope, of === 'network');
      if (branches.length * stepsIn(to - from, step) > MAX_BRANCH_STEPS) throw new Refusal('too-large', 'to');
      const gone = new AbortController();
      response.once('close', () => {
        gone.abort();
      });
      const pages = reports.intervals({ branches, of, id, span: { from, to }, step, signal: gone.signal });
      if (wantsCsv(request, response, format)) await streamCsv(response, mapped(pages, tableRow));
      else await streamJson(response, { from, to, step, of }, pages);
    })
    .get('/api/v1/visits', async (request, response) => {
      const asked = query(VisitsQuery, request);
      inScope(visible(), { branch: [asked.branch] }, false);
      const { rows, next } = await reports.visits(asked);
      if (next !== null) response.set('Link', nextLink(request, next));
      const { branch, from, to } = asked;
      if (wantsCsv(request, response, asked.format)) await streamCsv(response, onePage(rows));
      else response.json({ branch, from, to, rows, next });
    })
    .get('/api/v1/quality', async (request, response) => {
      const { fromDay, toDay, format, ...scope } = query(QualityQuery, request);
      const rows = await reports.quality(inScope(visible(), scope, false), { fromDay, toDay: toDay + 1 });
      if (wantsCsv(request, response, format)) await streamCsv(response, onePage(rows));
      else response.json({ rows });
    })
    .get('/api/v1/drivers', async (request, response) => {
      const { span, day, format, ...scope } = query(DriversQuery, request);
      const branches = inScope(visible(), scope, false);
      const days = span === undefined ? 1 : stepsIn(span.to - span.from, '1d');
      if (branches.length * days > MAX_DRIVER_DAYS) throw new Refusal('too-large', 'branch');
      const pages = reports.drivers({ branches, span, day });
      if (wantsCsv(request, response, format)) await streamCsv(response, mapped(pages, driverTableRow));
      else await streamJson(response, {}, pages);
    })
    .get('/api/v1/figures', async (request, response) => {
      const { of, ...scope } = query(FiguresQuery, request);
      const pages = reports.live(inScope(visible(), scope, of === 'network'), of);
      await streamJson(response, {}, pages);
    });
}

function wantsCsv(request: Request, response: Response, format: 'json' | 'csv' | undefined): boolean {
  response.vary('Accept');
  return format === undefined ? request.accepts('json', 'csv') === 'csv' : format === 'csv';
}

function* onePage(rows: readonly object[]): Pages {
  yield rows;
  return {};
}

async function* mapped<Row>(
  pages: AsyncIterable<readonly Row[]>,
  change: (row: Row) => object,
): AsyncGenerator<object[], object> {
  for await (const page of pages) yield page.map(change);
  return {};
}

/** The same question for the next page. */
function nextLink(request: Request, cursor: string): string {
  const asked = new URL(request.originalUrl, 'http://muster');
  asked.searchParams.set('cursor', cursor);
  return `<${asked.pathname}${asked.search}>; rel="next"`;
}
