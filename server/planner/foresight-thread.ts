/** A thread that works out what lies ahead, question by question. */
import { workerData } from 'node:worker_threads';
import type { BranchProfile } from '#shared/network.ts';
import { type HistoryDatabase, openHistoryReader } from '../history/open.ts';
import { answerQuestions } from '../threads/answering.ts';
import { giveWay } from '../threads/give-way.ts';
import { createForesight, type Foresight } from './foresight.ts';
import { openWarningStore } from './warning-store.ts';

/** What the thread is started with. */
export interface ForesightThreadData {
  profiles: readonly BranchProfile[];
  database: HistoryDatabase;
  /** Where what became of warnings is kept. */
  warningsFile: string;
}

/** Any question by its name. */
export type Asked = {
  [Name in keyof Foresight]: { name: Name; asked: Parameters<Foresight[Name]>[0] };
}[keyof Foresight];

const { profiles, database, warningsFile } = workerData as ForesightThreadData;
giveWay();
const opened = openHistoryReader(database);
const foresight = opened.then((reader) => createForesight(profiles, reader, openWarningStore(warningsFile)));

answerQuestions(
  async ({ name, asked }: Asked): Promise<unknown> => {
    const ask = (await foresight)[name] as (asked: unknown) => Promise<unknown>;
    return ask(asked);
  },
  async () => {
    await (await foresight).close();
    await (await opened).close();
  },
);
