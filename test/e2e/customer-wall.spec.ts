/** The screen in the hall, as the people who wait there see it: never a name, never old news as new. */
import { expect, type Page, test } from '@playwright/test';
import type { View } from '#shared/views.ts';
import { clippedTexts } from '#test/support/clipping.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { hasFreshness, isLive } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ALL_DAY = { zone: 'UTC', hours: [{ days: EVERY_DAY, opens: '00:00', closes: '24:00' }] };
const NAME = 'Wang Xiaoming';
const AGENT = 'agent-4711';
/** Names and numbers as long as they come. */
const LONG_NAMES = {
  name: { zh: '呼和浩特市新城区政务服务中心', en: 'Hohhot New City Service Centre' },
  counters: [{ id: 'c1', label: 'B2-108' }],
  queues: [
    {
      id: 'personal',
      letter: 'PRIO',
      name: { zh: '企业不动产登记与注销业务', en: 'Registration and deregistration of companies' },
    },
  ],
};
/** An hour of the day that is half a day away, so that a hall open only then is closed now. */
const AWAY = String((new Date().getUTCHours() + 12) % 24).padStart(2, '0');
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer([
    hall({ id: 'lobby', ...ALL_DAY }),
    hall({ id: 'services', ...ALL_DAY }),
    hall({ id: 'waits', ...ALL_DAY }),
    hall({ id: 'long', ...ALL_DAY, ...LONG_NAMES }),
    hall({
      id: 'closed',
      ...ALL_DAY,
      hours: [{ days: EVERY_DAY, opens: `${AWAY}:00`, closes: `${AWAY}:30` }],
    }),
    hall({ id: 'never', ...ALL_DAY, hours: [] }),
  ]);
  await server.tell(
    'lobby',
    told(ago(90), 'agent.signedIn', { agent: AGENT, counter: 'c1', name: NAME }),
    told(ago(90), 'agent.stateChanged', { agent: AGENT, state: 'available' }),
    ...['A001', 'A002', 'A003', 'A004', 'A005'].map((ticket) =>
      told(ago(80), 'contact.queued', { contact: ticket, ticket, queue: 'personal' }),
    ),
    told(ago(60), 'contact.called', { contact: 'A001', counter: 'c1', agent: AGENT }),
    told(ago(30), 'contact.called', { contact: 'A002', counter: 'c2' }),
  );
});
test.afterAll(() => server.remove());

const openWall = (page: Page, id = 'lobby', search = '?lang=en') =>
  page.goto(`${server.address}/w/${id}/customer${search}`);
const calls = (page: Page) => page.locator('[data-ticket]');

test('the newest call is on top, with the counter to go to', async ({ page }) => {
  await openWall(page);
  await expect(calls(page)).toHaveText([/A002\s*2/, /A001\s*1/]);
  await expect(calls(page).first()).toHaveClass(/newest/);

  await server.tell(
    'lobby',
    told(ago(0), 'contact.called', { contact: 'A003', counter: 'c1', agent: AGENT }),
  );
  // The call before it was shown for the time each is due.
  await expect(calls(page).first()).toHaveAttribute('data-ticket', 'A003', { timeout: 8_000 });
  await expect(calls(page).first()).toHaveClass(/newest/);
  await expect(calls(page)).toHaveCount(3);
});

test('each service says how many wait, and which is not served now', async ({ page }) => {
  await openWall(page, 'services');
  const service = page.locator('[data-service=personal]');
  await expect(service).toContainText('0 waiting');
  await expect(service.locator('[data-wait]')).toHaveText('Not served now');
  await server.tell(
    'services',
    told(ago(1), 'agent.signedIn', { agent: AGENT, counter: 'c1', name: NAME }),
    told(ago(0), 'contact.queued', { contact: 'A001', ticket: 'A001', queue: 'personal' }),
    told(ago(0), 'contact.queued', { contact: 'A002', ticket: 'A002', queue: 'personal' }),
  );
  await expect(service).toContainText('2 waiting');
  // Nobody was served yet: no number anybody could stand by.
  await expect(service.locator('[data-wait]')).toHaveText('Please wait');
  await expect(page.locator('[data-service=corporate]')).toContainText('0 waiting');
});

/** Somebody served at c1, from so many seconds ago on: 20 s of waiting, 60 s of service. */
const served = (name: string, seconds: number) => [
  told(ago(seconds), 'contact.queued', { contact: name, ticket: name, queue: 'personal' }),
  told(ago(seconds - 20), 'contact.called', { contact: name, counter: 'c1' }),
  told(ago(seconds - 20), 'contact.started', { contact: name, counter: 'c1', agent: AGENT }),
  told(ago(seconds - 80), 'contact.ended', { contact: name }),
];
const joining = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) =>
    told(ago(1), 'contact.queued', { contact: `${name}${i}`, ticket: `${name}${i}`, queue: 'personal' }),
  );

test('the wait of a newcomer is a range of minutes that rises at once, and does not jump down', async ({
  page,
}) => {
  await server.tell(
    'waits',
    told(ago(1_500), 'agent.signedIn', { agent: AGENT, counter: 'c1', name: NAME, queues: ['personal'] }),
    ...Array.from({ length: 14 }, (_, i) => served(`B${10 + i}`, 1_500 - 85 * i)).flat(),
    told(ago(40), 'contact.queued', { contact: 'B50', ticket: 'B50', queue: 'personal' }),
    told(ago(30), 'contact.started', { contact: 'B50', counter: 'c1', agent: AGENT }),
    ...joining('C', 3),
  );
  await openWall(page, 'waits');
  const wait = page.locator('[data-service=personal] [data-wait]');
  const range = async (): Promise<{ low: number; high: number }> => {
    await expect(wait).toHaveText(/^\d+–\d+$/);
    const [low = NaN, high = NaN] = (await wait.innerText()).split('–').map(Number);
    return { low, high };
  };
  const before = await range();
  expect(before.high - before.low).toBeGreaterThanOrEqual(2);
  const response = await page.request.get(`${server.address}/api/v1/branches/waits?view=customerWall`);
  const { tables } = (await response.json()) as View<'customerWall'>;
  expect(tables.services[0]).toMatchObject({
    wait: 'range',
    lowMinutes: before.low,
    highMinutes: before.high,
  });

  await server.tell('waits', ...joining('D', 12));
  await expect.poll(async () => (await range()).high, { timeout: 5_000 }).toBeGreaterThan(before.high);
  const longer = await range();

  await server.tell(
    'waits',
    ...Array.from({ length: 12 }, (_, i) => told(ago(0), 'contact.abandoned', { contact: `D${i}` })),
  );
  await expect(page.locator('[data-service=personal]')).toContainText('3 waiting');
  expect((await range()).high).toBe(longer.high);
});

test('no name of anybody reaches the page or the wire', async ({ page }) => {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  await openWall(page);
  await server.tell(
    'lobby',
    told(ago(0), 'contact.called', { contact: 'A004', counter: 'c1', agent: AGENT }),
    told(ago(0), 'contact.started', { contact: 'A004', counter: 'c1', agent: AGENT }),
  );
  await expect(page.locator('[data-ticket=A004]')).toBeVisible({ timeout: 8_000 });
  const seen = `${frames.join('\n')}\n${await page.content()}`;
  expect(seen).toContain('A004');
  expect(seen).not.toContain(NAME);
  expect(seen).not.toContain(AGENT);
});

test('outside its hours the hall is closed, with the hours and without numbers', async ({ page }) => {
  await openWall(page, 'closed');
  await expect(page.locator('h1')).toHaveText('Closed');
  await expect(page.locator('main')).toContainText(`${AWAY}:00–${AWAY}:30`);
  await expect(page.locator('[data-ticket], [data-service]')).toHaveCount(0);

  await openWall(page, 'never', '?lang=zh');
  await expect(page.locator('h1')).toHaveText('未营业');
});

test('the longest names and numbers stand beside each other, whole', async ({ page }) => {
  const ticket = 'VIP-00123456';
  await server.tell(
    'long',
    told(ago(9), 'agent.signedIn', { agent: AGENT, counter: 'c1', name: NAME }),
    told(ago(8), 'contact.queued', { contact: 'k1', ticket, queue: 'personal' }),
    told(ago(7), 'contact.called', { contact: 'k1', counter: 'c1' }),
  );
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const search of ['?lang=zh', '?lang=en', '']) {
    await openWall(page, 'long', search);
    const call = calls(page).first();
    await expect(call).toContainText(ticket);
    const [number, arrow, counter, column] = await Promise.all(
      [call.locator('.ticket'), call.locator('svg'), call.locator('.counter'), call].map(async (part) => {
        const box = await part.boundingBox();
        return { from: box?.x ?? NaN, to: (box?.x ?? NaN) + (box?.width ?? NaN) };
      }),
    );
    expect.soft(number?.to, search).toBeLessThanOrEqual(arrow?.from ?? NaN);
    expect.soft(counter?.to, search).toBeLessThanOrEqual(column?.to ?? NaN);
    expect.soft(await clippedTexts(page), search).toEqual([]);
    const row = await page.locator('[data-service=personal]').boundingBox();
    for (const line of await page.locator('[data-service=personal] .names > *').all()) {
      const box = await line.boundingBox();
      expect.soft(box?.y, search).toBeGreaterThanOrEqual(row?.y ?? NaN);
      expect
        .soft((box?.y ?? NaN) + (box?.height ?? NaN), search)
        .toBeLessThanOrEqual((row?.y ?? NaN) + (row?.height ?? NaN));
    }
  }
});

test('Chinese and English stand side by side when no language is asked for', async ({ page }) => {
  await openWall(page, 'lobby', '');
  await expect(page.locator('h1')).toHaveText('人民路营业厅');
  await expect(page.locator('header')).toContainText('Renmin Road');
  await expect(page.locator('[data-service=corporate]')).toContainText('Corporate');
});

test('without the server it is delayed, then marked as old, then paused, and live again by itself', async ({
  page,
  context,
}) => {
  await page.clock.install();
  const bilingual = await context.newPage();
  await bilingual.setViewportSize({ width: 1920, height: 1080 });
  await bilingual.clock.install();
  await openWall(bilingual, 'lobby', '');
  await isLive(bilingual);
  await openWall(page, 'lobby');
  await isLive(page);
  await server.kill();

  await page.clock.fastForward(11_000);
  await hasFreshness(page, 'delayed');
  await expect(page.locator('[data-service=personal] [data-wait]')).not.toHaveText('—');

  await page.clock.fastForward(20_000);
  await hasFreshness(page, 'stale');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('[data-service=personal] [data-wait]')).toHaveText('—');
  await expect(page.locator('.newest')).toHaveCount(0);
  await bilingual.clock.fastForward(31_000);
  await hasFreshness(bilingual, 'stale');
  expect(await clippedTexts(bilingual)).toEqual([]);

  await page.clock.fastForward(271_000);
  await hasFreshness(page, 'disconnected');
  await expect(page.locator('[data-ticket], [data-service]')).toHaveCount(0);
  await expect(page.locator('h1')).toHaveText('Screen paused');
  const time = page.locator('main time');
  const before = await time.innerText();
  await page.clock.fastForward(60_000);
  await expect(time).not.toHaveText(before);

  await server.start();
  await isLive(page);
  await expect(calls(page).first()).toBeVisible();
});
