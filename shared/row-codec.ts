/** Between rows with their fields by name and rows as the wire carries them. */
import type { FieldValue } from './delta.ts';

type Named = Record<string, FieldValue>;

/** One named row (or head) in wire form. */
export const encodeRow = (names: readonly string[], row: object): FieldValue[] =>
  names.map((name) => (row as Named)[name] ?? null);

/** One wire row (or head) with its fields by name. */
export function decodeRow<Row>(names: readonly string[], row: FieldValue[]): Row {
  const named: Named = {};
  names.forEach((name, i) => (named[name] = row[i] ?? null));
  return named as Row;
}
