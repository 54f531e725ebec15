import type { EventOf } from '#shared/events.ts';
import { Id } from '#shared/ids.ts';
import { clockMs } from './clock-text.ts';
import { cellReader, rowBatches, type CellReader, type TableRow } from './csv-table.ts';
import type { Reading, ReadOptions, TextChunks } from './reading.ts';
import { recordId } from './record-id.ts';

/** Columns a recorded level feed must have, in any order. */
export const FEED_REQUIRED = ['observed_at', 'office', 'queue_id', 'waiting', 'reported_at'] as const;
const FEED_OPTIONAL = ['counters_open', 'avg_service_min', 'ticket_called', 'status'] as const;

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;
const MAX_COUNT = 1_000_000;

type Cells = CellReader<(typeof FEED_REQUIRED)[number] | (typeof FEED_OPTIONAL)[number]>;
type Observed = EventOf<'queue.observed'>;

/**
 * Reads a polled level feed (CSV, one row a queue and poll) in the order of the file. `at` is what the office's own
 * clock said, right or wrong, and `receivedAt` when it was polled: frozen values, wrong clocks and dead offices pass
 * as they are, to be judged by whoever follows the branch. Rows that cannot be read are refused as `bad-row`.
 * @throws UnreadableRecording when a required column is missing.
 */
export async function* readSnapshotFeed(
  chunks: TextChunks,
  options: ReadOptions = {},
): AsyncGenerator<Reading> {
  const columnsOf = (header: readonly string[]): Cells => cellReader(header, FEED_REQUIRED, FEED_OPTIONAL);
  for await (const { columns, rows } of rowBatches(chunks, columnsOf))
    for (const row of rows) yield readRow(row, columns, options.branch);
}

function readRow({ line, cells: row }: TableRow, cell: Cells, givenBranch: string | undefined): Reading {
  if (line === null || row === null) return { refused: 'bad-row' };
  const branch = givenBranch ?? cell(row, 'office');
  const queue = cell(row, 'queue_id');
  const at = clockMs(cell(row, 'reported_at'));
  const receivedAt = clockMs(cell(row, 'observed_at'));
  const waiting = count(cell(row, 'waiting'));
  if (at === null || receivedAt === null || waiting === null || !isId(queue) || !isId(branch)) {
    return { refused: 'bad-row' };
  }
  const event: Observed = { id: recordId(line), at, type: 'queue.observed', queue, waiting };
  const countersOpen = count(cell(row, 'counters_open'));
  const averageServiceSeconds = amount(cell(row, 'avg_service_min')) * MINUTE_SECONDS;
  const lastTicket = cell(row, 'ticket_called');
  const status = cell(row, 'status');
  if (countersOpen !== null) event.countersOpen = countersOpen;
  if (averageServiceSeconds <= DAY_SECONDS) event.averageServiceSeconds = averageServiceSeconds;
  if (isId(lastTicket)) event.lastTicket = lastTicket;
  if (isId(status)) event.raw = status;
  return { branch, event, receivedAt };
}

const isId = (text: string): boolean => Id.safeParse(text).success;

/** A number not below zero, `NaN` for anything else. */
function amount(text: string): number {
  const value = text === '' ? NaN : Number(text);
  return value >= 0 ? value : NaN;
}

function count(text: string): number | null {
  const value = amount(text);
  return Number.isInteger(value) && value <= MAX_COUNT ? value : null;
}
