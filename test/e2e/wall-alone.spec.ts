/** Two hours of a wall that nobody looks after, in a few seconds: whatever breaks, no old number stands there as live. */
import { expect, type Page, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';

const MINUTE_MS = 60_000;
const TURN_MS = 10 * MINUTE_MS;
const TURNS = 12;
const HALL = 'alone';
const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer([hall({ id: HALL, ...ALL_DAY })]);
});
test.afterAll(() => server.remove());

test('two hours of cuts, restarts, sleep and a hidden tab show no old number as live', async ({ page }) => {
  test.setTimeout(120_000);
  let waiting = 0;
  const arrive = async (): Promise<void> => {
    const contact = `k${++waiting}`;
    await server.tell(HALL, told(ago(0), 'contact.queued', { contact, ticket: contact, queue: 'personal' }));
  };
  const link = await silenceable(page);
  await arrive();
  await page.clock.install();
  await page.goto(`${server.address}/w/${HALL}/customer?lang=en`);
  await showsLive(page, waiting);

  /** What happens in a turn; each leaves the screen with a number that is not true any more. */
  const ways: (() => Promise<void>)[] = [
    // The network is gone without a word.
    async () => {
      link.silent = true;
      await arrive();
      await page.clock.fastForward(TURN_MS);
      await showsNoLive(page);
      link.silent = false;
    },
    // The server is gone, and comes back.
    async () => {
      await server.kill();
      await page.clock.fastForward(TURN_MS);
      await showsNoLive(page);
      await server.start();
      await arrive();
    },
    // Nobody looks, and then somebody does: the first picture must not be the last one from before.
    async () => {
      await setVisibility(page, 'hidden');
      link.silent = true;
      await arrive();
      await page.clock.fastForward(TURN_MS / 2);
      expect(await setVisibility(page, 'visible')).not.toMatch(/live|delayed/);
      await page.clock.fastForward(TURN_MS / 2);
      await showsNoLive(page);
      link.silent = false;
    },
    // The script hung, or the computer slept: time has passed and nothing was done.
    async () => {
      await arrive();
      await page.clock.fastForward(TURN_MS);
    },
  ];
  for (let turn = 0; turn < TURNS; turn++) {
    await ways[turn % ways.length]?.();
    await showsLive(page, waiting);
  }
});

/** The page's socket, which can be made to pass nothing on. */
async function silenceable(page: Page): Promise<{ silent: boolean }> {
  const link = { silent: false };
  await page.routeWebSocket(/\/live\//, (near) => {
    const far = near.connectToServer();
    near.onMessage((message) => {
      if (!link.silent) far.send(message);
    });
    far.onMessage((message) => {
      if (!link.silent) near.send(message);
    });
  });
  return link;
}

/** Live again, with the number that is true now. */
async function showsLive(page: Page, waiting: number): Promise<void> {
  await expect(async () => {
    // Its attempts are timed by its own clock.
    await page.clock.runFor(1_000);
    await isLive(page);
    const service = page.locator('[data-service=personal]');
    await expect(service).toContainText(`${waiting} waiting`, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

async function showsNoLive(page: Page): Promise<void> {
  expect(await page.locator('[data-freshness]').getAttribute('data-freshness')).not.toMatch(/live|delayed/);
  await expect(page.locator('[data-service]')).toHaveCount(0);
}

/** What the screen says of itself in the very moment after. */
function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<string> {
  return page.evaluate(async (visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    return document.querySelector<HTMLElement>('[data-freshness]')?.dataset['freshness'] ?? '';
  }, state);
}
