import type { TextChunks } from './reading.ts';

/** Longest line a recording may have, characters; longer ones are dropped so that memory stays bounded. */
export const MAX_LINE_LENGTH = 1_048_576;

/** A line without its end, or `null` where one was longer than {@link MAX_LINE_LENGTH}. */
export type Line = string | null;

/** The lines of a text, in batches as the chunks come; ends in LF or CRLF, a leading byte order mark is dropped. */
export async function* lineBatches(chunks: TextChunks): AsyncGenerator<Line[]> {
  let rest = '';
  let overlong = false;
  let first = true;
  for await (const chunk of chunks) {
    const text = rest + (first ? chunk.replace(/^\uFEFF/, '') : chunk);
    if (text.length > 0) first = false;
    const lines: Line[] = text.split('\n');
    rest = String(lines.pop() ?? '');
    if (overlong && lines.length > 0) {
      lines[0] = null;
      overlong = false;
    }
    if (rest.length > MAX_LINE_LENGTH) overlong = true;
    if (overlong) rest = '';
    yield lines.map(bounded);
  }
  if (overlong) yield [null];
  else if (rest !== '') yield [bounded(rest)];
}

function bounded(line: Line): Line {
  if (line === null || line.length > MAX_LINE_LENGTH) return null;
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
