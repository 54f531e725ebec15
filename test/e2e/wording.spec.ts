/** An organisation that calls its counters windows finds windows wherever Muster speaks of counters. */
import { expect, type Page, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer([hall({ zone: 'UTC', hours: [{ opens: '00:00', closes: '24:00' }] })]);
  await server.tell(
    'hall',
    told(ago(9), 'contact.queued', { contact: 'A001', ticket: 'A001', queue: 'personal' }),
    told(ago(8), 'contact.called', { contact: 'A001', counter: 'c1' }),
  );
});
test.afterAll(() => server.remove());

async function choose(page: Page, language: string, field: string, word: string): Promise<void> {
  await page.getByRole('group', { name: language }).getByLabel(field).selectOption(word);
}

test('the word chosen for a counter is on consoles and walls, in both languages', async ({ page }) => {
  const floor = `${server.address}/h/hall/floor`;
  const wall = `${server.address}/w/hall/customer`;
  await page.goto(`${wall}?lang=en`);
  await expect(page.getByText('Counter', { exact: true })).toBeVisible();

  await page.goto(`${server.address}/settings/wording?lang=en`);
  await choose(page, 'English', 'Where a customer is served', 'window');
  await choose(page, '中文', 'Where a customer is served', '窗口');
  const loadedAnew = page.waitForEvent('domcontentloaded');
  await page.getByRole('button', { name: 'Save' }).click();
  await loadedAnew;
  await expect(page.getByRole('group', { name: 'English' }).locator('select').first()).toHaveValue('window');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();

  await page.goto(`${floor}?lang=en`);
  await isLive(page);
  await expect(page.getByRole('heading', { name: 'Windows', exact: true })).toBeVisible();
  await expect(page.getByText(/\bcounters?\b/i)).toHaveCount(0);
  await page.goto(`${floor}?lang=zh`);
  await expect(page.getByRole('heading', { name: '窗口', exact: true })).toBeVisible();
  await expect(page.getByText(/台席|号台/)).toHaveCount(0);

  await page.goto(wall);
  await expect(page.getByText('Window', { exact: true })).toBeVisible();
  await expect(page.getByText('窗口', { exact: true })).toBeVisible();
});
