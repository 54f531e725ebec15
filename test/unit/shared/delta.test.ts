import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, diff, fromSnapshot, hashOf, toSnapshot, type ViewState } from '#shared/delta.ts';
import { ODD_IDS, RUNS } from '#test/support/lives.ts';
import { anyView, overTheWire, turned } from '#test/support/views.ts';

const view = (head: ViewState['head'], rows: ViewState['head'][]): ViewState =>
  fromSnapshot({ head, tables: [rows] });

describe('patches', () => {
  it('the patch from one view to another leads there, also over a wire', () => {
    const property = fc.property(anyView, anyView, (before, after) => {
      const patch = diff(before, after);
      expect(patch === null ? before : apply(before, overTheWire(patch))).toEqual(after);
    });
    fc.assert(property, RUNS);
  });

  it('there is none when nothing changed, whatever the order of rows', () => {
    const property = fc.property(anyView, (before) => {
      expect(diff(before, turned(before))).toBeNull();
      expect(diff(before, fromSnapshot(overTheWire(toSnapshot(before))))).toBeNull();
    });
    fc.assert(property, RUNS);
  });

  it('each changed view has one', () => {
    const property = fc.property(anyView, anyView, (before, after) => {
      const equal = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
      expect(diff(before, after) === null).toBe(equal);
    });
    fc.assert(property, RUNS);
  });

  it('what a patch does not touch keeps its reference', () => {
    const property = fc.property(anyView, anyView, (before, after) => {
      const patch = diff(before, after) ?? [];
      const next = apply(before, patch);
      const touched = new Set(patch.map(([table, id]) => JSON.stringify([table, id])));
      if (!patch.some(([table]) => table === 0)) expect(next.head).toBe(before.head);
      before.tables.forEach((rows, table) => {
        if (!patch.some(([named]) => named === table + 1)) expect(next.tables[table]).toBe(rows);
        for (const [id, row] of rows) {
          if (!touched.has(JSON.stringify([table + 1, id]))) expect(next.tables[table]?.get(id)).toBe(row);
        }
      });
    });
    fc.assert(property, RUNS);
  });

  it('applying a patch leaves the view before as it was', () => {
    const property = fc.property(anyView, anyView, (before, after) => {
      const copy = structuredClone(before);
      apply(before, diff(before, after) ?? []);
      expect(before).toEqual(copy);
    });
    fc.assert(property, RUNS);
  });

  it('carry only what changed: a new row whole, a changed one by field, a gone one by id', () => {
    const before = view(
      ['h', 1],
      [
        ['a', 1, 2],
        ['b', 1, 2],
      ],
    );
    const after = view(
      ['h', 2],
      [
        ['a', 1, 3],
        ['c', 5, 6],
      ],
    );
    expect(diff(before, after)).toEqual([
      [0, 1, 2],
      [1, 'b'],
      [1, 'a', 2, 3],
      [1, 'c', 1, 5, 2, 6],
    ]);
  });

  it('lists are compared by what they hold', () => {
    const before = view([], [['a', ['A', 'B']]]);
    expect(diff(before, view([], [['a', ['A', 'B']]]))).toBeNull();
    expect(diff(before, view([], [['a', ['B', 'A']]]))).toEqual([[1, 'a', 1, ['B', 'A']]]);
    expect(diff(before, view([], [['a', null]]))).toEqual([[1, 'a', 1, null]]);
  });

  it('one that names a table the view lacks is refused', () => {
    expect(() => apply(view([], []), [[2, 'a', 1, 1]])).toThrow(RangeError);
  });

  it.each(ODD_IDS)('%s is an ordinary row', (id) => {
    const empty = view([], []);
    const full = view([], [[id, 1]]);
    const there = apply(empty, overTheWire(diff(empty, full) ?? []));
    expect(there.tables[0]?.get(id)).toEqual([id, 1]);
    expect(apply(there, overTheWire(diff(full, empty) ?? [])).tables[0]?.size).toBe(0);
    expect({}).not.toHaveProperty('1');
  });
});

describe('the hash of a view', () => {
  it('is the same on both sides, whatever the order of rows', () => {
    const property = fc.property(anyView, (sent) => {
      const received = fromSnapshot(overTheWire(toSnapshot(sent)));
      expect(hashOf(received)).toBe(hashOf(sent));
      expect(hashOf(turned(sent))).toBe(hashOf(sent));
    });
    fc.assert(property, RUNS);
  });

  it('differs when the view does', () => {
    const property = fc.property(anyView, anyView, (one, other) => {
      expect(hashOf(one) === hashOf(other)).toBe(diff(one, other) === null);
    });
    fc.assert(property, RUNS);
  });

  it('tells tables apart', () => {
    const left = fromSnapshot({ head: [], tables: [[['a', 1]], []] });
    const right = fromSnapshot({ head: [], tables: [[], [['a', 1]]] });
    expect(hashOf(left)).not.toBe(hashOf(right));
  });
});

const sorted = (state: ViewState) => ({
  head: state.head,
  tables: state.tables.map((rows) =>
    [...rows.values()].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  ),
});
