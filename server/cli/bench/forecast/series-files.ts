import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type IntervalSeries,
  onGrid,
  type RawSeries,
  readIntervals,
} from '../../../sources/interval-series.ts';
import { UnreadableRecording } from '../../../sources/reading.ts';
import { openText } from '../../../sources/text-file.ts';
import { UsageError } from '../../result.ts';

const SERIES_FILE = /\.csv(\.gz)?$/;

/**
 * Reads interval series from files; a file without a column of places is a series of its own, named like the file.
 * @throws UsageError that names the file and what is wrong with it.
 */
export async function readSeriesFiles(paths: readonly string[]): Promise<IntervalSeries> {
  const raw: RawSeries = new Map();
  for (const path of paths) {
    await asUsage(path, async () => {
      await readIntervals((await openText(path))(), basename(path).replace(SERIES_FILE, ''), raw);
    });
  }
  return asUsage(paths.join(', '), () => Promise.resolve(onGrid(raw)));
}

async function asUsage<T>(subject: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UnreadableRecording)) throw error;
    throw new UsageError(error.message.includes(subject) ? error.message : `${subject}: ${error.message}`);
  }
}

/** The series files of a folder, by name. */
export function seriesFilesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw new UsageError(`cannot read the folder ${folder}`);
  }
  const files = names.filter((name) => SERIES_FILE.test(name)).sort();
  if (files.length === 0) throw new UsageError(`${folder} holds no .csv files`);
  return files.map((name) => join(folder, name));
}
