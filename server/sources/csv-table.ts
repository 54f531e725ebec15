import { type Line, lineBatches } from './lines.ts';
import { type TextChunks, UnreadableRecording } from './reading.ts';

/**
 * The cells of one CSV line (RFC 4180, no line breaks inside quotes), or `null` when its quotes do not match.
 * A line is a record whatever is in it, so one stray quote costs one record and not the rest of the file.
 */
export function splitRow(line: string): string[] | null {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let from = 0;
  while (from <= line.length) {
    if (line[from] !== '"') {
      const comma = line.indexOf(',', from);
      const end = comma < 0 ? line.length : comma;
      cells.push(line.slice(from, end));
      from = end + 1;
      continue;
    }
    const quoted = /"((?:[^"]|"")*)"(,|$)/y;
    quoted.lastIndex = from;
    const match = quoted.exec(line);
    if (match === null) return null;
    cells.push((match[1] ?? '').replaceAll('""', '"'));
    if (match[2] === '') return cells;
    from = quoted.lastIndex;
  }
  return cells;
}

/** The names in a header line; none when its quotes do not match. */
export const headerNames = (line: string): string[] =>
  (splitRow(line) ?? []).map((name) => name.trim().toLowerCase());

/** Gives the cell of a column, trimmed; '' where the file lacks the column. */
export type CellReader<Column extends string> = (cells: readonly string[], column: Column) => string;

/**
 * Finds columns by name, in any order.
 * @throws UnreadableRecording when one of `required` is missing.
 */
export function cellReader<R extends string, O extends string>(
  header: readonly string[],
  required: readonly R[],
  optional: readonly O[],
): CellReader<R | O> {
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new UnreadableRecording(`columns are missing: ${missing.join(', ')}`);
  const places = new Map<string, number>(
    [...required, ...optional].map((name) => [name, header.indexOf(name)]),
  );
  return (cells, column) => cells[places.get(column) ?? -1]?.trim() ?? '';
}

/** Spreadsheets end their tables in rows of nothing but commas. */
const WORDLESS = /^[\s,]*$/;

export interface TableRow {
  /** Of the line, from 1. */
  number: number;
  line: Line;
  /** `null` when quotes do not match, or the line is too long. */
  cells: readonly string[] | null;
}

/** Rows below the header, and what was made of its names. */
export interface TableBatch<Columns> {
  columns: Columns;
  rows: TableRow[];
}

/** The rows of a table in the order of the file, in batches as the chunks come; lines without a word are no rows. Throws what `columnsOf` throws. */
export async function* rowBatches<Columns extends object>(
  chunks: TextChunks,
  columnsOf: (header: readonly string[]) => Columns,
): AsyncGenerator<TableBatch<Columns>> {
  let columns: Columns | null = null;
  let number = 0;
  for await (const lines of lineBatches(chunks)) {
    const rows: TableRow[] = [];
    for (const line of lines) {
      number += 1;
      if (line !== null && WORDLESS.test(line)) continue;
      if (columns === null) columns = columnsOf(headerNames(line ?? ''));
      else rows.push({ number, line, cells: line === null ? null : splitRow(line) });
    }
    if (columns !== null) yield { columns, rows };
  }
}
