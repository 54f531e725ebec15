/** From an empty folder to a branch, a source and a screen, as whoever installs it walks it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LiveServer, startLiveServer } from '#server/cli/bench/live-server.ts';
import { isLive } from '#test/support/screens.ts';

let folder: string;
let server: LiveServer;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-first-'));
  server = await startLiveServer({ path: folder, key: '', remove: () => Promise.resolve() }, 0, 'on');
});
test.afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('an empty installation leads to a branch, a source and a screen', async ({ browser, request }) => {
  test.slow();
  const context = await browser.newContext({ baseURL: server.address, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(server.setUpLink ?? '');
  await page.getByLabel('Name', { exact: true }).fill('Ada');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('New password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await page.waitForURL('**/settings/start');

  await page.getByLabel('Name in English').first().fill('North hall');
  await page.getByLabel('Region in English').fill('City');
  await page.getByRole('button', { name: 'Create the branch' }).click();
  await expect(page.getByText('North hall')).toBeVisible();

  await page.getByRole('button', { name: 'New key' }).click();
  const post = await page.locator('[data-secret]').nth(1).innerText();
  await expect(page.locator('[data-told]')).toHaveAttribute('data-told', 'false');
  const [, address = '', key = '', body = ''] =
    /^curl -X POST (\S+) -H 'Authorization: Bearer (\S+)' .* -d '(.*)'$/.exec(post) ?? [];
  const answer = await request.post(address, {
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    data: body,
  });
  expect(await answer.json()).toMatchObject({ accepted: 1, rejected: [] });
  await expect(page.locator('[data-told]')).toHaveAttribute('data-told', 'true');

  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open the customer screen' }).click();
  const wall = await opening;
  await isLive(wall);
  await page.getByRole('link', { name: 'Open the floor' }).click();
  await isLive(page);
  await expect(page.getByText('General').first()).toBeVisible();

  await page.goto('/settings/targets');
  await page.getByRole('button', { name: 'New version' }).click();
  await page.getByLabel('Longest wait (seconds)').fill('300');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('15 min → 5 min')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const version = page.getByRole('listitem').filter({ hasText: 'Longest wait 5 min' });
  await expect(version).toContainText('not yet');
  await version.getByRole('button', { name: 'Take back' }).click();
  await dialog.getByRole('button', { name: 'Take back' }).click();
  await expect(version).toHaveCount(0);
  await context.close();
});
