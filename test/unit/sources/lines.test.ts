import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineBatches, MAX_LINE_LENGTH, type Line } from '#server/sources/lines.ts';

async function linesOf(chunks: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const batch of lineBatches(chunks)) lines.push(...batch);
  return lines;
}

describe('lineBatches', () => {
  it('takes LF and CRLF, and a last line without end', async () => {
    expect(await linesOf(['a\r\nb\n\nc'])).toEqual(['a', 'b', '', 'c']);
  });

  it('drops a byte order mark', async () => {
    expect(await linesOf(['', '\uFEFFa\nb\n'])).toEqual(['a', 'b']);
  });

  it('gives null for a line that is too long, and the next one whole', async () => {
    const long = 'x'.repeat(MAX_LINE_LENGTH);
    expect(await linesOf(['a\n', long, long, 'x\nb\n'])).toEqual(['a', null, 'b']);
    expect(await linesOf([`a\n${long}x\nb`])).toEqual(['a', null, 'b']);
    expect(await linesOf([long, 'x'])).toEqual([null]);
  });

  it('gives the same lines however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', '\r', '\n', '"') })),
        async (chunks) => {
          expect(await linesOf(chunks)).toEqual(await linesOf([chunks.join('')]));
        },
      ),
    );
  });
});
