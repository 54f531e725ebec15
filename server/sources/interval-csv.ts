import { COUNT_KEYS, type Counts, noCounts } from '../domain/metrics/counts.ts';
import { Id } from '#shared/ids.ts';
import { zoneOffset } from '#shared/zone-offset.ts';
import { readClock } from './clock-text.ts';
import { type CellReader, cellReader, rowBatches } from './csv-table.ts';
import { amountOf, INTERVAL_START, isImputed } from './interval-cells.ts';
import { type Refusal, type TextChunks, UnreadableRecording } from './reading.ts';

/** What one line tells of one queue in one slot of time; what it does not tell is 0. */
export interface SlotCounts {
  /** `null` where the file has no such column. */
  queue: string | null;
  start: number;
  counts: Counts;
}

type CountName = keyof Counts;

const DAY_MS = 86_400_000;
/** What follows from the others by the formula that was valid then is not read. */
const FIELDS = COUNT_KEYS.filter((field) => field !== 'slNumerator' && field !== 'slDenominator');
/** Sums of seconds and of ratings may have fractions. */
const isWhole = (field: CountName): boolean => !/seconds|sum/i.test(field);
/** A column means nothing, or something else, without these beside it: nobody answered in time, say, or nobody left. */
const NEEDS: Partial<Record<CountName, readonly CountName[]>> = {
  answered: ['answeredWithin', 'waitSeconds', 'abandoned'],
  answeredWithin: ['answered'],
  waitSeconds: ['answered'],
  abandoned: ['answered', 'abandonWaitSeconds'],
  abandonedWithin: ['abandoned'],
  shortAbandoned: ['abandoned'],
  abandonWaitSeconds: ['abandoned'],
  answerSeconds: ['answerTimes'],
  handled: ['serviceSeconds'],
  serviceSeconds: ['handled'],
  holdSeconds: ['handled'],
  wrapUpSeconds: ['handled'],
  rated: ['ratingSum'],
  ratingSum: ['rated'],
};
const columnOf = (field: CountName): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Reads a table of counts a slot of time, in the order of the file. Columns, in any order: `interval_start`, and `calls`
 * or `offered`; where known also `queue`, `imputed` and any of {@link Counts} in snake case (`answered` with
 * `answered_within`, `wait_seconds` and `abandoned`, …). Times are by the wall clock of `zone` unless they have an offset.
 * Refused: `bad-row`, `imputed` (made up by whoever kept the file), `no-such-time` (the clock skipped it) and
 * `duplicate` (the same queue and time once more).
 * @throws UnreadableRecording when a column is missing.
 */
export async function* readIntervalCsv(
  chunks: TextChunks,
  zone: string,
): AsyncGenerator<SlotCounts | Refusal> {
  const instants = createLocalClock(zone);
  for await (const { columns, rows } of rowBatches(chunks, columnsOf))
    for (const { cells } of rows) yield readRow(cells, columns, instants);
}

interface Columns {
  cell: CellReader<string>;
  /** The counts this file has. */
  counts: { field: CountName; column: string }[];
}

function columnsOf(header: readonly string[]): Columns {
  const offered = header.includes('offered') ? 'offered' : 'calls';
  const counts = FIELDS.map((field) => ({ field, column: field === 'offered' ? offered : columnOf(field) }));
  const optional = ['queue', 'imputed', ...counts.map(({ column }) => column)];
  const told = counts.filter(({ column }) => header.includes(column));
  const needed = told.flatMap(({ field }) => (NEEDS[field] ?? []).map(columnOf));
  const cell: CellReader<string> = cellReader(header, [INTERVAL_START, offered, ...needed], optional);
  const unknown = header.find((name) => name !== INTERVAL_START && !optional.includes(name));
  if (unknown !== undefined) throw new UnreadableRecording(`column ${unknown} is not known`);
  return { cell, counts: told };
}

function readRow(
  row: readonly string[] | null,
  { cell, counts }: Columns,
  instants: LocalClock,
): SlotCounts | Refusal {
  if (row === null) return { refused: 'bad-row' };
  if (isImputed(cell(row, 'imputed'))) return { refused: 'imputed' };
  const queue = cell(row, 'queue') || null;
  if (queue !== null && !Id.safeParse(queue).success) return { refused: 'bad-row' };
  const read = noCounts();
  for (const { field, column } of counts) {
    const value = amountOf(cell(row, column));
    if (value === null || (isWhole(field) && !Number.isInteger(value))) return { refused: 'bad-row' };
    read[field] = value;
  }
  // A file that knows no total waits knows no transfers.
  if (!counts.some(({ field }) => field === 'totalWaitSeconds')) read.totalWaitSeconds = read.waitSeconds;
  const { answered, answeredWithin, abandoned, abandonedWithin, shortAbandoned } = read;
  if (answeredWithin > answered || Math.max(abandonedWithin, shortAbandoned) > abandoned)
    return { refused: 'bad-row' };
  const start = instants.read(cell(row, INTERVAL_START), queue);
  return typeof start === 'string' ? { refused: start } : { queue, start, counts: read };
}

interface LocalClock {
  /** The instant a text means, each once a queue, or why there is none. */
  read(text: string, queue: string | null): number | 'bad-row' | 'no-such-time' | 'duplicate';
}

/** Reads wall-clock times of a zone; an hour that the clock runs through twice is told apart by its order in the file. */
function createLocalClock(zone: string): LocalClock {
  const seen = new Map<string | null, Set<number>>();
  return {
    read(text, queue) {
      const clock = readClock(text);
      if (clock === null) return 'bad-row';
      const { wallMs, offsetMs } = clock;
      const candidates = offsetMs === null ? instantsOf(zone, wallMs) : [wallMs - offsetMs];
      if (candidates.length === 0) return 'no-such-time';
      const starts = seen.get(queue) ?? new Set();
      seen.set(queue, starts);
      const start = candidates.find((each) => !starts.has(each));
      if (start === undefined) return 'duplicate';
      starts.add(start);
      return start;
    },
  };
}

/** When a wall clock shows this local time: once, twice when it is set back, never when it skips it; the earlier first. */
function instantsOf(zone: string, local: number): number[] {
  const before = local - zoneOffset(zone, local - DAY_MS);
  const after = local - zoneOffset(zone, local + DAY_MS);
  const candidates = before === after ? [before] : [Math.min(before, after), Math.max(before, after)];
  return candidates.filter((at) => at + zoneOffset(zone, at) === local);
}
