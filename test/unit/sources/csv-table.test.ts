import { describe, expect, it } from 'vitest';
import { splitRow } from '#server/sources/csv-table.ts';

describe('splitRow', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    ['"a,1",b', ['a,1', 'b']],
    ['a,"say ""x""",', ['a', 'say "x"', '']],
    ['""', ['']],
    ['a,b"c', ['a', 'b"c']],
  ])('splits %s', (line, cells) => {
    expect(splitRow(line)).toEqual(cells);
  });

  it.each(['"a', '"a"b,c', 'a,"b'])('refuses %s, whose quotes do not match', (line) => {
    expect(splitRow(line)).toBeNull();
  });
});
