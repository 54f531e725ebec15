/**
 * From POST to the change painted in Chromium, on a real server with real Redis: one floor page of 20 queues, other
 * viewers beside it. Prints one JSON object.
 * `node test/bench/screen.ts [--rate 10] [--seconds 20] [--viewers 0] [--warm-up 200]`; with `--warm-up 5000` the server
 * is measured as it is after ten minutes at work, its code compiled, instead of twenty seconds after its start.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from '@playwright/test';
import { branchId, loadBranches } from '#server/cli/bench/load.ts';
import type { LiveServer } from '#server/cli/bench/live-server.ts';
import { percentile, rounded } from '#server/cli/bench/percentiles.ts';
import { postEvents } from '#server/cli/bench/post-events.ts';
import { openConsole } from '#server/cli/bench/wire.ts';
import { printResult } from '#server/cli/result.ts';
import { withBrowser } from './browser.ts';

const QUEUES = 20;
/** Events a second before the measured ones. */
const WARM_UP_RATE = 40;
/** Most events of one post. */
const MAX_POSTED = 200;
const SETTLE_MS = 1_500;

interface Painted {
  queue: string;
  waiting: number;
  /** Epoch ms, after the frame that shows it. */
  at: number;
}

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '20' },
    viewers: { type: 'string', default: '0' },
    'warm-up': { type: 'string', default: '200' },
  },
});
const rate = Number(values.rate);
const events = Math.round(rate * Number(values.seconds));
const viewers = Number(values.viewers);
const warmUpEvents = Number(values['warm-up']);
const branch = branchId(0);
const waitingContacts: string[] = [];
let contacts = 0;
const epochNow = (): number => performance.timeOrigin + performance.now();

await withBrowser(loadBranches(1, QUEUES), async (server, browser) => {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 1_600 } });
  const network = await watchNetwork(page);
  const received = watchAlong(server, viewers);
  const firstPaintMs = await openFloor(server, page);
  await recordPaints(page);
  const counts = new Map<string, number>();
  await run(server, warmUpEvents, WARM_UP_RATE, counts);
  await leave(server, counts);
  await sleep(SETTLE_MS);
  await forgetPaints(page);
  const bytesBefore = network.frameBytes();
  const cpuBefore = server.usage().cpuSeconds;
  const sent = await run(server, events, rate, counts);
  await sleep(SETTLE_MS);
  const cpuSeconds = server.usage().cpuSeconds - cpuBefore;
  const painted = await paintedSoFar(page);
  const { latencies, drawn } = match(sent, painted);
  const right = await finalValuesRight(page, counts);
  const perViewer = received.map((times) => percentile(latenciesOf(sent, times), 0.99)).sort((a, b) => a - b);
  printResult({
    ok: right && latencies.length === events,
    events: sent.length,
    warmUp: warmUpEvents,
    eventsPerSecond: rate,
    paintedP50: rounded(percentile(latencies, 0.5)),
    paintedP99: rounded(percentile(latencies, 0.99)),
    drawnOneByOne: drawn,
    finalValuesRight: right,
    viewers,
    viewersWorstP99: perViewer.length === 0 ? null : rounded(perViewer.at(-1) ?? NaN),
    bytesPerEvent: Math.round((network.frameBytes() - bytesBefore) / events),
    cpuSecondsPer1000Events: rounded((cpuSeconds / events) * 1_000),
    usefulPaintMs: Math.round(firstPaintMs),
    scriptKb: rounded(network.scriptBytes() / 1_024),
    dataset: `test/bench/screen.ts --rate ${rate} --seconds ${values.seconds} --viewers ${viewers} --warm-up ${warmUpEvents}`,
    seed: null,
  });
});

interface Sent {
  queue: string;
  waiting: number;
  at: number;
}

/** Posts arrivals one by one, in turn to each queue; every one makes a number on the page one higher. */
async function run(
  server: LiveServer,
  count: number,
  eventsPerSecond: number,
  counts: Map<string, number>,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const posts: Promise<number>[] = [];
  const startedAt = performance.now();
  for (let i = 0; i < count; i++) {
    const waitMs = startedAt + (i * 1_000) / eventsPerSecond - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const queue = `q${i % QUEUES}`;
    const waiting = (counts.get(queue) ?? 0) + 1;
    counts.set(queue, waiting);
    sent.push({ queue, waiting, at: epochNow() });
    const contact = `${queue}-${contacts++}`;
    waitingContacts.push(contact);
    posts.push(
      postEvents(server, [{ id: contact, at: Date.now(), type: 'contact.queued', contact, queue, branch }]),
    );
  }
  await Promise.all(posts);
  return sent;
}

/** Everybody who waits goes, so that what is measured begins with empty queues. */
async function leave(server: LiveServer, counts: Map<string, number>): Promise<void> {
  const events = waitingContacts.splice(0).map((contact) => ({
    id: `${contact}-left`,
    at: Date.now(),
    type: 'contact.abandoned',
    contact,
    branch,
  }));
  for (let i = 0; i < events.length; i += MAX_POSTED)
    await postEvents(server, events.slice(i, i + MAX_POSTED));
  counts.clear();
}

/** Opens the page; ms from the start of navigation until the first queue was painted. */
async function openFloor(server: LiveServer, page: Page): Promise<number> {
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('[data-queue]') === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => performance.mark('first-queue'));
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${server.address}/h/${branch}/floor`);
  await page
    .locator('[data-queue]')
    .nth(QUEUES - 1)
    .waitFor();
  return page.evaluate(() => performance.getEntriesByName('first-queue')[0]?.startTime ?? NaN);
}

/** Notes each number of people waiting that comes on the page, and when it was painted. */
async function recordPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted: Painted[] = [];
    Object.assign(globalThis, { painted });
    const shown = new Map<string, number>();
    const read = (): void => {
      const fresh: Omit<Painted, 'at'>[] = [];
      for (const row of document.querySelectorAll<HTMLElement>('[data-queue]')) {
        const queue = row.dataset['queue'] ?? '';
        const waiting = Number(
          row.querySelector('[data-field="waiting"]')?.firstChild?.textContent?.replace(',', ''),
        );
        if (shown.get(queue) === waiting) continue;
        shown.set(queue, waiting);
        fresh.push({ queue, waiting });
      }
      if (fresh.length === 0) return;
      requestAnimationFrame(() => {
        // A message posted in a frame callback arrives after that frame was painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const at = performance.timeOrigin + performance.now();
          painted.push(...fresh.map((each) => ({ ...each, at })));
        };
        port2.postMessage(null);
      });
    };
    read();
    new MutationObserver(read).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

async function forgetPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    (globalThis as unknown as { painted: Painted[] }).painted.length = 0;
  });
}

function paintedSoFar(page: Page): Promise<Painted[]> {
  return page.evaluate(() => (globalThis as unknown as { painted: Painted[] }).painted);
}

/** Latency of each event until a number at least as high was painted, and how many were drawn by themselves. */
function match(
  sent: readonly Sent[],
  painted: readonly Painted[],
): { latencies: Float64Array; drawn: number } {
  const byQueue = Map.groupBy(painted, ({ queue }) => queue);
  const exact = new Set(painted.map(({ queue, waiting }) => `${queue} ${waiting}`));
  const latencies = sent.flatMap(({ queue, waiting, at }) => {
    const shown = byQueue.get(queue)?.find((each) => each.waiting >= waiting);
    return shown ? [shown.at - at] : [];
  });
  const drawn = sent.filter(({ queue, waiting }) => exact.has(`${queue} ${waiting}`)).length;
  return { latencies: Float64Array.from(latencies).sort(), drawn };
}

async function finalValuesRight(page: Page, counts: ReadonlyMap<string, number>): Promise<boolean> {
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-queue]')].map(
      (row) =>
        [
          row.dataset['queue'] ?? '',
          Number(row.querySelector('[data-field="waiting"]')?.firstChild?.textContent?.replace(',', '')),
        ] as const,
    ),
  );
  return shown.length === QUEUES && shown.every(([queue, waiting]) => counts.get(queue) === waiting);
}

/** Other viewers of the same floor; when each got its frames. */
function watchAlong(server: LiveServer, count: number): number[][] {
  return Array.from({ length: count }, () => {
    const times: number[] = [];
    openConsole(
      server.address,
      { view: 'floor', branch },
      () => undefined,
      (name) => {
        if (name === 'frame') times.push(epochNow());
      },
    );
    return times;
  });
}

/** Until the next frame after each event, for a viewer. */
function latenciesOf(sent: readonly Sent[], frames: readonly number[]): Float64Array {
  return Float64Array.from(sent.map(({ at }) => (frames.find((time) => time > at) ?? NaN) - at)).sort();
}

async function watchNetwork(page: Page): Promise<{ frameBytes(): number; scriptBytes(): number }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let frameBytes = 0;
  let scriptBytes = 0;
  session.on('Network.webSocketFrameReceived', ({ response }) => {
    frameBytes += Buffer.byteLength(response.payloadData);
  });
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return { frameBytes: () => frameBytes, scriptBytes: () => scriptBytes };
}
