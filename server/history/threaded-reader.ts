/** Asks the thread that reads a history file, and starts another one when it dies. */
import { Worker } from 'node:worker_threads';
import type { Cell } from './columns.ts';
import { unpackRows } from './packed-rows.ts';
import { createReader, type Question } from './reader.ts';
import type { Reply, Request } from './reader-thread.ts';
import { AnswerTooLarge, type HistoryReader, HistoryUnavailable, UnusableHistory } from './store.ts';

interface Waiting {
  resolve: (rows: Iterable<readonly Cell[]>) => void;
  reject: (error: Error) => void;
}

const readerThread = (file: string): Worker =>
  new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData: { file } });

/** A reader of a file by a thread, which is started at the first question and again after it died. */
export function createThreadedReader(file: string, startThread = readerThread): HistoryReader {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let asked = 0;

  const start = (): Worker => {
    const started = startThread(file);
    // Who waits for an answer keeps the process up; the thread alone does not.
    started.unref();
    started.on('message', (reply: Reply) => {
      const { resolve, reject } = waiting.get(reply.id) ?? {};
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if ('error' in reply) reject?.(revived(reply.error));
      else resolve?.(unpackRows(reply.rows));
    });
    const died = (cause?: unknown): void => {
      if (thread !== started) return;
      thread = undefined;
      const error = new HistoryUnavailable('the thread that reads history died; ask again', { cause });
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', died);
    started.on('exit', () => {
      died();
    });
    return started;
  };

  const ask = (question: Question): Promise<Iterable<readonly Cell[]>> =>
    new Promise((resolve, reject) => {
      thread ??= start();
      const id = ++asked;
      waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ id, question } satisfies Request);
    });

  return {
    ...createReader(ask),
    async close() {
      const open = thread;
      if (open === undefined) return;
      const gone = new Promise((resolve) => open.once('exit', resolve));
      open.ref();
      open.postMessage('close' satisfies Request);
      await gone;
    },
  };
}

function revived({ name, message }: { name: string; message: string }): Error {
  if (name === 'HistoryUnavailable') return new HistoryUnavailable(message);
  if (name === 'UnusableHistory') return new UnusableHistory(message);
  if (name === 'AnswerTooLarge') return new AnswerTooLarge(message);
  return new Error(`${name}: ${message}`);
}
