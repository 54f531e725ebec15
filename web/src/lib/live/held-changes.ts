/** What a picture that stands still has not shown yet. Pure. */
import { type FieldValue, sameValue, type ViewState } from '#shared/delta.ts';

/** How many rows of these tables came, went or differ between two states of a view. */
export function heldChanges(shown: ViewState, newest: ViewState, tables: Iterable<number>): number {
  let held = 0;
  for (const table of tables) {
    const before = shown.tables[table] ?? new Map<string, FieldValue[]>();
    const after = newest.tables[table] ?? new Map<string, FieldValue[]>();
    if (before === after) continue;
    for (const [id, row] of after) if (!isSame(before.get(id), row)) held++;
    for (const id of before.keys()) if (!after.has(id)) held++;
  }
  return held;
}

const isSame = (before: FieldValue[] | undefined, after: FieldValue[]): boolean =>
  before === after ||
  (before !== undefined && after.every((value, i) => sameValue(before[i] ?? null, value)));
