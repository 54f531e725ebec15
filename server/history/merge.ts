/** Makes one row of those with the same key, and sorts them: a database then finds each row once, and in its order. */
import type { Cell, Column } from './columns.ts';
import { UnstorableRow } from './store.ts';
import type { Table, TableRow } from './tables.ts';

/** Counts are stored in 32 bits. */
const MAX_INTEGER = 2 ** 31 - 1;
/** No storable text has it, so joined keys cannot be confused. */
const BETWEEN = '\0';

/** The rows of a table as they are to be added to it. Throws {@link UnstorableRow}. */
export function merged(table: Table, rows: readonly TableRow[]): readonly TableRow[] {
  for (const row of rows) check(table, row);
  const keys = table.head.filter(({ merge }) => merge === 'key').length;
  if (keys === 0) return rows;
  const byKey = new Map<string, TableRow>();
  for (const row of rows) {
    const key = row.head.slice(0, keys).join(BETWEEN);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { head: row.head.slice(), sums: row.sums.slice() });
    else add(table, known, row);
  }
  return [...byKey.values()].sort((a, b) => compareKeys(a.head, b.head, keys));
}

function add({ head, sums }: Table, known: TableRow, more: TableRow): void {
  for (let i = 0; i < sums.length; i++) {
    known.sums[i] = mergedNumber(sums[i], known.sums[i] ?? 0, more.sums[i] ?? 0);
  }
  for (let i = 0; i < head.length; i++) {
    if (head[i]?.merge === 'min') known.head[i] = Math.min(Number(known.head[i]), Number(more.head[i]));
    else if (head[i]?.merge === 'last') known.head[i] = more.head[i] ?? null;
  }
}

const mergedNumber = (column: Column | undefined, known: number, more: number): number =>
  column?.merge === 'max' ? Math.max(known, more) : known + more;

function compareKeys(a: readonly Cell[], b: readonly Cell[], keys: number): number {
  for (let i = 0; i < keys; i++) {
    const left = a[i] ?? '';
    const right = b[i] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function check(table: Table, row: TableRow): void {
  for (let i = 0; i < table.head.length; i++) {
    if (!isStorable(table.head[i], row.head[i])) refuse(table, table.head[i], row.head[i]);
  }
  for (let i = 0; i < table.sums.length; i++) {
    if (!isStorable(table.sums[i], row.sums[i])) refuse(table, table.sums[i], row.sums[i]);
  }
}

function isStorable(column: Column | undefined, cell: Cell | undefined): boolean {
  if (typeof cell === 'number') {
    if (column?.type === 'double') return Number.isFinite(cell);
    if (column?.type === 'integer') return Number.isInteger(cell) && Math.abs(cell) <= MAX_INTEGER;
    return column?.type === 'bigint' && Number.isSafeInteger(cell);
  }
  if (typeof cell === 'string') return column?.type === 'text' && !cell.includes('\0') && cell.isWellFormed();
  return cell === null && column?.nullable === true;
}

function refuse(table: Table, column: Column | undefined, cell: Cell | undefined): never {
  throw new UnstorableRow(
    `${table.name}.${column?.name ?? ''} cannot be ${JSON.stringify(cell) ?? 'undefined'}`,
  );
}
