/** Errors of a thread that holds a history file, as they were there. */
import type { CrossedError } from '../threads/answering.ts';
import { AnswerTooLarge, HistoryUnavailable, UnusableHistory } from './store.ts';

const KINDS = new Map(
  Object.entries({ HistoryUnavailable, UnusableHistory, AnswerTooLarge }) satisfies Iterable<
    [string, new (message: string) => Error]
  >,
);

/** The error that crossed; one of a kind that history does not name keeps its name in its message. */
export function revive({ name, message }: CrossedError): Error {
  const Kind = KINDS.get(name);
  return Kind === undefined ? new Error(`${name}: ${message}`) : new Kind(message);
}
