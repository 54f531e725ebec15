import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows, unpackRows } from '#server/history/packed-rows.ts';

const number = fc.option(fc.double({ noNaN: true }));
const text = fc.option(fc.string({ unit: 'grapheme' }));
const rows = fc.array(fc.tuple(text, number, text, number));

describe('packed rows', () => {
  it('come out as they went in, after a copy to another thread', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const packed = packRows(given);
        const received = structuredClone(packed, { transfer: [packed.cells.buffer] });
        expect([...unpackRows(received)]).toEqual(given);
      }),
    );
  });

  it('hold each text once', () => {
    const packed = packRows([
      ['hall', 1, 'q'],
      ['hall', 2, 'q'],
      ['q', 3, 'hall'],
    ]);
    expect(packed.texts).toEqual(['hall', 'q']);
  });
});
