/**
 * How soon the answer to each usability task is painted: from the last key or click until it is on the screen, in
 * Chromium on a real server with real Redis. Prints one JSON object.
 * `node test/bench/tasks.ts [--branches 312] [--rounds 9]`
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RECORD_DAYS } from '#shared/alert-requests.ts';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import type { LiveServer } from '#server/cli/bench/live-server.ts';
import { branchId, loadBranches } from '#server/cli/bench/load.ts';
import { percentile } from '#server/cli/bench/percentiles.ts';
import { postEvents } from '#server/cli/bench/post-events.ts';
import { printResult, progress } from '#server/cli/result.ts';
import { Desk } from '#test/support/desk.ts';
import { pastVisits } from '#test/support/past-visits.ts';
import { moveOption, suggestionOf } from '#test/support/suggestions.ts';
import { type Awaited, msToOpen, msUntilPainted, withBrowser } from './browser.ts';

const QUEUES = 5;
const MINUTE_MS = 60_000;
const POSTED_AT_ONCE = 500;
/** Customers on each of the days on which a rule is tried. */
const PAST_A_DAY = 200;
/** A server that has just started foretells every branch at once; then it does so over a minute, as all day. ms. */
const FORETOLD_MS = 60_000;
const { values } = parseArgs({
  options: { branches: { type: 'string', default: '312' }, rounds: { type: 'string', default: '9' } },
});
const branches = Number(values.branches);
const rounds = Number(values.rounds);
/** Bars for the median, ms; what has no bar of its own has to be there at once, as people feel it. */
const BARS: Record<string, number> = {
  T1: branches > 400 ? 500 : 300,
  T2: 500,
  T7: 500,
  T8: 500,
  T12: 1_000,
};
const AT_ONCE_MS = 200;

await withBrowser(loadBranches(branches, QUEUES), async (server, browser) => {
  await fill(server);
  const figures: Record<string, { p50: number; max: number }> = {};
  const measure = async (task: string, once: () => Promise<number>): Promise<void> => {
    const times: number[] = [];
    // The first one warms the server and the browser up.
    for (let round = 0; round <= rounds; round++) times.push(await once());
    const sorted = Float64Array.from(times.slice(1)).sort();
    figures[task] = { p50: Math.round(percentile(sorted, 0.5)), max: Math.round(percentile(sorted, 1)) };
    progress(`${task}: ${JSON.stringify(figures[task])} ms`);
  };
  const opened = (path: string, awaited: Awaited): Promise<number> =>
    msToOpen(browser, server.address + path, awaited);
  const hall = branchId(0);
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  const press = (key: string, awaited: Awaited): Promise<number> =>
    msUntilPainted(page, awaited, () => page.keyboard.press(key));
  const click = (selector: string, awaited: Awaited): Promise<number> =>
    msUntilPainted(page, awaited, () => page.locator(selector).first().click());

  progress('waiting until all branches are foretold for the first time');
  await sleep(FORETOLD_MS);
  await measure('T2', () => opened(`/h/${hall}/floor?lang=en`, { selector: '#headline', text: 'Service 0' }));
  await measure('T7', () =>
    opened(`/h/${hall}/floor?lang=en`, { selector: '[data-long-break]', text: '15:00' }),
  );
  await measure('T8', () => opened(`/w/${hall}/customer?lang=zh`, { selector: '[data-service]' }));

  await page.goto(`${server.address}/n/all/network?lang=en`);
  const chip = page.locator('[data-filter=breachAhead]');
  await chip.waitFor();
  await measure('T1', async () => {
    const ms = await click('[data-filter=breachAhead]', {
      selector: '[data-filter=breachAhead][aria-pressed=true]',
    });
    await chip.click();
    return ms;
  });
  await page.locator('input[type=search]').focus();
  // The last branch of all: its whole name is nobody else's.
  const name = `Bench hall ${branches - 1}`;
  await measure('T14', async () => {
    await page.locator('input[type=search]').fill('');
    await page.keyboard.type(name.slice(0, -1));
    return press(name.slice(-1), { selector: '.table header [role=status]', text: '^1 of' });
  });
  await page.keyboard.press('Escape');
  await measure('T13', async () => {
    const ms = await msUntilPainted(page, { selector: 'html[lang=zh-CN] #table-title' }, () =>
      page.getByRole('button', { name: '中文' }).click(),
    );
    await page.getByRole('button', { name: 'EN' }).click();
    return ms;
  });

  const desk = new Desk([]);
  await desk.serve(page);
  await measure('T3', async () => {
    desk.suggestions = [suggestionOf('m1', Date.now())];
    await page.goto(`${server.address}/h/${hall}/floor?lang=en`);
    await page.locator('[data-suggestion=m1] .accept').waitFor();
    return press('a', { selector: '.toast', text: 'Undo' });
  });
  await measure('T4', async () => {
    desk.suggestions = [suggestionOf('m1', Date.now())];
    await page.goto(`${server.address}/h/${hall}/floor?lang=en`);
    await page.locator('[data-suggestion=m1] .accept').click();
    await page.locator('.toast').waitFor();
    return press('z', { selector: '[data-suggestion=m1]' });
  });
  await measure('T5', async () => {
    const at = Date.now();
    desk.suggestions = [suggestionOf('m1', at, { friction: 3, options: [moveOption(at), moveOption(at)] })];
    await page.goto(`${server.address}/n/all/moves/m1?lang=en`);
    return click('[data-option="1"] input', { selector: '.accept:enabled', text: '2' });
  });
  await measure('T9', async () => {
    const at = Date.now() - 30 * MINUTE_MS;
    const accepted = { option: 0, by: 'M2', at, undoUntil: at };
    desk.suggestions = [suggestionOf('m1', at, { status: 'late', accepted, startedAt: at, dueAt: at })];
    await page.goto(`${server.address}/n/all/moves?lang=en`);
    await page.locator('[data-move=m1]').waitFor();
    return click('[data-move=m1] .ways button:last-child', {
      selector: 'dialog[open]',
      text: 'cannot be undone',
    });
  });

  await page.goto(`${server.address}/h/${hall}/alerts?lang=en`);
  await page.locator('[data-status=unseen]').first().waitFor();
  await measure('T10', async () => {
    const ms = await press('Shift+Y', { selector: '[data-status=unseen]', absent: true });
    await page.locator('.toast').waitFor();
    await page.keyboard.press('z');
    await page.locator('[data-status=unseen]').first().waitFor();
    return ms;
  });
  let level = 100;
  await page.goto(`${server.address}/h/${hall}/alerts?lang=en&tab=rules`);
  await page.locator('[data-backtest] svg').waitFor();
  // From the last key: what is typed is tried once nothing more was typed for a while.
  await measure('T12', async () => {
    await page.getByLabel('Raises at, %').fill(String((level += 1)));
    const tried = page.waitForResponse((response) => response.url().endsWith('/back-test'));
    await tried;
    const triedAgain = page.waitForResponse((response) => response.url().endsWith('/back-test'));
    const pressedAt = performance.now();
    await page.keyboard.press('0');
    await triedAgain;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    return performance.now() - pressedAt;
  });

  printResult({
    ok: Object.entries(figures).every(([task, { p50 }]) => p50 <= (BARS[task] ?? AT_ONCE_MS)),
    paintedMs: figures,
    branches,
    rounds,
    dataset: `test/bench/tasks.ts --branches ${branches} --rounds ${rounds}`,
    seed: null,
  });
});

/** People who wait, one past every target, and somebody whose break is too long. */
async function fill(server: LiveServer): Promise<void> {
  const now = Date.now();
  const hall = branchId(0);
  const rule = { ...DEFAULT_RULES.waitOverTarget, raiseAfterSeconds: 0 };
  await fetch(`${server.address}/api/v1/alert-rules/waitOverTarget`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Origin: server.address },
    body: JSON.stringify({ branch: hall, rule }),
  });
  const agent = { agent: 'li', branch: hall };
  await postEvents(server, [
    { ...agent, id: 'in', at: now - 50 * MINUTE_MS, type: 'agent.signedIn', counter: 'c0', name: 'Li Na' },
    { ...agent, id: 'break', at: now - 22 * MINUTE_MS, type: 'agent.stateChanged', state: 'break' },
  ]);
  const events = Array.from({ length: branches }, (_, i) => ({
    id: `first-${i}`,
    at: now - (i % 10 === 0 ? 20 : i % 7 === 0 ? 12 : 1) * MINUTE_MS,
    type: 'contact.queued' as const,
    contact: `first-${i}`,
    queue: 'q0',
    branch: branchId(i),
  }));
  const beats = Array.from({ length: branches }, (_, i) => ({
    id: `beat-${i}`,
    at: now,
    type: 'source.heartbeat' as const,
    branch: branchId(i),
  }));
  const past = pastVisits({ now, days: RECORD_DAYS, aDay: PAST_A_DAY, queue: 'q0' });
  const all = [...past.map((visit) => ({ ...visit, branch: hall })), ...events, ...beats];
  for (let from = 0; from < all.length; from += POSTED_AT_ONCE)
    await postEvents(server, all.slice(from, from + POSTED_AT_ONCE));
}
