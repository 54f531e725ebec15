/** History as the rest of the server sees it: rows to read, and a projector that fills them beside the live path. */
import type { Worker } from 'node:worker_threads';
import type { BranchProfile, NetworkFile } from '#shared/network.ts';
import type { RedisAddress } from '../log/redis-connection.ts';
import type { Logger } from '../logger.ts';
import type { OpenProfile } from '../network.ts';
import { startThread } from '../threads/asked-thread.ts';
import { type HistoryDatabase, openHistoryReader } from './open.ts';
import { type HistoryReader, type PruneLimits, UnusableHistory } from './store.ts';

export interface History {
  reader: HistoryReader;
  /**
   * Begins to follow the log; to be called when the halls are live, which comes first. Throws {@link UnusableHistory} when
   * the database is not one this program can use.
   */
  start(): Promise<void>;
  /** From now on history knows these branches; resolves when it does. */
  know(branches: readonly BranchProfile[]): Promise<void>;
  /** Until when everything that was told is in history, epoch ms; 0 as long as nobody knows. */
  projectedTo(): number;
  /** Resolves when everything that is in the log now is in history. */
  settled(): Promise<void>;
  /** Stores what is folded, saves checkpoints, and closes. */
  stop(): Promise<void>;
}

/** The branches history knows: a list, or every one that comes, made from a profile. */
export type KnownBranches = Pick<NetworkFile, 'branches'> | { open: OpenProfile };

/** What the thread of the projector is started with. */
export interface ProjectorThreadData {
  redis: RedisAddress;
  database: HistoryDatabase;
  known: KnownBranches;
  shards: readonly number[];
  keepDays: PruneLimits;
  logLevel: string;
}

/** A projector that died is started again after this, ms. */
const RESTART_MS = 1_000;

/** What the thread is told; it answers with the `do` of what is done. */
export type ProjectorCommand = { do: 'settle' | 'stop' } | { do: 'know'; branches: BranchProfile[] };

export type ProjectorAnswer = ProjectorCommand['do'];

/** What it says by itself. */
export type ProjectorNews = { projectedTo: number } | { unusable: string };

/** Opens history with its projector in a thread of its own; a thread that dies is started again. */
export async function createHistory(started: ProjectorThreadData, logger: Logger): Promise<History> {
  let data = started;
  const reader = await openHistoryReader(data.database);
  let worker: Worker | undefined;
  let stopping = false;
  let projectedTo = 0;

  const opened = Promise.withResolvers<void>();
  // Whoever starts it hears of it; before that nobody needs to.
  opened.promise.catch(() => undefined);

  const start = (): void => {
    const thread = startThread(new URL('./projector-thread.ts', import.meta.url), data);
    worker = thread;
    thread.on('message', (news: ProjectorAnswer | ProjectorNews) => {
      if (typeof news !== 'object') return;
      if ('unusable' in news) {
        stopping = true;
        opened.reject(new UnusableHistory(news.unusable));
        return;
      }
      ({ projectedTo } = news);
      opened.resolve();
    });
    thread.on('error', (error) => {
      logger.error({ err: error }, 'the projector of history died and is started again');
    });
    thread.on('exit', () => {
      // A database that is away holds nobody up: the halls are live without it.
      opened.resolve();
      if (!stopping && worker === thread) setTimeout(start, RESTART_MS).unref();
    });
  };

  const ask = async (command: ProjectorCommand): Promise<void> => {
    const asked = worker;
    if (asked === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const hear = (answer: ProjectorAnswer | ProjectorNews): void => {
      if (answer === command.do) resolve();
    };
    asked.on('message', hear);
    asked.once('exit', () => {
      resolve();
    });
    asked.postMessage(command);
    await promise;
    asked.off('message', hear);
  };

  return {
    reader,
    start() {
      start();
      return opened.promise;
    },
    know(branches) {
      data = { ...data, known: { branches: [...branches] } };
      return ask({ do: 'know', branches: [...branches] });
    },
    projectedTo: () => projectedTo,
    settled: () => ask({ do: 'settle' }),
    async stop() {
      stopping = true;
      await ask({ do: 'stop' });
      await worker?.terminate();
      await reader.close();
    },
  };
}
