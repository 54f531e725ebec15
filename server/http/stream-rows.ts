/** Long answers, written as their rows come: neither memory nor the halls on screen feel how long they are. */
import { pipeline } from 'node:stream/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Response } from 'express';
import { cellAt, type Column, columnName, columnsOf, csvLine } from './csv.ts';

/** Rows page by page, and when they are over, what can be said only then. */
export type Pages = AsyncGenerator<readonly object[], object> | Generator<readonly object[], object>;

/** Writing gives way to sockets and posts after this long, ms. */
const BREATHE_EVERY_MS = 8;

/** Answers with `{…head, rows: […], …foot}`. Throws what fails before the first page: nothing is written then. */
export const streamJson = (response: Response, head: object, pages: Pages): Promise<void> =>
  send(response, 'application/json', jsonText(head, pages));

/** Answers with a table to be saved, its columns those of the first row. Throws like {@link streamJson}. */
export const streamCsv = (response: Response, pages: Pages): Promise<void> =>
  send(response, 'text/csv', csvText(pages), fileName(response.req.path));

/** `alerts-log.csv` for `/api/v1/alerts/log`. */
const fileName = (path: string): string =>
  `${path.replace(/^\/api\/v1\//, '').replaceAll(/[^a-z]+/g, '-')}.csv`;

async function send(
  response: Response,
  type: string,
  text: AsyncGenerator<string>,
  file?: string,
): Promise<void> {
  try {
    const first = await text.next();
    response.type(type);
    if (file !== undefined) response.attachment(file);
    await pipeline(async function* () {
      if (first.done !== true) yield first.value;
      let worked = performance.now();
      for await (const piece of text) {
        if (piece !== '') yield piece;
        if (performance.now() - worked < BREATHE_EVERY_MS) continue;
        await breathe();
        worked = performance.now();
      }
    }, response);
  } catch (error) {
    if (!isNobodyThere(error)) throw error;
  }
}

/** Whoever asked has gone: before the answer began, or while it was written. */
const isNobodyThere = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'AbortError' || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'));

async function* jsonText(head: object, pages: Pages): AsyncGenerator<string> {
  let next = await pages.next();
  yield JSON.stringify({ ...head, rows: [] }).slice(0, -2);
  let comma = '';
  for (; next.done !== true; next = await pages.next()) {
    const rows = next.value.map((row) => JSON.stringify(row)).join(',');
    yield rows === '' ? '' : comma + rows;
    if (rows !== '') comma = ',';
  }
  const foot = JSON.stringify(next.value).slice(1, -1);
  yield foot === '' ? ']}' : `],${foot}}`;
}

async function* csvText(pages: Pages): AsyncGenerator<string> {
  let columns: Column[] | null = null;
  for await (const page of pages) {
    if (columns === null && page[0] !== undefined) {
      columns = columnsOf(page[0]);
      yield csvLine(columns.map(columnName));
    }
    const all = columns ?? [];
    yield page.map((row) => csvLine(all.map((column) => cellAt(row, column)))).join('');
  }
}
