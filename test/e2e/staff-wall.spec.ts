/** The screen behind the counters: shared state against its targets, nobody's name, and never old news as new. */
import { expect, type Page, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { hasFreshness, huesOn, isLive } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ALL_DAY = { zone: 'UTC', hours: [{ days: EVERY_DAY, opens: '00:00', closes: '24:00' }] };
/** An hour of the day that is half a day away, so that a hall open only then is closed for long. */
const AWAY = String((new Date().getUTCHours() + 12) % 24).padStart(2, '0');
const NAME = 'Wang Xiaoming';
const NIGHT_HOURS = [{ days: EVERY_DAY, opens: `${AWAY}:00`, closes: `${AWAY}:30` }];
/** A zone where it is about noon: overnight light and dark are swapped. */
const NOON = `Etc/GMT${new Date().getUTCHours() < 12 ? '' : '+'}${new Date().getUTCHours() - 12}`;
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer([
    hall({ id: 'wall', ...ALL_DAY, zone: NOON }),
    hall({ id: 'night', zone: 'UTC', hours: NIGHT_HOURS }),
  ]);
  await server.tell(
    'wall',
    told(ago(120), 'agent.signedIn', { agent: 'a1', counter: 'c1', name: NAME }),
    told(ago(120), 'agent.stateChanged', { agent: 'a1', state: 'available' }),
    told(ago(16 * 60), 'contact.queued', { contact: 'k1', ticket: 'A001', queue: 'personal' }),
    told(ago(60), 'contact.queued', { contact: 'k2', ticket: 'A002', queue: 'personal' }),
    told(ago(9 * 60), 'contact.queued', { contact: 'k3', ticket: 'B001', queue: 'corporate' }),
  );
});
test.afterAll(() => server.remove());

const open = (page: Page, id = 'wall', search = '?lang=en') =>
  page.goto(`${server.address}/w/${id}/staff${search}`);
const figure = (page: Page, key: string) => page.locator(`[data-figure=${key}]`);

test('four figures stand against their targets, the worst queue first', async ({ page }) => {
  await open(page);
  await isLive(page);
  await expect(figure(page, 'longest')).toContainText(/Longest wait A\s*16:\d\d\s*target 15 min/);
  await expect(figure(page, 'longest')).toHaveClass(/breach/);
  await expect(figure(page, 'waiting')).toContainText('3');
  await expect(figure(page, 'waiting')).toContainText('1 past target');
  await expect(figure(page, 'level')).toContainText('—');
  await expect(figure(page, 'open')).toContainText('1');
  const queues = page.locator('[data-queue]');
  await expect(queues).toHaveCount(2);
  await expect(queues.first()).toHaveAttribute('data-queue', 'personal');
  await expect(queues.first()).toHaveAttribute('data-status', 'breach');
  await expect(queues.nth(1)).toContainText(/1\s*9:\d\d/);
});

test('it is dark unless somebody asks otherwise, and names nobody', async ({ page }) => {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await open(page);
  await isLive(page);
  expect(await background()).toBe('rgb(12, 15, 18)');
  expect(`${frames.join('')}${await page.content()}`).not.toContain(NAME);
  await open(page, 'wall', '?lang=zh&theme=light');
  await isLive(page);
  expect(await background()).toBe('rgb(246, 246, 244)');
});

test('what is old has no hue and no running time; then it is paused, and live again by itself', async ({
  page,
}) => {
  await page.clock.install();
  await open(page);
  await isLive(page);
  expect(await huesOn(page)).not.toEqual([]);
  await server.kill();
  await page.clock.fastForward(31_000);
  await hasFreshness(page, 'stale');
  expect(await huesOn(page)).toEqual([]);
  await expect(page.getByRole('alert')).toContainText('The figures are old');
  const longest = figure(page, 'longest').locator('.value');
  const stood = await longest.innerText();
  await page.clock.fastForward(5_000);
  expect(await longest.innerText()).toBe(stood);
  await page.clock.fastForward(270_000);
  await hasFreshness(page, 'disconnected');
  await expect(page.locator('h1')).toHaveText('Screen paused');
  await expect(page.locator('[data-queue], [data-figure]')).toHaveCount(0);
  await server.start();
  await isLive(page);
  await expect(page.locator('[data-queue]').first()).toBeVisible();
});

test('a hall closed for long leaves the screen dark, with the hours and a clock that runs', async ({
  page,
}) => {
  await page.clock.install();
  for (const face of ['staff', 'customer']) {
    await page.goto(`${server.address}/w/night/${face}?lang=en&theme=light`);
    const quiet = page.locator('main.night');
    await expect(quiet).toContainText('Closed');
    await expect(quiet).toContainText(`${AWAY}:00`);
    expect(await quiet.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(0, 0, 0)');
    // The next word of the server sets the clock right again, so each time it shows is kept.
    const shown = await quiet.locator('time').evaluateHandle((time) => {
      const texts = new Set([time.textContent]);
      new MutationObserver(() => texts.add(time.textContent)).observe(time, {
        characterData: true,
        childList: true,
        subtree: true,
      });
      return texts;
    });
    await page.clock.fastForward(60_000);
    await expect.poll(() => shown.evaluate((texts) => texts.size)).toBeGreaterThan(1);
  }
});
