/** The thread that reads a history file: a report that takes a second takes it here. */
import { parentPort, workerData } from 'node:worker_threads';
import { openWhenNeeded } from './open-engine.ts';
import { type PackedRows, packRows, rowCount } from './packed-rows.ts';
import { checkSize, queryFor } from './queries.ts';
import type { Question } from './reader.ts';

/** What the thread is told: a numbered question, or to end. */
export type Request = { id: number; question: Question } | 'close';
/** And what it answers. An error crosses by its name and message. */
export type Reply =
  { id: number; rows: PackedRows } | { id: number; error: { name: string; message: string } };

const { file } = workerData as { file: string };
const engine = openWhenNeeded({ file });

async function answer(id: number, question: Question): Promise<void> {
  let reply: Reply;
  try {
    const { db, read } = await engine.get();
    const rows = await read(queryFor(question).compile(db), packRows);
    checkSize(rowCount(rows));
    reply = { id, rows };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    reply = { id, error: { name, message } };
  }
  parentPort?.postMessage(reply, 'rows' in reply ? [reply.rows.cells.buffer] : []);
}

let answered: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (request: Request) => {
  if (request === 'close') void close();
  else answered = Promise.all([answered, answer(request.id, request.question)]);
});

async function close(): Promise<void> {
  await answered;
  await engine.close();
  parentPort?.close();
}
