/** What a screen says while the server, its Redis or the network is gone, and that it comes back right by itself. */
import { expect, type Page, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { hasFreshness, huesOn, isLive, secondsOf } from '#test/support/screens.ts';

test.describe.configure({ mode: 'serial' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
const PAST_TARGET_SECONDS = 16 * 60;
/** Rule LV3 for consoles. */
const STALE_WITHIN_MS = 15_000;
const CLOCK_TIME = /\d\d:\d\d:\d\d/;
let server: OwnServer;
let tickets = 0;

test.beforeAll(async () => {
  server = await startOwnServer([hall({ id: 'east', ...ALL_DAY })]);
  await arrive(PAST_TARGET_SECONDS);
});
test.afterAll(() => server.remove());

const arrival = (seconds = 0) =>
  told(ago(seconds), 'contact.queued', { contact: `t${++tickets}`, queue: 'personal' });
const arrive = (seconds = 0) => server.tell('east', arrival(seconds));
const waiting = (page: Page) => page.locator('dl > div', { hasText: 'Waiting' }).locator('dd').first();
const showsAll = (page: Page) => expect(waiting(page)).toHaveText(String(tickets));

async function openFloor(page: Page): Promise<void> {
  await page.goto(`${server.address}/h/east/floor?lang=en`);
  await isLive(page);
  await showsAll(page);
}

test('a killed server: old numbers lose their hue and stand still, and all is right once it is back', async ({
  page,
}) => {
  await page.clock.install();
  await openFloor(page);
  expect(await huesOn(page)).not.toEqual([]);

  await server.kill();
  await page.clock.fastForward(6_000);
  await hasFreshness(page, 'delayed');
  await page.clock.fastForward(STALE_WITHIN_MS - 5_000);
  await hasFreshness(page, 'stale');
  expect(await huesOn(page)).toEqual([]);
  await expect(page.locator('main [role=status], main [role=alert]').first()).toContainText(CLOCK_TIME);
  await showsAll(page);

  const longest = page.locator('[data-queue=personal] [data-field=longest]');
  const stopped = await secondsOf(longest);
  const clock = page.locator('time').first();
  const time = await clock.innerText();
  await page.clock.fastForward(5_000);
  await expect(clock).not.toHaveText(time);
  expect(await secondsOf(longest)).toBe(stopped);

  await page.clock.fastForward(120_000);
  await hasFreshness(page, 'disconnected');
  await expect(waiting(page)).toHaveText('—');

  await server.start();
  await arrive();
  await isLive(page);
  await showsAll(page);
  expect(await huesOn(page)).not.toEqual([]);
  expect(await secondsOf(longest)).toBeGreaterThanOrEqual(PAST_TARGET_SECONDS);
});

test('a killed Redis is back before anybody notices, and nothing acknowledged is lost', async ({ page }) => {
  await openFloor(page);
  server.signalRedis('SIGKILL');
  // As a source does: the same again until it is taken.
  const ticket = arrival();
  await expect(() => server.tell('east', ticket)).toPass();
  await isLive(page);
  await showsAll(page);
});

test('a Redis that stays away makes the screen old although the server answers', async ({ page }) => {
  await openFloor(page);
  server.signalRedis('SIGSTOP');
  try {
    await hasFreshness(page, 'delayed', STALE_WITHIN_MS);
    await hasFreshness(page, 'stale', STALE_WITHIN_MS);
    await expect(page.locator('main [role=status], main [role=alert]').first()).toContainText(CLOCK_TIME);
    expect(await huesOn(page)).toEqual([]);
  } finally {
    server.signalRedis('SIGCONT');
  }
  await isLive(page);
  await arrive();
  await showsAll(page);
});

test('a network that was away: the screen leaves live and is right again within five seconds', async ({
  page,
  context,
}) => {
  await openFloor(page);
  await context.setOffline(true);
  await arrive();
  await expect(page.locator('[data-freshness]')).not.toHaveAttribute('data-freshness', 'live', {
    timeout: STALE_WITHIN_MS,
  });
  await context.setOffline(false);
  await isLive(page);
  await showsAll(page);
});
