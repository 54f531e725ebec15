/** What happened in each quarter-hour, hour or day, as sums with the figures made of them (rules SL4, WN1, AS3). */
import type { IntervalReportFoot, IntervalReportRow } from '#shared/reports.ts';
import type { HistoryReader } from '../history/store.ts';
import { readSteps, type StepsWanted } from './read-steps.ts';
import { legendOf } from './row-figures.ts';
import { createSheet, type Sheet } from './sheet.ts';

export interface IntervalReportParts {
  history: HistoryReader;
  /** Until when everything that a branch told is in history, epoch ms. */
  projectedTo: (branch: string) => number;
  now: () => number;
}

const PAGE_ROWS = 100;

/** The rows, those of a branch in order of time, a page at a time; those over a network when all branches are read. */
export async function* intervalReport(
  { history, projectedTo, now }: IntervalReportParts,
  wanted: StepsWanted,
): AsyncGenerator<IntervalReportRow[], IntervalReportFoot> {
  const until = now();
  const completeTo = (branch: string): number => Math.min(until, projectedTo(branch));
  const figures = new Set<string>();
  const heard = new Set<string>();
  const newSheet = (): Sheet => createSheet(wanted.of, wanted.step === '1d');
  let sheet = newSheet();

  function* finished(): Generator<IntervalReportRow[]> {
    for (const page of pagesOf(sheet.rows(completeTo))) {
      for (const row of page) for (const id of Object.keys(row.figures)) figures.add(id);
      yield page;
    }
    sheet = newSheet();
  }

  for await (const rows of readSteps(history, wanted)) {
    for (const { branch } of [...rows.queues, ...rows.agents, ...rows.counters]) heard.add(branch.id);
    sheet.add(rows);
    if (wanted.of !== 'network') yield* finished();
  }
  yield* finished();
  const leftOut = wanted.branches.map(({ id }) => id).filter((id) => !heard.has(id));
  const projected = Math.min(until, ...wanted.branches.map(({ id }) => completeTo(id)));
  return { projectedTo: projected, leftOut, legend: legendOf(figures) };
}

function* pagesOf<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let page: Row[] = [];
  for (const row of rows) {
    page.push(row);
    if (page.length < PAGE_ROWS) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
