import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { QUEUE_LOG_LINE, readQueueLog } from './asterisk-queue-log.ts';
import { CALLS_REQUIRED, readCallsCsv } from './calls-csv.ts';
import { cellReader, headerNames } from './csv-table.ts';
import { readEventLines } from './event-lines.ts';
import { lineBatches } from './lines.ts';
import { UnreadableRecording, type Reading, type ReadOptions, type TextChunks } from './reading.ts';
import { FEED_REQUIRED, readSnapshotFeed } from './snapshot-feed.ts';

export type RecordingFormat = 'calls-csv' | 'queue-log' | 'event-lines' | 'snapshot-feed';

/** A recording whose format is known, ready to be read once, from start to end. */
export interface RecordedDay {
  format: RecordingFormat;
  readings: AsyncIterable<Reading>;
}

const READERS: {
  [F in RecordingFormat]: (chunks: TextChunks, options: ReadOptions) => AsyncIterable<Reading>;
} = {
  'calls-csv': readCallsCsv,
  'queue-log': readQueueLog,
  'event-lines': readEventLines,
  'snapshot-feed': readSnapshotFeed,
};

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/**
 * Opens a recording, plain or gzipped, and tells its format by its first line.
 * @throws UnreadableRecording when there is no such file, it is empty, of unknown format, or lacks a column.
 */
export async function openRecordedDay(path: string, options: ReadOptions = {}): Promise<RecordedDay> {
  const gzipped = await isGzipped(path);
  const firstLine = await readFirstLine(textOf(path, gzipped), path);
  const format = formatOf(firstLine, path);
  return { format, readings: READERS[format](textOf(path, gzipped), options) };
}

async function isGzipped(path: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const start = Buffer.alloc(GZIP_MAGIC.length);
    await file.read(start, 0, start.length, 0);
    return start.equals(GZIP_MAGIC);
  } catch (error) {
    throw new UnreadableRecording(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The text of a file; an error while reading becomes an UnreadableRecording. */
async function* textOf(path: string, gzipped: boolean): AsyncGenerator<string> {
  const file = createReadStream(path);
  // The error reaches the loop below through the last stream; the callback only keeps it from being thrown twice.
  const text: Readable = gzipped ? pipeline(file, createGunzip(), () => undefined) : file;
  text.setEncoding('utf8');
  try {
    for await (const chunk of text) yield String(chunk);
  } catch (error) {
    throw new UnreadableRecording(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  } finally {
    file.destroy();
  }
}

async function readFirstLine(chunks: TextChunks, path: string): Promise<string> {
  for await (const lines of lineBatches(chunks)) {
    const line = lines.find((candidate) => candidate === null || candidate.trim() !== '');
    if (line !== undefined) return line ?? '';
  }
  throw new UnreadableRecording(`${path} is empty`);
}

function formatOf(line: string, path: string): RecordingFormat {
  if (line.trimStart().startsWith('{')) return 'event-lines';
  if (QUEUE_LOG_LINE.test(line)) return 'queue-log';
  const header = headerNames(line);
  const format = header.includes('call_id')
    ? 'calls-csv'
    : header.includes('reported_at')
      ? 'snapshot-feed'
      : null;
  if (format === null) {
    throw new UnreadableRecording(
      `${path} is none of: normalised calls CSV, Asterisk queue_log, NDJSON of events, level feed CSV`,
    );
  }
  try {
    cellReader(header, format === 'calls-csv' ? CALLS_REQUIRED : FEED_REQUIRED, []);
  } catch (error) {
    throw new UnreadableRecording(`${path}: ${reasonOf(error)}`, { cause: error });
  }
  return format;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
