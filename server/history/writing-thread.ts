/** The thread that writes to a SQLite file, one statement after the other. */
import type { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answering.ts';
import { inputs, openDatabase, translated } from './sqlite-engine.ts';
import { HistoryUnavailable } from './store.ts';
import type { Outcome, Statement } from './threaded-sqlite.ts';

const { file } = workerData as { file: string };
let opened: DatabaseSync | undefined;

const answer = ({ sql, parameters }: Statement): Outcome => {
  const database = (opened ??= openDatabase(file));
  // This thread is younger than the transaction: what it did before went with the thread before.
  if (!database.isTransaction && !sql.startsWith('begin'))
    throw new HistoryUnavailable('the transaction is gone; try again');
  const statement = database.prepare(sql);
  if (statement.columns().length > 0) return { rows: statement.all(...inputs(parameters)), changed: null };
  return { rows: [], changed: statement.run(...inputs(parameters)).changes };
};

answerQuestions(
  (statement: Statement) => Promise.resolve(translated(() => answer(statement))),
  () => {
    opened?.close();
    return Promise.resolve();
  },
);
