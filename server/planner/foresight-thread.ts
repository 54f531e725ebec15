/** A thread that works out what lies ahead, question by question. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BranchProfile } from '#shared/network.ts';
import { type HistoryDatabase, openHistoryReader } from '../history/open.ts';
import { createForesight, type Foresight } from './foresight.ts';

/** What the thread is started with. */
export interface ForesightThreadData {
  profiles: readonly BranchProfile[];
  database: HistoryDatabase;
}

/** Any question by its name. */
export type Asked = {
  [Name in keyof Foresight]: { name: Name; asked: Parameters<Foresight[Name]>[0] };
}[keyof Foresight];

/** What the thread is told, and what it answers; an error crosses by its name and message. */
export type Request = { id: number } & Asked;
export type Reply =
  { id: number; answer: unknown } | { id: number; error: { name: string; message: string } };

const { profiles, database } = workerData as ForesightThreadData;
const opened = openHistoryReader(database);
const foresight = opened.then((reader) => createForesight(profiles, reader));

async function answer({ id, name, asked }: Request): Promise<void> {
  let reply: Reply;
  try {
    const ask = (await foresight)[name] as (asked: unknown) => Promise<unknown>;
    reply = { id, answer: await ask(asked) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    reply = { id, error: { name, message } };
  }
  if (name === 'close') await (await opened).close();
  parentPort?.postMessage(reply);
  if (name === 'close') parentPort?.close();
}

parentPort?.on('message', (request: Request) => void answer(request));
