/** Foresight by a thread of its own, so that the loop that serves screens never waits for it. */
import { Worker } from 'node:worker_threads';
import { HistoryUnavailable } from '../history/store.ts';
import type { Foresight } from './foresight.ts';
import type { ForesightThreadData, Reply } from './foresight-thread.ts';

/** The thread ended while it worked out an answer; the next question starts another one. */
class ForesightDied extends Error {
  override name = 'ForesightDied';
}

/** As for the projector: a large nursery only fills memory, MB. */
const YOUNG_MB = 24;

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** Foresight of these halls; the thread starts at the first question, and again after it died. */
export function createThreadedForesight(data: ForesightThreadData): Foresight {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let asked = 0;

  const start = (): Worker => {
    const started = new Worker(new URL('./foresight-thread.ts', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    // Who waits for an answer keeps the process up; the thread alone does not.
    started.unref();
    started.on('message', (reply: Reply) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if ('error' in reply) one?.reject(revived(reply.error));
      else one?.resolve(reply.answer);
    });
    const died = (cause?: unknown): void => {
      if (thread !== started) return;
      thread = undefined;
      for (const { reject } of waiting.values())
        reject(new ForesightDied('the thread that looks ahead died; ask again', { cause }));
      waiting.clear();
    };
    started.on('error', died);
    started.on('exit', () => {
      died();
    });
    return started;
  };

  const ask =
    <Name extends keyof Foresight>(name: Name): Foresight[Name] =>
    (...args: unknown[]): Promise<never> =>
      new Promise((resolve, reject) => {
        thread ??= start();
        const id = ++asked;
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
        thread.ref();
        thread.postMessage({ id, name, asked: args[0] });
      });

  return {
    predict: ask('predict'),
    twins: ask('twins'),
    forecast: ask('forecast'),
    requirements: ask('requirements'),
    accuracy: ask('accuracy'),
    suggest: ask('suggest'),
    noChange: ask('noChange'),
    async close() {
      if (thread === undefined) return;
      await ask('close')().catch(() => undefined);
    },
  };
}

function revived({ name, message }: { name: string; message: string }): Error {
  if (name === 'HistoryUnavailable') return new HistoryUnavailable(message);
  return name === 'RangeError' ? new RangeError(message) : new Error(`${name}: ${message}`);
}
