/** The text of a recording, plain or gzipped. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type TextChunks, UnreadableRecording } from './reading.ts';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/**
 * The text of a file, read from its start each time it is asked for.
 * @throws UnreadableRecording when there is no such file, or later while it is read.
 */
export async function openText(path: string): Promise<() => TextChunks> {
  const gzipped = await isGzipped(path);
  return () => textOf(path, gzipped);
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

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
