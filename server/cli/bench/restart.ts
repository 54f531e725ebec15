import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { MAX_EVENTS } from '../../ingest.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { createLoad, loadBranches } from './load.ts';
import { type BenchFolder, makeBenchFolder, startLiveServer } from './live-server.ts';
import { rounded } from './percentiles.ts';
import { postEvents } from './post-events.ts';

/** Posts under way at a time. */
const IN_FLIGHT = 4;
/** Live within this, ms. */
const TARGET_MS = 10_000;
const PROGRESS_EVERY = 250_000;

const Options = z.object({
  events: z.coerce.number().int().positive(),
  branches: z.coerce.number().int().positive(),
});

/** `muster bench restart`: how long a server with many events in its log takes until it is live again. */
export async function benchRestart(raw: unknown): Promise<void> {
  const options = Options.safeParse(raw);
  if (!options.success)
    throw new UsageError(`--${options.error.issues[0]?.path.join('') ?? ''} is not a number that fits`);
  const { events, branches } = options.data;
  const folder = makeBenchFolder(loadBranches(branches));
  try {
    const first = await startLiveServer(folder);
    const startedAt = performance.now();
    await fill(first, events, branches);
    const fillSeconds = (performance.now() - startedAt) / 1_000;
    await first.end('SIGKILL');
    const afterCrashMs = await timeStart(folder);
    const afterStopMs = await timeStart(folder);
    printResult({
      ok: afterCrashMs <= TARGET_MS && afterStopMs <= TARGET_MS,
      events,
      branches,
      postedPerSecond: Math.round(events / fillSeconds),
      liveAfterCrashMs: rounded(afterCrashMs),
      liveAfterStopMs: rounded(afterStopMs),
      dataset: `bench restart --events ${events} --branches ${branches}`,
      seed: null,
    });
  } finally {
    await folder.remove();
  }
}

async function timeStart(folder: BenchFolder): Promise<number> {
  const server = await startLiveServer(folder);
  await server.end('SIGTERM');
  return server.startMs;
}

async function fill(
  server: { address: string; key: string },
  events: number,
  branches: number,
): Promise<void> {
  const load = createLoad(branches);
  const running = new Set<Promise<unknown>>();
  for (let sent = 0; sent < events; sent += MAX_EVENTS) {
    while (running.size >= IN_FLIGHT) await Promise.race(running);
    const request = postEvents(server, load.next(Math.min(MAX_EVENTS, events - sent), Date.now()));
    running.add(request);
    void request.finally(() => running.delete(request));
    if (sent % PROGRESS_EVERY === 0) progress(`${sent} events posted`);
    await sleep(0);
  }
  await Promise.all(running);
}
