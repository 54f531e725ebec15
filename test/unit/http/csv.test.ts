import { describe, expect, it } from 'vitest';
import { cellAt, columnName, columnsOf, csvLine } from '#server/http/csv.ts';

describe('csvLine', () => {
  it.each(['=1+1', '+SUM(A1)', '-cmd', '@import', '\tx', '\rx', '\nx', '＝1+1', '＠x'])(
    'keeps a spreadsheet from running %j',
    (text) => {
      expect(csvLine([text])).toContain(`'${text}`);
    },
  );

  it('leaves numbers as they are, negative ones too', () => {
    expect(csvLine([-1.5, 0, 12])).toBe('-1.5,0,12\r\n');
  });

  it('quotes commas, quotes and line breaks, and leaves nothing for nothing', () => {
    expect(csvLine(['a,b', 'a;=1', 'say "x"', 'two\nlines', null, undefined, true])).toBe(
      '"a,b","a;=1","say ""x""","two\nlines",,,true\r\n',
    );
  });
});

describe('columnsOf', () => {
  const row = { id: 'q', figures: { asa: { numerator: 3, value: null } } };

  it('names each value by the way to it', () => {
    expect(columnsOf(row).map(columnName)).toEqual(['id', 'figures.asa.numerator', 'figures.asa.value']);
    expect(columnsOf(row).map((column) => cellAt(row, column))).toEqual(['q', 3, null]);
  });

  it('leaves empty what another row lacks', () => {
    expect(columnsOf(row).map((column) => cellAt({ id: 'p', figures: null }, column))).toEqual([
      'p',
      undefined,
      undefined,
    ]);
  });
});
