import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { printResult, progress, UsageError } from '../result.ts';
import type { ConsoleResult } from './consoles.ts';
import { branchId, createLoad, type Load, loadBranches } from './load.ts';
import { type LiveServer, makeBenchFolder, startLiveServer } from './live-server.ts';
import { percentile, rounded } from './percentiles.ts';
import { postEvents } from './post-events.ts';

const CONSOLES = fileURLToPath(new URL('./consoles.ts', import.meta.url));
/** Posts go out this often, each with what has become due, ms; more often when that would be more than a batch. */
const POST_EVERY_MS = 50;
const BATCH_EVENTS = 200;
/** A source with this many posts under way gathers what comes next, as the limit of the server asks of it. */
const IN_FLIGHT = 32;
/** Runs before anything is counted, ms: code gets compiled, every branch becomes busy. */
const WARM_UP_MS = 5_000;
/** What is still under way when the load ends arrives within this, ms. */
const SETTLE_MS = 2_000;

const Options = z.object({
  rate: z.coerce.number().positive(),
  branches: z.coerce.number().int().positive(),
  consoles: z.coerce.number().int().min(0),
  seconds: z.coerce.number().positive(),
});

/** `muster bench live`: real processes; how long from sending an event to its frame, and at what cost. */
export async function benchLive(raw: unknown): Promise<void> {
  const options = Options.safeParse(raw);
  if (!options.success)
    throw new UsageError(`--${options.error.issues[0]?.path.join('') ?? ''} is not a number that fits`);
  const { rate, branches, consoles, seconds } = options.data;
  const folder = makeBenchFolder(loadBranches(branches));
  const server = await startLiveServer(folder);
  const watchers = fork(CONSOLES, { serialization: 'advanced' });
  try {
    watchers.send({
      kind: 'start',
      address: server.address,
      consoles,
      branches: Array.from({ length: branches }, (_, i) => branchId(i)),
    });
    await once(watchers, 'message');
    progress(`${consoles} consoles watch ${branches} branches`);
    const load = createLoad(branches);
    const sent = newSent(branches);
    await post(server, load, rate, WARM_UP_MS, sent, false);
    const before = server.usage();
    const acks = await post(server, load, rate, seconds * 1_000, sent, true);
    const after = server.usage();
    await sleep(SETTLE_MS);
    const seen = await finish(watchers, sent);
    const shown = await offeredOnScreen(server);
    const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
    const lost = sent.arrivals.reduce((sum, count) => sum + count, 0) - shown;
    printResult({
      ok: lost === 0 && seen.gaps === 0 && seen.behindUnmarked === 0,
      sentEvents: acks.events,
      eventsPerSecond: Math.round(acks.events / seconds),
      ackP50: rounded(percentile(acks.sorted, 0.5)),
      ackP99: rounded(percentile(acks.sorted, 0.99)),
      screenP50: rounded(seen.p50),
      screenP99: rounded(seen.p99),
      screenSamples: seen.samples,
      frameBytesMean: Math.round(seen.frameBytes / Math.max(1, seen.frames)),
      cpuSecondsPer1000Events: rounded((cpuSeconds / acks.events) * 1_000),
      cpuMicrosecondsPerEvent: rounded((cpuSeconds / acks.events) * 1e6),
      rssMb: Math.round(after.rssMb),
      lost,
      frameGaps: seen.gaps,
      behindUnmarked: seen.behindUnmarked,
      networkKbPerSecond: rounded(seen.networkBytesPerSecond / 1_000),
      dataset: `bench live --rate ${rate} --branches ${branches} --consoles ${consoles} --seconds ${seconds}`,
      seed: null,
    });
  } finally {
    watchers.kill();
    await server.end('SIGTERM');
    await folder.remove();
  }
}

/** When the n-th arrival of each branch was sent (0: before anything counted), and how many there were. */
interface Sent {
  at: number[][];
  arrivals: number[];
}

const newSent = (branches: number): Sent => ({
  at: Array.from({ length: branches }, () => []),
  arrivals: Array.from({ length: branches }, () => 0),
});

async function post(server: LiveServer, load: Load, rate: number, ms: number, sent: Sent, counts: boolean) {
  const startedAt = performance.now();
  const acks: number[] = [];
  const failures: unknown[] = [];
  const running = new Set<Promise<unknown>>();
  const everyMs = Math.min(POST_EVERY_MS, (BATCH_EVENTS / rate) * 1_000);
  let events = 0;
  for (let elapsed = 0; elapsed < ms; elapsed = performance.now() - startedAt) {
    const due = Math.floor((elapsed / 1_000) * rate) - events;
    if (due > 0 && running.size < IN_FLIGHT) {
      const batch = load.next(Math.min(due, 1_000), Date.now());
      events += batch.length;
      note(sent, batch, counts ? performance.timeOrigin + performance.now() : 0);
      const request = postEvents(server, batch)
        .then((took) => acks.push(took))
        .catch((error: unknown) => failures.push(error))
        .finally(() => running.delete(request));
      running.add(request);
    }
    if (failures.length > 0) break;
    await sleep(everyMs);
  }
  await Promise.all(running);
  if (failures.length > 0) throw new Error('a post failed', { cause: failures[0] });
  return { events, sorted: Float64Array.from(acks).sort() };
}

function note(sent: Sent, batch: ReturnType<Load['next']>, at: number): void {
  for (const { branch, type } of batch) {
    if (type !== 'contact.queued') continue;
    const index = Number(branch.slice(branch.lastIndexOf('-') + 1));
    sent.at[index]?.push(at);
    sent.arrivals[index] = (sent.arrivals[index] ?? 0) + 1;
  }
}

async function finish(watchers: ChildProcess, sent: Sent): Promise<ConsoleResult> {
  watchers.send({ kind: 'finish', sentAt: sent.at.map((times) => Float64Array.from(times)) });
  const [result] = (await once(watchers, 'message')) as [ConsoleResult];
  return result;
}

async function offeredOnScreen(server: LiveServer): Promise<number> {
  const response = await fetch(`${server.address}/api/v1/network?limit=3000`);
  const Rows = z.object({ rows: z.array(z.object({ offeredToday: z.number() })) });
  const { rows } = Rows.parse(await response.json());
  return rows.reduce((sum, { offeredToday }) => sum + offeredToday, 0);
}
