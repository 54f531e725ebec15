/** Between views with their fields by name and views as the wire carries them. */
import type { FieldValue, Snapshot, ViewState } from './delta.ts';
import { SCHEMAS } from './view-schemas.ts';
import type { View, ViewName } from './views.ts';

type Named = Record<string, FieldValue>;

/** A named view in wire form. */
export function encodeView<V extends ViewName>(name: V, view: View<V>): ViewState {
  const schema = SCHEMAS[name];
  const tables = view.tables as Record<string, object[]>;
  return {
    head: encodeRow(schema.head, view.head),
    tables: schema.tables.map(
      (table) =>
        new Map(
          (tables[table.name] ?? []).map((row) => {
            const encoded = encodeRow(table.fields, row);
            return [String(encoded[0]), encoded];
          }),
        ),
    ),
  };
}

/** One named row (or head) in wire form. */
export const encodeRow = (names: readonly string[], row: object): FieldValue[] =>
  names.map((name) => (row as Named)[name] ?? null);

/** One wire row (or head) with its fields by name. */
export function decodeRow<Row>(names: readonly string[], row: FieldValue[]): Row {
  const named: Named = {};
  names.forEach((name, i) => (named[name] = row[i] ?? null));
  return named as Row;
}

/** A view from the wire with its fields by name, as HTTP gives it. */
export function decodeView<V extends ViewName>(name: V, snapshot: Snapshot): View<V> {
  const schema = SCHEMAS[name];
  return {
    head: decodeRow(schema.head, snapshot.head),
    tables: Object.fromEntries(
      schema.tables.map((table, i) => [
        table.name,
        (snapshot.tables[i] ?? []).map((row) => decodeRow(table.fields, row)),
      ]),
    ),
  } as View<V>;
}
