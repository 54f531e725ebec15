/** Between views with their fields by name and views as the wire carries them. */
import type { Snapshot, ViewState } from './delta.ts';
import { decodeRow, encodeRow } from './row-codec.ts';
import { SCHEMAS } from './view-schemas.ts';
import type { View, ViewName } from './views.ts';

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
