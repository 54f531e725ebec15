/**
 * Views as the wire carries them: a head and some tables of rows, fields by position.
 * `diff` and `apply` are exact inverses; no difference is `null`, and nothing is sent.
 */

/** What a field may hold. Fields are never absent; `null` says "no value". */
export type FieldValue = string | number | boolean | null | readonly string[] | readonly number[];

/** The shape of a view: its head's fields and each table's fields in wire order; a row's first field is its id. */
export interface ViewSchema {
  readonly head: readonly string[];
  readonly tables: readonly { readonly name: string; readonly fields: readonly string[] }[];
}

/** A view in positional form; `tables` in the order of its schema, rows by id. */
export interface ViewState {
  head: FieldValue[];
  tables: Map<string, FieldValue[]>[];
}

/** A view as it is sent whole: the same as {@link ViewState}, rows in a list. */
export interface Snapshot {
  head: FieldValue[];
  tables: FieldValue[][][];
}

/**
 * One change: `[0, field, value, …]` for the head, `[table + 1, id, field, value, …]` for a row
 * (a row not seen before comes with all its fields), `[table + 1, id]` for a row that is gone.
 */
export type Change = FieldValue[];
export type Patch = Change[];

/** The patch that turns `before` into `after`, or `null` when they are equal. */
export function diff(before: ViewState, after: ViewState): Patch | null {
  const patch: Patch = [];
  const head = changedFields(before.head, after.head, 0);
  if (head.length > 0) patch.push([0, ...head]);
  after.tables.forEach((rows, table) => {
    const old = before.tables[table] ?? new Map<string, FieldValue[]>();
    for (const id of old.keys()) if (!rows.has(id)) patch.push([table + 1, id]);
    for (const [id, row] of rows) {
      const known = old.get(id);
      if (known === row) continue;
      const fields = changedFields(known ?? [], row, 1);
      if (fields.length > 0) patch.push([table + 1, id, ...fields]);
    }
  });
  return patch.length > 0 ? patch : null;
}

function changedFields(before: FieldValue[], after: FieldValue[], from: number): FieldValue[] {
  const changes: FieldValue[] = [];
  for (let i = from; i < after.length; i++) {
    const value = after[i] ?? null;
    if (!(i in before) || !sameValue(before[i] ?? null, value)) changes.push(i, value);
  }
  return changes;
}

/** True when two values of a field are the same. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/** `before` with the patch applied; what the patch does not touch keeps its reference. */
export function apply(before: ViewState, patch: Patch): ViewState {
  const after: ViewState = { head: before.head, tables: [...before.tables] };
  const copied = new Set<number>();
  for (const change of patch) {
    const table = Number(change[0]) - 1;
    if (table < 0) {
      after.head = withFields(after.head, change, 1);
      continue;
    }
    let rows = after.tables[table];
    if (rows === undefined) throw new RangeError(`patch names table ${table}, which the view lacks`);
    if (!copied.has(table)) {
      rows = new Map(rows);
      after.tables[table] = rows;
      copied.add(table);
    }
    const id = String(change[1]);
    if (change.length === 2) rows.delete(id);
    else rows.set(id, withFields(rows.get(id) ?? [id], change, 2));
  }
  return after;
}

function withFields(row: FieldValue[], change: Change, from: number): FieldValue[] {
  const copy = [...row];
  for (let i = from; i < change.length; i += 2) copy[Number(change[i])] = change[i + 1] ?? null;
  return copy;
}

/** The whole view for the wire. */
export const toSnapshot = (view: ViewState): Snapshot => ({
  head: view.head,
  tables: view.tables.map((rows) => [...rows.values()]),
});

/** The view a snapshot holds. */
export const fromSnapshot = (snapshot: Snapshot): ViewState => ({
  head: snapshot.head,
  tables: snapshot.tables.map((rows) => new Map(rows.map((row) => [String(row[0]), row]))),
});

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A 32-bit fingerprint of a view, the same on both sides whatever the order of rows (FNV-1a, summed over rows). */
export function hashOf(view: ViewState): number {
  let sum = hashText(JSON.stringify(view.head));
  view.tables.forEach((rows, table) => {
    for (const row of rows.values()) sum = (sum + hashText(`${table}${JSON.stringify(row)}`)) | 0;
  });
  return sum >>> 0;
}

function hashText(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash;
}
