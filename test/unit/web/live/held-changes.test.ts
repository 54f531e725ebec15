import { describe, expect, it } from 'vitest';
import type { FieldValue, ViewState } from '#shared/delta.ts';
import { heldChanges } from '#lib/live/held-changes.ts';

const view = (...tables: FieldValue[][][]): ViewState => ({
  head: [],
  tables: tables.map((rows) => new Map(rows.map((row) => [String(row[0]), row]))),
});

describe('what a picture that stands still has not shown', () => {
  const shown = view(
    [
      ['a', 1, ['x']],
      ['b', 2, []],
    ],
    [['alert', 1]],
  );

  it('is each row that came, went or differs', () => {
    const newest = view(
      [
        ['b', 3, []],
        ['c', 1, []],
      ],
      [['alert', 1]],
    );
    expect(heldChanges(shown, newest, [0])).toBe(3);
  });

  it('is nothing when the whole view was sent again as it was, and nothing of tables that go on', () => {
    const again = view(
      [
        ['a', 1, ['x']],
        ['b', 2, []],
      ],
      [['other', 1]],
    );
    expect(heldChanges(shown, again, [0])).toBe(0);
    expect(heldChanges(shown, again, [0, 1])).toBe(2);
  });
});
