import { QUEUE_LOG_LINE, readQueueLog } from './asterisk-queue-log.ts';
import { CALLS_REQUIRED, readCallsCsv } from './calls-csv.ts';
import { cellReader, headerNames } from './csv-table.ts';
import { readEventLines } from './event-lines.ts';
import { lineBatches } from './lines.ts';
import { UnreadableRecording, type Reading, type ReadOptions, type TextChunks } from './reading.ts';
import { FEED_REQUIRED, readSnapshotFeed } from './snapshot-feed.ts';
import { openText, reasonOf } from './text-file.ts';

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

/**
 * Opens a recording, plain or gzipped, and tells its format by its first line.
 * @throws UnreadableRecording when there is no such file, it is empty, of unknown format, or lacks a column.
 */
export async function openRecordedDay(path: string, options: ReadOptions = {}): Promise<RecordedDay> {
  const text = await openText(path);
  const firstLine = await readFirstLine(text(), path);
  const format = formatOf(firstLine, path);
  return { format, readings: READERS[format](text(), options) };
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
