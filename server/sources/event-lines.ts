import { SourceEvent } from '#shared/events.ts';
import { lineBatches } from './lines.ts';
import type { Reading, ReadOptions, TextChunks } from './reading.ts';

/** Lines that name no branch are of this one. */
const DEFAULT_BRANCH = 'replay';

/**
 * Reads NDJSON of Muster's own events, in the order of the file. The branch is the option's, else the line's own.
 * Refused: `bad-line` (no JSON object, or too long), and `invalid` for what the schema refuses.
 */
export async function* readEventLines(
  chunks: TextChunks,
  options: ReadOptions = {},
): AsyncGenerator<Reading> {
  for await (const lines of lineBatches(chunks)) {
    for (const line of lines) if (line === null || line.trim() !== '') yield readLine(line, options.branch);
  }
}

function readLine(line: string | null, givenBranch: string | undefined): Reading {
  const json = line === null ? null : jsonObject(line);
  if (json === null) return { refused: 'bad-line' };
  const parsed = SourceEvent.safeParse(json);
  if (!parsed.success) return { refused: 'invalid' };
  const { branch: ownBranch, ...event } = parsed.data;
  return { branch: givenBranch ?? ownBranch ?? DEFAULT_BRANCH, event };
}

function jsonObject(line: string): object | null {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}
