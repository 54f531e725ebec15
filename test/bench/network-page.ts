/**
 * What the page of a large network costs: from a click on a filter and from a letter in the search until the rows are
 * painted, and the longest time the page is busy while branches change, in Chromium on a real server with real Redis.
 * Prints one JSON object. `node test/bench/network-page.ts [--branches 3000] [--rate 300] [--seconds 20]`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { loadBranches } from '#server/cli/bench/load.ts';
import { percentile } from '#server/cli/bench/percentiles.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { withBrowser } from './browser.ts';
import { change, fill, QUEUES } from './busy-network.ts';

/** Bars: a filter is painted within this, a letter within that, and no batch keeps the page busy longer, ms. */
const FILTER_MS = 500;
const LETTER_MS = 100;
const BATCH_MS = 50;
/** Each is measured so often. */
const ROUNDS = 12;
const SETTLE_MS = 3_000;

const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '3000' },
    rate: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '20' },
  },
});
const branches = Number(values.branches);
const rate = Number(values.rate);

await withBrowser(loadBranches(branches, QUEUES), async (server, browser) => {
  await fill(server, branches);
  progress('filled');
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(`${server.address}/n/all/network?lang=zh`);
  await page.locator('[data-branch]').first().waitFor();
  await sleep(SETTLE_MS);
  progress('open');
  const filters: number[] = [];
  const letters: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    filters.push(await timed(page, 'filter', '[data-filter=breach]'));
    filters.push(await timed(page, 'filter', '[data-filter=breach]'));
  }
  await page.locator('input[type=search]').focus();
  // The dictionary of spellings comes with the first focus.
  await sleep(SETTLE_MS);
  for (let round = 0; round < ROUNDS; round++) letters.push(await timed(page, 'letter', `cst${round + 1}`));
  await page.locator('input[type=search]').fill('');
  await sleep(SETTLE_MS);
  progress(`filter ${Math.max(...filters)} ms, letter ${Math.max(...letters)} ms at most`);
  const busy = await busyWhile(page, () =>
    change(server, { branches, rate, seconds: Number(values.seconds) }),
  );
  const filterMs = summary(filters);
  const letterMs = summary(letters);
  const busyMs = summary(busy);
  printResult({
    ok: filterMs.p50 <= FILTER_MS && letterMs.p50 <= LETTER_MS && busyMs.p99 <= BATCH_MS,
    branches,
    filterMs,
    letterMs,
    busyMs,
    batches: busy.length,
    eventsPerSecond: rate,
    rowsInPage: await page.locator('tr[data-branch]').count(),
    dataset: `test/bench/network-page.ts --branches ${branches} --rate ${rate} --seconds ${values.seconds}`,
    seed: null,
  });
});

function summary(times: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = Float64Array.from(times).sort();
  const rounded = (share: number): number => Math.round(percentile(sorted, share) * 10) / 10;
  return { p50: rounded(0.5), p99: rounded(0.99), max: rounded(1) };
}

/** Clicks a filter, or types a text, and gives the ms until what came of it was painted. */
function timed(page: Page, kind: 'filter' | 'letter', what: string): Promise<number> {
  return page.evaluate(
    ([action, target]) =>
      new Promise<number>((resolve) => {
        const list = document.querySelector('main .table') ?? document.body;
        const startedAt = performance.now();
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => {
            // A message posted in a frame callback arrives after that frame was painted.
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - startedAt);
            port2.postMessage(null);
          });
        });
        // The same rows may stand on top before and after; the number of them changes.
        observer.observe(list, { subtree: true, childList: true, characterData: true });
        if (action === 'filter') document.querySelector<HTMLElement>(target)?.click();
        else {
          const search = document.querySelector<HTMLInputElement>('input[type=search]');
          if (search) search.value = target;
          search?.dispatchEvent(new Event('input', { bubbles: true }));
        }
      }),
    [kind, what] as const,
  );
}

/**
 * How long the page was busy at a time while `run` ran, ms: gaps between messages that it sends itself without pause.
 * Gaps of an idle page are far below a millisecond, so each that is longer is one piece of work.
 */
async function busyWhile(page: Page, run: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const SHORTEST_MS = 2;
    const busy: number[] = [];
    Object.assign(globalThis, { busy });
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    port1.onmessage = () => {
      const now = performance.now();
      if (now - last > SHORTEST_MS) busy.push(now - last);
      last = now;
      port2.postMessage(null);
    };
    port2.postMessage(null);
  });
  await run();
  return page.evaluate(() => (globalThis as unknown as { busy: number[] }).busy);
}
