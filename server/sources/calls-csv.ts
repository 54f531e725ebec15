import type { SourceEventInput } from '#shared/events.ts';
import { Id } from '#shared/ids.ts';
import { clockMs } from './clock-text.ts';
import { cellReader, rowBatches, type CellReader } from './csv-table.ts';
import type { ReadFact, Reading, ReadOptions, TextChunks } from './reading.ts';
import { Timeline } from './timeline.ts';

/** Columns a normalised calls CSV must have, in any order. */
export const CALLS_REQUIRED = ['call_id', 'queue', 'queue_enter_time', 'wait_s', 'outcome'] as const;
const CALLS_OPTIONAL = ['branch', 'priority', 'arrival_time', 'service_s', 'server'] as const;

const DEFAULT_BRANCH = 'calls';
const DAY_MS = 86_400_000;
/** Facts are held back at least this many and this long on the file's clock, so that rows out of order fall into place. */
const HELD_FACTS = 100_000;
const HELD_MS = DAY_MS;
/** Leaves room in an event's id for what happened. */
const MAX_CALL_ID_LENGTH = 60;
const MAX_PRIORITY = 1_000;
const OUTCOME_WORD = /^[a-z][\w-]{0,39}$/i;

type Cells = CellReader<(typeof CALLS_REQUIRED)[number] | (typeof CALLS_OPTIONAL)[number]>;
type Fact = SourceEventInput & { at: number };

/**
 * Reads a normalised calls CSV (one row a call) into facts in order of time. Served calls give queued, started and
 * ended, abandoned ones queued and abandoned; other outcomes are refused by their own word, rows that cannot be read
 * as `bad-row`. Only a row more than a day and 100,000 facts out of place comes out late.
 * @throws UnreadableRecording when a required column is missing.
 */
export async function* readCallsCsv(chunks: TextChunks, options: ReadOptions = {}): AsyncGenerator<Reading> {
  const held = new Timeline<ReadFact>();
  const columnsOf = (header: readonly string[]): Cells => cellReader(header, CALLS_REQUIRED, CALLS_OPTIONAL);
  let clock = 0;
  for await (const { columns, rows } of rowBatches(chunks, columnsOf)) {
    for (const { cells } of rows) {
      const call = readCall(cells, columns);
      if (typeof call === 'string') {
        yield { refused: call };
        continue;
      }
      const branch = options.branch ?? call.branch;
      for (const event of call.facts) held.add(event.at, { branch, event });
      clock = Math.max(clock, call.queuedAt);
    }
    while (held.size > HELD_FACTS && held.nextAt < clock - HELD_MS) {
      const next = held.take();
      if (next !== undefined) yield next;
    }
  }
  for (let next = held.take(); next !== undefined; next = held.take()) yield next;
}

interface Call {
  branch: string;
  queuedAt: number;
  facts: Fact[];
}

/** One row's facts in order of its life, or why there are none. */
function readCall(row: readonly string[] | null, cell: Cells): Call | string {
  const outcome = row === null ? '' : cell(row, 'outcome');
  if (row === null || !OUTCOME_WORD.test(outcome)) return 'bad-row';
  if (outcome !== 'served' && outcome !== 'abandoned') return outcome;

  const contact = cell(row, 'call_id');
  const queue = cell(row, 'queue');
  const branch = cell(row, 'branch') || DEFAULT_BRANCH;
  const agent = cell(row, 'server');
  const queuedAt = clockMs(cell(row, 'queue_enter_time'));
  const waitMs = durationMs(cell(row, 'wait_s'));
  const serviceMs = durationMs(cell(row, 'service_s') || '0');
  const priority = Number(cell(row, 'priority') || '0');
  const readable =
    contact.length <= MAX_CALL_ID_LENGTH &&
    [contact, queue, branch].every((id) => Id.safeParse(id).success) &&
    (agent === '' || Id.safeParse(agent).success) &&
    Number.isInteger(priority) &&
    Math.abs(priority) <= MAX_PRIORITY;
  if (!readable || queuedAt === null || waitMs === null || serviceMs === null) return 'bad-row';

  const endOfWait = queuedAt + waitMs;
  const queued: Fact = {
    id: `${contact}:q`,
    at: queuedAt,
    type: 'contact.queued',
    contact,
    queue,
    channel: 'voice',
    priority,
  };
  const facts: Fact[] =
    outcome === 'abandoned'
      ? [queued, { id: `${contact}:a`, at: endOfWait, type: 'contact.abandoned', contact }]
      : [
          queued,
          {
            id: `${contact}:s`,
            at: endOfWait,
            type: 'contact.started',
            contact,
            ...(agent === '' ? {} : { agent }),
          },
          { id: `${contact}:e`, at: endOfWait + serviceMs, type: 'contact.ended', contact },
        ];
  return { branch, queuedAt, facts };
}

/** Seconds as milliseconds, or `null` when the text is no length of time within a day. */
function durationMs(text: string): number | null {
  const ms = text === '' ? NaN : Math.round(Number(text) * 1_000);
  return ms >= 0 && ms <= DAY_MS ? ms : null;
}
