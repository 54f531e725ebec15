/** Alerts dealt with in a few keys, and a rule changed with its cost in sight. */
import { expect, type Page, test } from '@playwright/test';
import { oneLate, RAISED_MS } from '#test/support/late-customers.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { pastVisits } from '#test/support/past-visits.ts';
import { hall } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';
import { countSteps, hasFocus, tabTo } from '#test/support/steps.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer(['keys', 'focus', 'page', 'rules'].map((id) => hall({ id, ...ALL_DAY })));
});
test.afterAll(() => server.remove());

const twoLate = async (page: Page, id: string, path: 'floor' | 'alerts'): Promise<void> => {
  await oneLate(server, page, id);
  await oneLate(server, page, id, 'corporate');
  await page.goto(`${server.address}/h/${id}/${path}?lang=en`);
  await isLive(page);
  await expect(page.locator('[data-alert]')).toHaveCount(2, { timeout: RAISED_MS });
};
const logged = async (page: Page, branch: string): Promise<string[]> => {
  const answer = await page.request.get(`${server.address}/api/v1/alerts/log?branch=${branch}`);
  const { entries } = (await answer.json()) as {
    entries: { action: string; by: string | null; at: number }[];
  };
  return entries.filter(({ by, at }) => by !== null && at > 0).map(({ action }) => action);
};

test('T10 on the floor, by keys: all acknowledged, one on the shelf, both in the log, and taken back', async ({
  page,
}) => {
  await twoLate(page, 'keys', 'floor');
  const panel = page.getByRole('region', { name: 'Alerts' });
  const steps = await countSteps(page);
  await page.keyboard.press('Shift+Y');
  await expect(page.locator('[data-unseen="0"]')).toBeVisible();
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog')).toContainText('15');
  await page.keyboard.press('Enter');
  await expect(panel.locator('[data-alert]')).toHaveCount(1);
  expect(steps()).toEqual({ clicks: 0, keys: 3 });
  await expect
    .poll(async () => (await logged(page, 'keys')).toSorted(), { timeout: RAISED_MS })
    .toEqual(['alert.acknowledged', 'alert.acknowledged', 'alert.shelved']);
  await page.keyboard.press('z');
  await expect(panel.locator('[data-alert]')).toHaveCount(2);
});

test('T10 from button to button: what was pressed goes away, the focus does not', async ({ page }) => {
  await twoLate(page, 'focus', 'floor');
  await tabTo(page, '.alerts [data-alert] button');
  await page.keyboard.press('Enter');
  await expect(page.locator('.alerts [data-alert] button')).toHaveCount(1);
  await expect.poll(() => hasFocus(page)).toBe(true);
  await tabTo(page, '.alerts [data-alert] button');
  await page.keyboard.press('Enter');
  await expect(page.locator('.alerts [data-alert] button')).toHaveCount(0);
  await expect.poll(() => hasFocus(page)).toBe(true);
});

test('T10 on the page of alerts, where the selection moves by keys', async ({ page }) => {
  await twoLate(page, 'page', 'alerts');
  const lines = page.locator('[data-line]');
  const steps = await countSteps(page);
  await page.keyboard.press('Shift+Y');
  await expect(page.locator('[data-status=unseen]')).toHaveCount(0);
  await page.keyboard.press('j');
  await expect(page.locator('[data-line][aria-current]')).toHaveCount(1);
  await page.keyboard.press('s');
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(1);
  await expect.poll(() => hasFocus(page)).toBe(true);
  expect(steps()).toEqual({ clicks: 0, keys: 4 });
  await page.keyboard.press('z');
  await expect(lines).toHaveCount(2);
});

test('T12 a rule is tried on the past while it is changed, and then set [AL5]', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/alert-rules')) asked.push(request.method());
  });
  await server.tell('rules', ...pastVisits({ now: ago(0), days: 14, aDay: 1, queue: 'personal' }));
  const known = async () =>
    (await (await page.request.get(`${server.address}/api/v1/alert-rules?branch=rules`)).json()) as unknown;
  await expect.poll(known).toMatchObject({ days: 14 });
  await page.goto(`${server.address}/h/rules/alerts?lang=en&tab=rules`);
  await isLive(page);
  const editor = page.locator('[data-editor=waitOverTarget]');
  await expect(page.locator('[data-backtest] rect.after')).toHaveCount(14);
  const steps = await countSteps(page);
  await editor.getByLabel('Raises at, %').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('80');
  await expect(editor.getByRole('button', { name: 'Save' })).toBeDisabled();
  await editor.getByLabel('Clears at, %').click();
  await page.keyboard.press('ControlOrMeta+a');
  const tried = asked.length;
  await page.keyboard.type('70');
  await expect.poll(() => asked.slice(tried)).toContain('POST');
  await expect(page.locator('[data-backtest]')).toContainText(/Per day\s+\d/);
  await editor.getByRole('button', { name: 'Save' }).click();
  expect(steps().clicks).toBe(3);
  await expect(page.locator('[data-rule=waitOverTarget]')).toContainText('changed for this branch');
  await expect(page.locator('[data-rule=waitOverTarget]')).toContainText('≥ 80% of target');
  expect(asked.indexOf('PUT')).toBeGreaterThan(asked.indexOf('POST', tried));

  await page.locator('[data-rule=breakOver] button').click();
  await expect(page).toHaveURL(/edit=breakOver/);
  await expect(page.locator('[data-backtest]')).toContainText('cannot be tried on the past');
});

test('T12 by keys alone', async ({ page }) => {
  await page.goto(`${server.address}/h/rules/alerts?lang=en&tab=rules&edit=caseLong`);
  await isLive(page);
  const steps = await countSteps(page);
  await tabTo(page, '[data-editor=caseLong] input[type=number]');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('50');
  await tabTo(page, '[data-editor=caseLong] button[type=submit]:enabled');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-rule=caseLong]')).toContainText('changed for this branch');
  expect(steps().clicks).toBe(0);
});
