/** A thread that is asked questions: started at the first one, and another one after it died. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { CrossedError, Reply, Request } from './answering.ts';

export interface AskedThread<Question, Answer> {
  /** Rejects with what `revive` makes of the thread's error, or with what `died` makes when the thread ends before it answers. */
  ask(question: Question): Promise<Answer>;
  /** Ends the thread once it has answered everything. */
  close(): Promise<void>;
}

/** What a thread makes is soon rubbish: a small nursery is emptied often, a large one only fills memory, MB. */
const YOUNG_MB = 12;

/** A thread that runs this script. */
export function startThread(script: URL, workerData: unknown = null): Worker {
  // Which node was started with would overrule that of the thread; the nursery of the calling thread stays as it is.
  setFlagsFromString('--max-semi-space-size=0');
  return new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
}

interface Waiting<Answer> {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

export function createAskedThread<Question, Answer>(parts: {
  start: () => Worker;
  revive: (error: CrossedError) => Error;
  died: (cause: unknown) => Error;
}): AskedThread<Question, Answer> {
  const waiting = new Map<number, Waiting<Answer>>();
  let thread: Worker | undefined;
  let asked = 0;

  const start = (): Worker => {
    const started = parts.start();
    // Who waits for an answer keeps the process up; the thread alone does not.
    started.unref();
    started.on('message', (reply: Reply<Answer>) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if ('error' in reply) one?.reject(parts.revive(reply.error));
      else one?.resolve(reply.answer);
    });
    const died = (cause?: unknown): void => {
      if (thread !== started) return;
      thread = undefined;
      const error = parts.died(cause);
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', died);
    started.on('exit', () => {
      died();
    });
    return started;
  };

  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        thread ??= start();
        const id = ++asked;
        waiting.set(id, { resolve, reject });
        thread.ref();
        thread.postMessage({ id, question } satisfies Request<Question>);
      }),
    async close() {
      const open = thread;
      if (open === undefined) return;
      const gone = new Promise((resolve) => open.once('exit', resolve));
      open.ref();
      open.postMessage('close' satisfies Request<Question>);
      await gone;
    },
  };
}
