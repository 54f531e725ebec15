/** What a screen costs to load, and that it loads without a complaint. */
import { gzipSync } from 'node:zlib';
import { expect, type Page, type Response, test } from '@playwright/test';
import { AFTER_FIRST_PAINT_MS } from '#lib/stores/after-paint.ts';
import { LANGUAGES, openScreen, SCREENS } from '#test/support/screens.ts';

const KB = 1_000;
/** All JavaScript of a screen but the library that draws charts, gzipped, kB. */
const SCRIPT_BUDGETS = {
  'floor of a hall': 150,
  'floor of a hotline': 150,
  network: 150,
  'shifts of a hall': 150,
  'customer wall': 60,
  'staff wall': 60,
} as const;

/** A word of the chart library's own that no minifier changes. */
const CHART_LIBRARY = 'chartArea';

for (const [name, budget] of Object.entries(SCRIPT_BUDGETS) as [keyof typeof SCRIPT_BUDGETS, number][]) {
  test(`${name} loads at most ${budget} kB of JavaScript`, async ({ page }) => {
    const scripts = new Map<string, Response>();
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) scripts.set(response.url(), response);
    });
    await openScreen(page, name, { lang: 'zh', theme: 'light' });
    await page.waitForLoadState('networkidle');
    // Asked for only now: what comes later belongs to nobody, and its body would fail as the test ends.
    const bodies = await Promise.all([...scripts.values()].map((response) => response.body()));
    // Fetched when all else is drawn; until then, and without it, a chart is a sentence and a table.
    const counted = bodies.filter((body) => !body.includes(CHART_LIBRARY));
    expect(counted.length).toBeGreaterThanOrEqual(bodies.length - 1);
    const bytes = counted.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bytes).toBeGreaterThan(KB);
    expect(bytes / KB).toBeLessThanOrEqual(budget);
  });
}

for (const name of Object.keys(SCRIPT_BUDGETS) as (keyof typeof SCRIPT_BUDGETS)[]) {
  test(`${name} names at once all that it is made of`, async ({ page }) => {
    const loaded: string[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (/\.(js|css)$/.test(pathname)) loaded.push(pathname);
    });
    await page.addInitScript(holdBack, AFTER_FIRST_PAINT_MS);
    const html = page.waitForResponse((response) => response.request().isNavigationRequest());
    await openScreen(page, name, { lang: 'zh', theme: 'light' });
    const shell = await (await html).text();
    // Kit fetches the error page by itself, to have it at hand.
    const unnamed = loaded.filter((path) => !shell.includes(path) && !path.includes('/nodes/1.'));
    expect(unnamed).toEqual([]);
    expect(loaded.length).toBeGreaterThan(0);
  });
}

for (const name of Object.keys(SCREENS) as (keyof typeof SCREENS)[]) {
  test(`${name} loads without an error`, async ({ page }) => {
    const complaints = complaintsOf(page);
    for (const lang of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) {
      await openScreen(page, name, { lang, theme: 'light' });
      await page.waitForLoadState('networkidle');
    }
    expect(complaints).toEqual([]);
  });
}

/** What a page fetches once it is drawn is nobody's first view: here it never comes. Runs in the page. */
function holdBack(afterFirstPaintMs: number): void {
  const { setTimeout: later } = globalThis;
  const setTimeout = (run: () => void, ms?: number) => (ms === afterFirstPaintMs ? 0 : later(run, ms));
  Object.assign(globalThis, { setTimeout });
}

/** Collects errors and warnings of a page, requests that failed and answers that refuse. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // Given up because the page was left.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    complaints.push(`${request.url()}: ${request.failure()?.errorText ?? ''}`);
  });
  page.on('response', (response) => {
    if (!response.ok() && response.status() !== 304)
      complaints.push(`${response.url()}: ${response.status()}`);
  });
  return complaints;
}
