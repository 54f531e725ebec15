/** Alerts as people meet them: raised, seen, shelved, taken back, looked up, and their rules tried before they are set. */
import { expect, type Page, test } from '@playwright/test';
import { violations } from '#test/support/axe.ts';
import { sidewaysScroll } from '#test/support/clipping.ts';
import { oneLate, RAISED_MS } from '#test/support/late-customers.ts';
import { type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall } from '#test/support/profiles.ts';
import { isLive, LOOKS } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
const HALLS = ['raised', 'shelved', 'looks'];
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer(HALLS.map((id) => hall({ id, ...ALL_DAY })));
});
test.afterAll(() => server.remove());

const lines = (page: Page) => page.locator('[data-line]');
const openAlerts = async (page: Page, id: string, more = ''): Promise<void> => {
  await page.goto(`${server.address}/h/${id}/alerts?lang=en${more}`);
  await isLive(page);
};

test('a wait over its target is on the floor, in the bar and in the network, and one click says "I have seen it"', async ({
  page,
}) => {
  await oneLate(server, page, 'raised');
  await page.goto(`${server.address}/h/raised/floor?lang=en`);
  await isLive(page);
  const panel = page.getByRole('region', { name: 'Alerts' });
  await expect(panel.locator('[data-alert=waitOverTarget]')).toContainText('Personal: wait above target', {
    timeout: RAISED_MS,
  });
  await expect(page.locator('[data-unseen="1"]')).toBeVisible();
  await panel.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(panel).toContainText('acked');
  await expect(page.locator('[data-unseen="0"]')).toBeVisible();

  await page.getByRole('button', { name: /Undo/ }).click();
  await expect(page.locator('[data-unseen="1"]')).toBeVisible();

  await page.goto(`${server.address}/alerts?lang=en`);
  await expect(page).toHaveURL(/\/n\/all\/alerts/);
  await expect(lines(page).filter({ hasText: 'Renmin Road' }).first()).toBeVisible();
});

test('shelved with a reason it leaves the list, is found on the shelf, and the log knows who and why', async ({
  page,
}) => {
  await oneLate(server, page, 'shelved');
  await openAlerts(page, 'shelved');
  await expect(lines(page)).toHaveCount(1, { timeout: RAISED_MS });
  await lines(page).getByRole('button', { name: 'Shelve' }).click();
  await page.getByLabel('Reason').fill('two are on their way');
  await page.locator('dialog').getByRole('button', { name: 'Shelve' }).click();
  await expect(page.getByText('No active alerts')).toBeVisible();
  await page.locator('[data-tab=shelved]').click();
  await expect(page).toHaveURL(/tab=shelved/);
  await expect(lines(page)).toContainText('shelved by');
  await page.getByRole('button', { name: 'Take off the shelf' }).click();
  await expect(lines(page)).toHaveCount(0);
  await page.locator('[data-tab=log]').click();
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.locator('[data-action="alert.shelved"]')).toContainText('two are on their way', {
      timeout: 500,
    });
  }).toPass({ timeout: RAISED_MS });
  await expect(page.locator('[data-action="alert.raised"]')).toContainText('by itself');
});

for (const look of LOOKS) {
  test(`every tab fits and has no violation in ${look.lang}, ${look.theme}`, async ({ page }) => {
    // Four tabs, each at two sizes and looked through.
    test.slow();
    await oneLate(server, page, 'looks');
    for (const tab of ['active', 'shelved', 'log', 'rules']) {
      await page.goto(`${server.address}/h/looks/alerts?lang=${look.lang}&theme=${look.theme}&tab=${tab}`);
      await isLive(page);
      await expect(page.locator('.panel').first()).toBeVisible();
      for (const width of [1_440, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect.soft(await sidewaysScroll(page), `${tab} at ${width}`).toBe(0);
      }
      expect.soft(await violations(page), tab).toEqual([]);
    }
  });
}
