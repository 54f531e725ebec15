/** Foresight by a thread of its own, so that the loop that serves screens never waits for it. */
import { HistoryUnavailable } from '../history/store.ts';
import type { CrossedError } from '../threads/answering.ts';
import { createAskedThread, startThread } from '../threads/asked-thread.ts';
import type { Asked, ForesightThreadData } from './foresight-thread.ts';
import type { Foresight } from './foresight.ts';

/** The thread ended while it worked out an answer; the next question starts another one. */
class ForesightDied extends Error {
  override name = 'ForesightDied';
}

/** Foresight of these halls; the thread starts at the first question, and again after it died. */
export function createThreadedForesight(started: ForesightThreadData): Foresight {
  let data = started;
  const thread = createAskedThread<unknown, never>({
    start: () => startThread(new URL('./foresight-thread.ts', import.meta.url), data),
    revive,
    died: (cause) => new ForesightDied('the thread that looks ahead died; ask again', { cause }),
  });
  const ask =
    <Name extends Asked['name']>(name: Name): Foresight[Name] =>
    (...args: unknown[]) =>
      thread.ask({ name, asked: args[0] });

  return {
    know(profiles) {
      data = { ...data, profiles };
      return ask('know')(profiles);
    },
    heard: ask('heard'),
    predict: ask('predict'),
    twins: ask('twins'),
    forecast: ask('forecast'),
    requirements: ask('requirements'),
    accuracy: ask('accuracy'),
    monthlyNote: ask('monthlyNote'),
    suggest: ask('suggest'),
    noChange: ask('noChange'),
    close: () => thread.close(),
  };
}

function revive({ name, message }: CrossedError): Error {
  if (name === 'HistoryUnavailable') return new HistoryUnavailable(message);
  return name === 'RangeError' ? new RangeError(message) : new Error(`${name}: ${message}`);
}
