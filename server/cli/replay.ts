import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, createApp } from '../app.ts';
import { noAccounts } from '../auth/accounts.ts';
import { type Config, readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { createHistory } from '../history/history.ts';
import { historyFile } from '../history/open.ts';
import { LogUnavailable } from '../log/event-log.ts';
import { ALL_SHARDS } from '../log/shards.ts';
import type { Item, SourcePrincipal } from '../ingest.ts';
import { openNetwork, type OpenProfile } from '../network.ts';
import { createForesight } from '../planner/foresight.ts';
import { type ReadFact, UnreadableRecording } from '../sources/reading.ts';
import { openRecordedDay } from '../sources/recorded-day.ts';
import { openLog } from './open-log.ts';
import { batches, timeOf } from './replay/batches.ts';
import { fileClock } from './replay/file-clock.ts';
import { createTally, type Tally } from './replay/tally.ts';
import { levelFeeds, totals } from './replay/totals.ts';
import { printResult, progress, UsageError } from './result.ts';

const SOURCE: SourcePrincipal = { kind: 'source', source: 'replay', branches: ['*'] };
/** The service level of the result is "answered within 20 s". */
const THRESHOLD_SECONDS = 20;
const RETRY_MS = 200;
const PROGRESS_EVERY = 100_000;

/** A replay knows no accounts: nobody but this machine sees it, unless its network is trusted. */
const openTo = ({ trustedNetwork }: Config): { host?: string; publicOrigin?: undefined } =>
  trustedNetwork ? {} : { host: '127.0.0.1', publicOrigin: undefined };

/** `muster replay`: a recorded day through ingest, log and fold; the same command again goes on where it stopped. */
export async function replay(file: string, options: { speed: string; branch?: string }): Promise<void> {
  const speed = readSpeed(options.speed);
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const day = await openRecordedDay(file, { branch: options.branch }).catch((error: unknown) => {
    throw error instanceof UnreadableRecording ? new UsageError(error.message) : error;
  });
  const folder = folderFor(config, file, options.branch);
  const { log, address: redis, stop } = await openLog({ folder }, logger);
  const profile: OpenProfile = {
    region: { id: 'replay', name: { zh: '回放', en: 'Replay' } },
    channel: day.format === 'snapshot-feed' ? 'hall' : 'voice',
    queueDefaults: { thresholdSeconds: THRESHOLD_SECONDS, targetSeconds: 60 },
  };
  const network = openNetwork(profile);
  const history = await createHistory(
    {
      redis,
      database: { file: historyFile(folder) },
      known: { open: profile },
      shards: ALL_SHARDS,
      keepDays: config.keepDays,
      logLevel: config.logLevel,
    },
    logger,
  );
  const clock = fileClock(speed);
  // At full speed nobody watches; in real time the halls are on the usual address.
  const port = speed === null ? 0 : config.port;
  const foresight = createForesight([], history.reader);
  const app = createApp({
    ...config,
    ...openTo(config),
    port,
    accounts: noAccounts(),
    log,
    history,
    foresight,
    network,
    clock,
    logger,
  });
  const stopped = stopSignal();
  const rejected = createTally();
  const startedAt = performance.now();
  let events = 0;
  try {
    const address = await app.start();
    if (speed !== null) progress(`replaying at ${speed} × on ${address}`);
    for await (const batch of batches(day.readings, rejected, speed)) {
      const now = Math.max(...batch.map(timeOf));
      await clock.reach(now, stopped);
      if (stopped.aborted) throw new UsageError('stopped; the same command goes on from here');
      await post(app, batch, now, rejected);
      const before = events;
      events += batch.length;
      if (Math.floor(events / PROGRESS_EVERY) > Math.floor(before / PROGRESS_EVERY))
        progress(`${events} events`);
    }
    await app.settled();
    const seconds = (performance.now() - startedAt) / 1_000;
    printResult({
      ok: true,
      ...totals(app.branches),
      rejected: rejected.counts(),
      levelFeeds: levelFeeds(app.branches, clock.now()),
      events,
      eventsPerSecond: Math.round(events / seconds),
      dataset: basename(file),
      seed: null,
    });
  } finally {
    await app.stop();
    await stop();
  }
  await rm(folder, { recursive: true, force: true });
}

function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  return stopping.signal;
}

function readSpeed(text: string): number | null {
  if (text === 'max') return null;
  const speed = Number(text);
  if (!(speed > 0) || !Number.isFinite(speed)) throw new UsageError('--speed is a number above 0, or max');
  return speed;
}

// A folder for this very recording: a replay that was cut off finds its own again.
function folderFor(config: Config, file: string, branch: string | undefined): string {
  const path = resolve(file);
  const { size, mtimeMs } = statSync(path);
  const name = JSON.stringify([path, size, mtimeMs, branch ?? null]);
  return join(config.dataDir, 'replay', createHash('sha256').update(name).digest('hex').slice(0, 16));
}

async function post(app: App, batch: ReadFact[], now: number, rejected: Tally): Promise<void> {
  const items: Item[] = batch.map(({ branch, event }) => ({ value: { ...event, branch } }));
  for (;;) {
    try {
      const answer = await app.ingest.post(SOURCE, items, now);
      for (const { reason } of answer.rejected) rejected.add(reason, 1);
      return;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      await sleep(RETRY_MS);
    }
  }
}
