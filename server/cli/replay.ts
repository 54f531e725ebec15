import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, createApp } from '../app.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { addCounts, type Counts, noCounts } from '../domain/metrics/counts.ts';
import { createLogger } from '../logger.ts';
import { LogUnavailable } from '../log/event-log.ts';
import { type Item, MAX_EVENTS, type SourcePrincipal } from '../ingest.ts';
import { openNetwork } from '../network.ts';
import type { ReadFact } from '../sources/reading.ts';
import { UnreadableRecording } from '../sources/reading.ts';
import { openRecordedDay } from '../sources/recorded-day.ts';
import { openLog } from './open-log.ts';
import { printResult, progress, UsageError } from './result.ts';

const SOURCE: SourcePrincipal = { kind: 'source', source: 'replay', branches: ['*'] };
/** The service level of the result is "answered within 20 s". */
const THRESHOLD_SECONDS = 20;
const RETRY_MS = 200;
/** In real time, events are sent in steps of this, ms. */
const STEP_MS = 100;
const PROGRESS_EVERY = 100_000;

/** `muster replay`: a recorded day through ingest, log and fold; the same command again goes on where it stopped. */
export async function replay(file: string, options: { speed: string; branch?: string }): Promise<void> {
  const speed = readSpeed(options.speed);
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const day = await openRecordedDay(file, { branch: options.branch }).catch((error: unknown) => {
    throw error instanceof UnreadableRecording ? new UsageError(error.message) : error;
  });
  const folder = folderFor(config, file, options.branch);
  const { log, stop } = await openLog({ folder }, logger);
  const network = openNetwork({
    region: { id: 'replay', name: { zh: '回放', en: 'Replay' } },
    channel: day.format === 'snapshot-feed' ? 'hall' : 'voice',
    queueDefaults: { thresholdSeconds: THRESHOLD_SECONDS, targetSeconds: 60 },
  });
  const clock = fileClock(speed);
  const app = createApp({ ...config, log, network, clock, logger });
  const rejected = new Map<string, number>();
  const startedAt = performance.now();
  let events = 0;
  try {
    const address = await app.start();
    if (speed !== null) progress(`replaying at ${speed} × on ${address}`);
    for await (const batch of batches(day.readings, rejected, speed)) {
      const now = batch.at(-1)?.receivedAt ?? batch.at(-1)?.event.at ?? 0;
      await clock.reach(now);
      await post(app, batch, now, rejected);
      const before = events;
      events += batch.length;
      if (Math.floor(events / PROGRESS_EVERY) > Math.floor(before / PROGRESS_EVERY)) progress(`${events} events`);
    }
    await app.settled();
    const seconds = (performance.now() - startedAt) / 1_000;
    printResult({
      ok: true,
      ...totals(app),
      rejected: Object.fromEntries(rejected),
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

interface FileClock extends Clock {
  /** Comes to an instant of the file: at once at full speed, else when its time has come. */
  reach(fileMs: number): Promise<void>;
}

function fileClock(speed: number | null): FileClock {
  let now = 0;
  let started: { real: number; file: number } | null = null;
  const fileNow = (): number =>
    speed === null || started === null ? now : started.file + (systemClock.monotonic() - started.real) * speed;
  return {
    now: () => Math.max(now, Math.floor(fileNow())),
    monotonic: () => systemClock.monotonic(),
    async reach(fileMs) {
      if (speed !== null) {
        started ??= { real: systemClock.monotonic(), file: fileMs };
        const waitMs = (fileMs - fileNow()) / speed;
        if (waitMs > 0) await sleep(waitMs);
      }
      now = Math.max(now, fileMs);
    },
  };
}

/** Facts in lots that are posted together: as many as fit at full speed, else what falls into one step. */
async function* batches(
  readings: AsyncIterable<ReadFact | { refused: string; count?: number }>,
  rejected: Map<string, number>,
  speed: number | null,
): AsyncIterable<ReadFact[]> {
  const spanMs = speed === null ? Infinity : STEP_MS * speed;
  let batch: ReadFact[] = [];
  for await (const reading of readings) {
    if ('refused' in reading) {
      count(rejected, reading.refused, reading.count ?? 1);
      continue;
    }
    const first = batch[0];
    const full = batch.length >= MAX_EVENTS || (first !== undefined && timeOf(reading) - timeOf(first) > spanMs);
    if (full || (first?.receivedAt !== undefined && reading.receivedAt !== first.receivedAt)) {
      yield batch;
      batch = [];
    }
    batch.push(reading);
  }
  if (batch.length > 0) yield batch;
}

const timeOf = (fact: ReadFact): number => fact.receivedAt ?? fact.event.at;

async function post(app: App, batch: ReadFact[], now: number, rejected: Map<string, number>): Promise<void> {
  const items: Item[] = batch.map(({ branch, event }) => ({ value: { ...event, branch } }));
  for (;;) {
    try {
      const answer = await app.ingest.post(SOURCE, items, now);
      for (const { reason } of answer.rejected) count(rejected, reason, 1);
      return;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      await sleep(RETRY_MS);
    }
  }
}

function count(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function totals(app: App) {
  const all = noCounts();
  const queues = new Map<string, Counts>();
  const agentBusySeconds = new Map<string, number>();
  for (const id of app.branches.ids()) {
    const figures = app.branches.get(id)?.live.figures;
    for (const [queue, { total }] of figures?.queues ?? []) {
      const sum = queues.get(queue) ?? noCounts();
      addCounts(sum, total);
      addCounts(all, total);
      queues.set(queue, sum);
    }
    for (const [agent, seconds] of figures?.busySeconds ?? []) {
      agentBusySeconds.set(agent, (agentBusySeconds.get(agent) ?? 0) + seconds);
    }
  }
  return {
    all: figuresOf(all),
    queues: Object.fromEntries([...queues].map(([queue, counts]) => [queue, figuresOf(counts)])),
    agentBusySeconds: Object.fromEntries(agentBusySeconds),
  };
}

const figuresOf = (counts: Counts) => ({
  offered: counts.offered,
  answered: counts.answered,
  abandoned: counts.abandoned,
  answeredWithin20s: counts.answeredWithin,
  waitSecondsSum: counts.waitSeconds,
  waitSecondsMax: counts.waitSecondsMax,
  serviceSecondsSum: counts.serviceSeconds,
});
