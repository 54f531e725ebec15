/** Rows packed so that they cross to another thread without being copied: one block of numbers, each text once. */
import type { Cell } from './columns.ts';

export interface PackedRows {
  width: number;
  /** Row after row. A number stands for itself, NaN for null, and in text columns for a place in `texts`. */
  cells: Float64Array<ArrayBuffer>;
  /** Which columns hold text. */
  isText: boolean[];
  texts: string[];
}

const FIRST_CELLS = 4_096;

/** Packs rows of equal length; a column's cells are all text or null, or all numbers or null. */
export function packRows(rows: Iterable<readonly Cell[]>): PackedRows {
  let cells = new Float64Array(FIRST_CELLS);
  let at = 0;
  let width = 0;
  const isText: boolean[] = [];
  const texts: string[] = [];
  const places = new Map<string, number>();
  for (const row of rows) {
    width = row.length;
    if (at + width > cells.length) cells = resized(cells, 2 * (at + width));
    for (let column = 0; column < width; column++) {
      const cell = row[column] ?? null;
      if (typeof cell === 'string') {
        isText[column] = true;
        let place = places.get(cell);
        if (place === undefined) places.set(cell, (place = texts.push(cell) - 1));
        cells[at++] = place;
      } else {
        cells[at++] = cell ?? NaN;
      }
    }
  }
  return { width, cells: resized(cells, at), isText, texts };
}

const resized = (cells: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> =>
  new Float64Array(cells.buffer.transfer(length * Float64Array.BYTES_PER_ELEMENT));

/** How many rows there are. */
export const rowCount = ({ width, cells }: PackedRows): number => (width === 0 ? 0 : cells.length / width);

/** The rows again, one at a time. */
export function* unpackRows({ width, cells, isText, texts }: PackedRows): Generator<Cell[]> {
  for (let at = 0; at < cells.length; at += width) {
    const row: Cell[] = [];
    for (let column = 0; column < width; column++) {
      const value = cells[at + column] ?? NaN;
      if (Number.isNaN(value)) row.push(null);
      else row.push(isText[column] === true ? (texts[value] ?? null) : value);
    }
    yield row;
  }
}
