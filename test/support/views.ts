/** Views in wire form, drawn by fast-check. */
import fc from 'fast-check';
import type { FieldValue, ViewState } from '#shared/delta.ts';
import { ODD_IDS } from './lives.ts';

const HEAD_FIELDS = 3;
const ROW_FIELDS = 4;
const TABLES = 2;

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.array(fc.constantFrom('A', 'B', '__proto__'), { maxLength: 2 }),
);
const rowId = fc.constantFrom('a', 'b', 'c', '1', '', ...ODD_IDS);
const fields = (length: number) => fc.array(value, { minLength: length, maxLength: length });
const table = fc
  .uniqueArray(fc.tuple(rowId, fields(ROW_FIELDS - 1)), { selector: ([id]) => id, maxLength: 6 })
  .map((rows) => new Map(rows.map(([id, rest]) => [id, [id, ...rest] as FieldValue[]])));

/** A view of a head and two tables. */
export const anyView: fc.Arbitrary<ViewState> = fc.record({
  head: fields(HEAD_FIELDS),
  tables: fc.array(table, { minLength: TABLES, maxLength: TABLES }),
});

/** The same view with its rows in another order. */
export const turned = (view: ViewState): ViewState => ({
  head: view.head,
  tables: view.tables.map((rows) => new Map([...rows].reverse())),
});

/** What arrives at the other end of a wire. */
export const overTheWire = <T>(sent: T): T => JSON.parse(JSON.stringify(sent)) as T;
