/** Tables as CSV (RFC 4180) for spreadsheets: one column for each number, however deep it lies. */

type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet would take for a formula; those of East Asia take the wide signs too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** Besides RFC 4180's what separates cells where the comma is for decimals. */
const NEEDS_QUOTES = /[",;\t\r\n]/;

/** A column: the names that lead to its value in a row. */
export type Column = readonly string[];

/** The columns of a row that holds numbers and texts, and objects of such; all rows of a table have the same. */
export function columnsOf(row: object, path: Column = []): Column[] {
  return Object.entries(row).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? columnsOf(value, [...path, name]) : [[...path, name]],
  );
}

/** A column's name in the first line: `figures.averageWait.value`. */
export const columnName = (column: Column): string => column.join('.');

/** What a row has in a column. */
export function cellAt(row: object, column: Column): Cell {
  let value: unknown = row;
  for (const name of column) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value as Cell;
}

/** A line of cells; texts that would run as a formula get an apostrophe before them, numbers stay numbers. */
export const csvLine = (cells: Iterable<Cell>): string => `${Array.from(cells, cellText).join(',')}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
