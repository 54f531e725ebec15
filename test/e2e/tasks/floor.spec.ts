/** What a supervisor of a hall has to find out or do at once: by a look, by a click, and by keys alone. */
import { expect, type Page, test } from '@playwright/test';
import { clippedTexts, sidewaysScroll } from '#test/support/clipping.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { hasFreshness, huesOn } from '#test/support/screens.ts';
import { countSteps } from '#test/support/steps.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
const MINUTE = 60;
/** Until a page is open and live. */
const OPENED_MS = 15_000;
/** Minutes each queue promises, and how long its first customer waits: the longest wait is not the worst. */
const QUEUES = [
  { id: 'general', en: 'General', target: 15, waited: 16 },
  { id: 'express', en: 'Express', target: 5, waited: 9 },
  { id: 'company', en: 'Companies', target: 30, waited: 20 },
  { id: 'notary', en: 'Notary', target: 20, waited: 3 },
  { id: 'pickup', en: 'Pick-up', target: 10, waited: 8 },
];
const queues = QUEUES.map(({ id, en, target }, i) => ({
  id,
  letter: String.fromCharCode(65 + i),
  name: { zh: `业务 ${i}`, en },
  targetSeconds: target * MINUTE,
}));
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer([
    hall({ id: 'worst', ...ALL_DAY, queues }),
    hall({ id: 'breaks', ...ALL_DAY, queues }),
    hall({ id: 'cut', ...ALL_DAY, queues }),
  ]);
  for (const id of ['worst', 'cut']) await server.tell(id, ...waiting());
});
test.afterAll(() => server.remove());

const waiting = () => [
  ...QUEUES.map(({ id, waited }) =>
    // A little more than so many minutes, for a screen tells whole seconds.
    told(ago(waited * MINUTE + 5), 'contact.queued', { contact: `first-${id}`, queue: id }),
  ),
  told(ago(0), 'source.heartbeat', {}),
];
const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${server.address}${path}?lang=en&theme=light`);
  await hasFreshness(page, 'live', OPENED_MS);
};

test('T2 which queue is worst, and by how much: the first words on the screen', async ({ page }) => {
  await page.addInitScript(() => {
    const rows = new MutationObserver(() => {
      if (!document.querySelector('[data-queue]')) return;
      const first = document.querySelector('h1, h2, h3');
      Object.assign(globalThis, { firstWords: first?.textContent });
      rows.disconnect();
    });
    rows.observe(document, { subtree: true, childList: true });
  });
  const steps = await countSteps(page);
  await open(page, '/h/worst/floor');
  const worst = QUEUES.toSorted((a, b) => b.waited / b.target - a.waited / a.target)[0];
  const text = new RegExp(
    `^${worst?.en}: longest wait ${worst?.waited}:\\d\\d, target ${worst?.target}\\smin$`,
  );
  await expect(page.locator('#headline')).toHaveText(text);
  const atFirst = await page.evaluate(() => (globalThis as unknown as { firstWords: string }).firstWords);
  expect(atFirst.trim()).toMatch(text);
  expect(steps()).toEqual({ clicks: 0, keys: 0 });
});

test('T6 is this live? once the feed is cut no hue and no running timer is left, on any face', async ({
  browser,
}) => {
  test.slow();
  const faces = ['/h/cut/floor', '/n/all/network', '/h/cut/shifts', '/w/cut/staff', '/w/cut/customer'];
  const pages: { path: string; page: Page }[] = [];
  for (const path of faces) {
    const page = await browser.newPage();
    await page.clock.install();
    await open(page, path);
    if (path.endsWith('floor')) await expect.poll(() => huesOn(page)).not.toEqual([]);
    pages.push({ path, page });
  }
  await server.kill();
  for (const { path, page } of pages) {
    await page.clock.fastForward(31_000);
    await hasFreshness(page, 'stale');
    expect(await huesOn(page), path).toEqual([]);
    const before = await timersOn(page);
    await page.clock.fastForward(5_000);
    expect(await timersOn(page), path).toEqual(before);
    await page.close();
  }
  await server.start();
});

/** All that looks like a time that runs, but the clock itself and how old the data is. */
const timersOn = (page: Page): Promise<string[]> =>
  page
    .locator('main :is(td, dd, b, span, small)')
    .filter({ hasNot: page.locator('*') })
    .evaluateAll((all) =>
      all
        .filter((element) => !element.closest('time, .clock, [role=status], [role=alert]'))
        .map((element) => element.textContent)
        .filter((text) => /^\d+:\d\d(:\d\d)?$/.test(text.trim())),
    );

test('T7 who is over break time and by how much, without scrolling on a small screen', async ({ page }) => {
  await page.setViewportSize({ width: 1_366, height: 768 });
  const steps = await countSteps(page);
  await server.tell(
    'breaks',
    ...waiting(),
    ...['li', 'wang', 'zhao'].flatMap((agent, i) => [
      told(ago(3_000), 'agent.signedIn', { agent, counter: `c${i + 1}`, name: `${agent} Na` }),
      told(ago(3_000), 'agent.stateChanged', { agent, state: 'available' }),
    ]),
    told(ago(21 * MINUTE + 30), 'agent.stateChanged', { agent: 'li', state: 'break' }),
    told(ago(4 * MINUTE), 'agent.stateChanged', { agent: 'wang', state: 'break' }),
  );
  await open(page, '/h/breaks/floor');
  const over = page.locator('[data-long-break]');
  await expect(over).toHaveText(/^li Na 21:[345]\d \/ 15:00$/);
  await expect(over).toBeInViewport({ ratio: 1 });
  expect(steps()).toEqual({ clicks: 0, keys: 0 });
});

test('T13 the language changes, and the same row is still there, chosen and in its place', async ({
  page,
}) => {
  await open(page, '/h/worst/floor');
  await page.setViewportSize({ width: 1_366, height: 700 });
  await page.locator('[data-queue=notary] td').first().click();
  const row = page.locator('[data-queue][aria-current]');
  await expect(row).toHaveAttribute('data-queue', 'notary');
  await page.mouse.move(0, 0);
  // The page is as high as that once its parts are there.
  const scrolled = (): Promise<number> =>
    page.evaluate(() => {
      scrollTo(0, 150);
      return scrollY;
    });
  await expect.poll(scrolled).toBe(150);
  const steps = await countSteps(page);
  for (const change of [
    () => page.keyboard.press('l'),
    () => page.getByRole('button', { name: /EN|中文/ }).click(),
  ]) {
    const language = await page.locator('html').getAttribute('lang');
    await change();
    await expect(page.locator('html')).not.toHaveAttribute('lang', language ?? '');
    await expect(row).toHaveAttribute('data-queue', 'notary');
    expect(await page.evaluate(() => scrollY)).toBe(150);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await clippedTexts(page)).toEqual([]);
  }
  expect(steps()).toEqual({ clicks: 1, keys: 1 });
});
