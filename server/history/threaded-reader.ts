/** Asks the thread that reads a history file. */
import { createAskedThread, startThread } from '../threads/asked-thread.ts';
import { revive } from './crossed-errors.ts';
import { type PackedRows, unpackRows } from './packed-rows.ts';
import { createReader, type Question } from './reader.ts';
import { type HistoryReader, HistoryUnavailable } from './store.ts';

const readerThread = (file: string) => startThread(new URL('./reader-thread.ts', import.meta.url), { file });

/** A reader of a file by a thread, which is started at the first question and again after it died. */
export function createThreadedReader(file: string, start = readerThread): HistoryReader {
  const thread = createAskedThread<Question, PackedRows>({
    start: () => start(file),
    revive,
    died: (cause) => new HistoryUnavailable('the thread that reads history died; ask again', { cause }),
  });
  return {
    ...createReader(async (question) => unpackRows(await thread.ask(question))),
    close: () => thread.close(),
  };
}
