/** The thread of the projector: its own connection to the log, its own to the database. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { createLiveBranches } from '../live-branches.ts';
import { openRedisEventLog } from '../log/redis-event-log.ts';
import { createLogger } from '../logger.ts';
import { createNetwork, openNetwork } from '../network.ts';
import { giveWay } from '../threads/give-way.ts';
import type { ProjectorCommand, ProjectorNews, ProjectorThreadData } from './history.ts';
import { openHistory } from './open.ts';
import { createProjector } from './projector.ts';
import { pruneLimits } from './retention.ts';
import { UnusableHistory } from './store.ts';

const { redis, database, known, shards, keepDays, logLevel } = workerData as ProjectorThreadData;
/** Rows that are old enough are looked for this often, ms. */
const PRUNE_EVERY_MS = 3_600_000;

giveWay();
const logger = createLogger(logLevel);
const log = await openRedisEventLog(redis, logger);
const say = (news: ProjectorNews): void => parentPort?.postMessage(news);
const store = await openHistory(database).catch((error: unknown) => {
  if (error instanceof UnusableHistory) say({ unusable: error.message });
  throw error;
});
const configured = createNetwork({ branches: 'branches' in known ? known.branches : [], sourceKeys: [] });
const network = 'open' in known ? openNetwork(known.open) : configured;
const projector = createProjector({
  log,
  shards,
  branches: () => createLiveBranches(network),
  store,
  clock: systemClock,
  logger,
  caughtUp: (projectedTo) => {
    say({ projectedTo });
  },
});

parentPort?.on('message', (command: ProjectorCommand) => {
  void obey(command).finally(() => parentPort?.postMessage(command.do));
});
say({ projectedTo: 0 });
void projector.run();
setInterval(() => {
  store.prune(pruneLimits(keepDays, systemClock.now())).catch((error: unknown) => {
    logger.warn({ err: error }, 'old history could not be deleted');
  });
}, PRUNE_EVERY_MS).unref();

async function obey(command: ProjectorCommand): Promise<void> {
  if (command.do === 'know') {
    await configured.replace({ branches: command.branches, sourceKeys: [] });
    return;
  }
  if (command.do === 'settle') {
    await projector.settled();
    return;
  }
  await projector.stop();
  await store.close();
  await log.close();
  parentPort?.unref();
}
