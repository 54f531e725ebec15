/** Interval counts from CSV: how many arrivals in each slot, of one place or of many. */
import type { DayCounts, Grid } from '../domain/forecast/grid.ts';
import { readClock } from './clock-text.ts';
import { type CellReader, cellReader, rowBatches } from './csv-table.ts';
import { amountOf, INTERVAL_START, isImputed } from './interval-cells.ts';
import { type TextChunks, UnreadableRecording } from './reading.ts';

/** Series by name on one grid; `firstMinute` is when its first slot starts, minutes after midnight. */
export interface IntervalSeries {
  grid: Grid;
  firstMinute: number;
  series: Map<string, DayCounts[]>;
}

/** Counts by series, day and minute of the day; `null` where the file gives none, or says that it is an estimate. */
export type RawSeries = Map<string, Map<number, Map<number, number | null>>>;

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** Clocks are changed before this minute of the day. */
const CLOCKS_CHANGED_BY = 4 * HOUR_MINUTES;

/** The names under which sources give a count and a place. */
const COUNTS = ['calls', 'arrivals', 'tickets_called'] as const;
const PLACES = ['branch', 'office'] as const;
const QUEUES = ['queue', 'queue_id'] as const;
const OPTIONAL = [...COUNTS, ...PLACES, ...QUEUES, 'imputed'] as const;
type Cells = CellReader<typeof INTERVAL_START | (typeof OPTIONAL)[number]>;

/** Which of the possible columns a file has. */
interface Columns {
  cell: Cells;
  count: (typeof COUNTS)[number];
  place: (typeof PLACES)[number] | undefined;
  /** Rows of several queues of a place at one time are added up. */
  addsUp: boolean;
}

/**
 * Reads `interval_start, calls[, imputed][, branch][, queue]` (`arrivals` or `tickets_called` for calls, `office` for
 * branch) into `into`. Times are wall clock; an offset is ignored. A count that is left empty is unknown. Without a place
 * all rows belong to `name`.
 * @throws UnreadableRecording when a column is missing or a row cannot be read; the message names the line.
 */
export async function readIntervals(chunks: TextChunks, name: string, into: RawSeries): Promise<void> {
  let countsTickets = false;
  const own: RawSeries = new Map();
  for await (const { columns, rows } of rowBatches(chunks, columnsOf)) {
    countsTickets = columns.count === 'tickets_called';
    for (const { number, cells } of rows) {
      const fault = addRow(own, cells, columns, name);
      if (fault !== null) throw new UnreadableRecording(`line ${number}: ${fault}`);
    }
  }
  if (own.size === 0) throw new UnreadableRecording('it holds no intervals');
  for (const [place, days] of own) {
    if (into.has(place)) throw new UnreadableRecording(`${place} is also in another file`);
    into.set(place, countsTickets ? withoutCatchUp(days) : days);
  }
}

function columnsOf(header: readonly string[]): Columns {
  const cell = cellReader(header, [INTERVAL_START], OPTIONAL);
  const count = COUNTS.find((column) => header.includes(column));
  if (count === undefined) throw new UnreadableRecording(`columns are missing: ${COUNTS.join(' or ')}`);
  return {
    cell,
    count,
    place: PLACES.find((column) => header.includes(column)),
    addsUp: QUEUES.some((column) => header.includes(column)),
  };
}

/** Adds a row, or says what is wrong with it. */
function addRow(
  into: RawSeries,
  row: readonly string[] | null,
  columns: Columns,
  name: string,
): string | null {
  if (row === null) return 'quotes do not match, or it is too long';
  const clock = readClock(columns.cell(row, INTERVAL_START));
  if (clock === null || clock.wallMs % MINUTE_MS !== 0) return `${INTERVAL_START} is no local date and time`;
  const told = columns.cell(row, columns.count);
  const count = amountOf(told);
  const isUnknown = told === '' || isImputed(columns.cell(row, 'imputed'));
  if (!isUnknown && count === null) return `${columns.count} is no count`;

  const place = columns.place === undefined ? name : columns.cell(row, columns.place) || name;
  const days = entry(into, place, () => new Map<number, Map<number, number | null>>());
  const slots = entry(days, Math.floor(clock.wallMs / DAY_MS), () => new Map<number, number | null>());
  const at = (clock.wallMs % DAY_MS) / MINUTE_MS;
  const before = slots.get(at);
  // The hour that comes twice when clocks go back holds the customers of two: as good as unknown.
  const isAgain = before !== undefined && !columns.addsUp;
  if (isAgain && at >= CLOCKS_CHANGED_BY) return 'the interval came before';
  slots.set(at, isUnknown || isAgain || count === null || before === null ? null : (before ?? 0) + count);
  return null;
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}

/**
 * Counts told from ticket numbers catch up after a gap: the slots beside a missing one hold tickets of other times, and
 * are left out like it.
 */
function withoutCatchUp(days: Map<number, Map<number, number | null>>): typeof days {
  for (const slots of days.values()) {
    const minutes = [...slots.keys()].sort((a, b) => a - b);
    const step = Math.min(...minutes.slice(1).map((minute, i) => minute - (minutes[i] ?? 0)));
    minutes.slice(1).forEach((minute, i) => {
      const before = minutes[i] ?? 0;
      if (minute - before === step) return;
      slots.set(before, null);
      slots.set(minute, null);
    });
  }
  return days;
}

/**
 * Lays series on one grid: the shortest step between slots, from the earliest to the latest time of day. Before the
 * first and after the last slot of a day nothing came; a slot missing in between is unknown.
 * @throws UnreadableRecording when slots do not divide the hour.
 */
export function onGrid(raw: RawSeries): IntervalSeries {
  const starts = new Set<number>();
  for (const days of raw.values())
    for (const slots of days.values()) for (const at of slots.keys()) starts.add(at);
  const minutes = [...starts].sort((a, b) => a - b);
  const slotMinutes = Math.min(...minutes.slice(1).map((minute, i) => minute - (minutes[i] ?? 0)));
  const firstMinute = minutes[0] ?? 0;
  if (
    HOUR_MINUTES % slotMinutes !== 0 ||
    minutes.some((minute) => (minute - firstMinute) % slotMinutes !== 0)
  )
    throw new UnreadableRecording('intervals must be of one length that divides the hour');
  const slots = ((minutes.at(-1) ?? 0) - firstMinute) / slotMinutes + 1;
  const grid: Grid = { slotMinutes, slots: Math.min(slots, DAY_MINUTES / slotMinutes) };
  const series = [...raw].map(([name, days]): [string, DayCounts[]] => [
    name,
    [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, counts]) => ({ day, counts: laid(counts, grid, firstMinute) })),
  ]);
  return { grid, firstMinute, series: new Map(series) };
}

function laid(
  counts: ReadonlyMap<number, number | null>,
  { slots, slotMinutes }: Grid,
  firstMinute: number,
): (number | null)[] {
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  return Array.from({ length: slots }, (_, slot) => {
    const minute = firstMinute + slot * slotMinutes;
    const outside = minute < first || minute > last;
    return outside ? 0 : (counts.get(minute) ?? null);
  });
}
