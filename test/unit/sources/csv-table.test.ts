import { describe, expect, it } from 'vitest';
import { rowBatches, splitRow } from '#server/sources/csv-table.ts';

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

describe('rowBatches', () => {
  it('gives the rows below the header with the numbers of their lines, and passes over blank lines', async () => {
    const rows: unknown[] = [];
    for await (const batch of rowBatches(['\uFEFFA, b\n1,2\n', '\n \n"3,4\n5,', '6'], (header) => header))
      rows.push(...batch.rows.map(({ number, cells }) => [batch.columns.join(), number, cells]));
    expect(rows).toEqual([
      ['a,b', 2, ['1', '2']],
      ['a,b', 5, null],
      ['a,b', 6, ['5', '6']],
    ]);
  });
});
