/**
 * How soon somebody who opens a face sees live rows: from the start of navigation until the first frame with one is
 * painted, in Chromium with nothing cached, on a real server with real Redis. Prints one JSON object.
 * `node test/bench/first-paint.ts [--runs 15] [--branches 1]`
 */
import { parseArgs } from 'node:util';
import { branchId, loadBranches } from '#server/cli/bench/load.ts';
import { percentile } from '#server/cli/bench/percentiles.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { msToOpen, withBrowser } from './browser.ts';

const QUEUES = 20;
/** A face slower than this at the median fails, ms. */
const LONGEST_MS = 500;
/** Each face with what is its first row. */
const FACES = {
  floor: { path: `/h/${branchId(0)}/floor`, row: '[data-queue]' },
  network: { path: '/n/all/network', row: '[data-branch]' },
  customerWall: { path: `/w/${branchId(0)}/customer`, row: '[data-service]' },
} as const;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '15' }, branches: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);

await withBrowser(loadBranches(Number(values.branches), QUEUES), async (server, browser) => {
  const figures: Record<string, { p50: number; p90: number; min: number; max: number }> = {};
  for (const [face, { path, row }] of Object.entries(FACES)) {
    const times: number[] = [];
    // The first one warms the server and the browser up.
    for (let run = 0; run <= runs; run++)
      times.push(await msToOpen(browser, server.address + path, { selector: row }));
    const sorted = Float64Array.from(times.slice(1)).sort();
    const [p50, p90, min, max] = [0.5, 0.9, 0, 1].map((share) => Math.round(percentile(sorted, share)));
    figures[face] = { p50: p50 ?? NaN, p90: p90 ?? NaN, min: min ?? NaN, max: max ?? NaN };
    progress(`${face}: ${JSON.stringify(figures[face])} ms`);
  }
  printResult({
    ok: Object.values(figures).every(({ p50 }) => p50 <= LONGEST_MS),
    usefulPaintMs: figures,
    runs,
    dataset: `test/bench/first-paint.ts --runs ${values.runs} --branches ${values.branches}`,
    seed: null,
  });
});
