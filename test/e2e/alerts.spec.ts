/** Alerts as people meet them: raised, seen, shelved, taken back, looked up, and their rules tried before they are set. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import { sidewaysScroll } from '#test/support/clipping.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { isLive, LOOKS } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
const HALLS = ['raised', 'shelved', 'keys', 'rules', 'looks'];
/** From a fact to its alert: every hall is looked at each 5 s. */
const RAISED_MS = 12_000;
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer(HALLS.map((id) => hall({ id, ...ALL_DAY })));
});
test.afterAll(() => server.remove());

/** Somebody waits too long in a hall whose rule raises at once. */
async function oneLate(page: Page, id: string, queue = 'personal'): Promise<void> {
  const rule = { ...DEFAULT_RULES.waitOverTarget, raiseAfterSeconds: 0 };
  const set = await page.request.put(`${server.address}/api/v1/alert-rules/waitOverTarget`, {
    data: { branch: id, rule },
    headers: { Origin: server.address },
  });
  expect(set.status(), await set.text()).toBe(200);
  await server.tell(
    id,
    told(ago(1_800), 'contact.queued', { contact: `late-${queue}`, ticket: 'A001', queue }),
    told(ago(0), 'source.heartbeat', {}),
  );
}

const lines = (page: Page) => page.locator('[data-line]');
const openAlerts = async (page: Page, id: string, more = ''): Promise<void> => {
  await page.goto(`${server.address}/h/${id}/alerts?lang=en${more}`);
  await isLive(page);
};

test('a wait over its target is on the floor, in the bar and in the network, and one click says "I have seen it"', async ({
  page,
}) => {
  await oneLate(page, 'raised');
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
  await oneLate(page, 'shelved');
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

test('[T10] without a mouse: all acknowledged, one on the shelf, and taken back', async ({ page }) => {
  await oneLate(page, 'keys');
  await oneLate(page, 'keys', 'corporate');
  await openAlerts(page, 'keys');
  await expect(lines(page)).toHaveCount(2, { timeout: RAISED_MS });
  await page.keyboard.press('Shift+Y');
  await expect(page.locator('[data-status=unseen]')).toHaveCount(0);
  await page.keyboard.press('j');
  await expect(page.locator('[data-line][aria-current]')).toHaveCount(1);
  await page.keyboard.press('s');
  await page.keyboard.press('Enter');
  await expect(lines(page)).toHaveCount(1);
  await expect(page.getByText('Shelved: 1')).toBeVisible();
  await page.keyboard.press('z');
  await expect(lines(page)).toHaveCount(2);
});

test('[AL5] a rule is tried on the past while it is changed, and then set', async ({ page }) => {
  await openAlerts(page, 'rules', '&tab=rules');
  const editor = page.locator('[data-editor=waitOverTarget]');
  await expect(page.locator('[data-backtest] rect.after')).toHaveCount(14);
  await editor.getByLabel('Raises at, %').fill('80');
  await expect(editor.getByRole('button', { name: 'Save' })).toBeDisabled();
  await editor.getByLabel('Clears at, %').fill('70');
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('[data-rule=waitOverTarget]')).toContainText('changed for this branch');
  await expect(page.locator('[data-rule=waitOverTarget]')).toContainText('≥ 80% of target');
  await page.locator('[data-rule=breakOver] button').click();
  await expect(page).toHaveURL(/edit=breakOver/);
  await expect(page.locator('[data-backtest]')).toContainText('cannot be tried on the past');
});

for (const look of LOOKS) {
  test(`every tab fits and has no violation in ${look.lang}, ${look.theme}`, async ({ page }) => {
    // Four tabs, each at two sizes and looked through.
    test.slow();
    await oneLate(page, 'looks');
    for (const tab of ['active', 'shelved', 'log', 'rules']) {
      await page.goto(`${server.address}/h/looks/alerts?lang=${look.lang}&theme=${look.theme}&tab=${tab}`);
      await isLive(page);
      await expect(page.locator('.panel').first()).toBeVisible();
      for (const width of [1_440, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect.soft(await sidewaysScroll(page), `${tab} at ${width}`).toBe(0);
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect.soft(violations.map(({ id, nodes }) => `${tab}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
