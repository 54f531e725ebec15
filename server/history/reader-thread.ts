/** The thread that reads a history file: a report that takes a second takes it here. */
import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../threads/answering.ts';
import { openWhenNeeded } from './open-engine.ts';
import { type PackedRows, packRows, rowCount } from './packed-rows.ts';
import { checkSize, queryFor } from './queries.ts';
import type { Question } from './reader.ts';

const { file } = workerData as { file: string };
const engine = openWhenNeeded({ file });

answerQuestions(
  async (question: Question): Promise<PackedRows> => {
    const { db, read } = await engine.get();
    const rows = await read(queryFor(question).compile(db), packRows);
    checkSize(rowCount(rows));
    return rows;
  },
  () => engine.close(),
  ({ cells }) => [cells.buffer],
);
