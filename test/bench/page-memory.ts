/**
 * Whether the page of a large network stays flat: heap and nodes of the page after a forced garbage collection, every
 * few minutes, while all branches change. Prints a line for each look, then one JSON object.
 * `node test/bench/page-memory.ts [--branches 3000] [--rate 300] [--minutes 60] [--look-every 5]`
 */
import { parseArgs } from 'node:util';
import type { CDPSession } from '@playwright/test';
import { loadBranches } from '#server/cli/bench/load.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { withBrowser } from './browser.ts';
import { change, fill, QUEUES } from './busy-network.ts';

/** What the page may have grown by from the first look to the last: caches that fill up, but nothing that goes on. */
const MOST_GROWTH = 0.1;
const MINUTE_SECONDS = 60;
const BYTES_PER_MB = 1_048_576;

interface Look {
  minute: number;
  heapMb: number;
  nodes: number;
  listeners: number;
}

const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '3000' },
    rate: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '60' },
    'look-every': { type: 'string', default: '5' },
  },
});
const branches = Number(values.branches);
const rate = Number(values.rate);
const minutes = Number(values.minutes);
const lookEvery = Number(values['look-every']);

await withBrowser(loadBranches(branches, QUEUES), async (server, browser) => {
  await fill(server, branches);
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  await page.goto(`${server.address}/n/all/network?lang=zh`);
  await page.locator('[data-branch]').first().waitFor();
  const session = await page.context().newCDPSession(page);
  const looks: Look[] = [];
  for (let minute = 0; minute < minutes;) {
    const step = Math.min(lookEvery, minutes - minute);
    await change(server, { branches, rate, seconds: step * MINUTE_SECONDS });
    minute += step;
    const look = { minute, ...(await lookAt(session)) };
    looks.push(look);
    progress(JSON.stringify(look));
  }
  const first = looks[0]?.heapMb ?? 0;
  const growth = ((looks.at(-1)?.heapMb ?? 0) - first) / first;
  printResult({
    ok: growth <= MOST_GROWTH,
    branches,
    eventsPerSecond: rate,
    heapGrowth: Math.round(growth * 1_000) / 1_000,
    looks,
    dataset: `test/bench/page-memory.ts --branches ${branches} --rate ${rate} --minutes ${minutes}`,
    seed: null,
  });
});

/** What lives in the page once everything unreachable is gone. */
async function lookAt(session: CDPSession): Promise<Omit<Look, 'minute'>> {
  await session.send('HeapProfiler.collectGarbage');
  const [{ usedSize }, { nodes, jsEventListeners }] = await Promise.all([
    session.send('Runtime.getHeapUsage'),
    session.send('Memory.getDOMCounters'),
  ]);
  return { heapMb: Math.round((usedSize / BYTES_PER_MB) * 10) / 10, nodes, listeners: jsEventListeners };
}
