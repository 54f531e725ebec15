/** Suggestions as people meet them: read, accepted and taken back, refused, compared, followed, and a plan of one's own tried. */
import { expect, type Page, test } from '@playwright/test';
import { violations } from '#test/support/axe.ts';
import { clippedTexts, sidewaysScroll } from '#test/support/clipping.ts';
import { Desk } from '#test/support/desk.ts';
import { HALL, isLive, LOOKS } from '#test/support/screens.ts';
import { moveOption, steeringOf, suggestionOf } from '#test/support/suggestions.ts';

/** Suggestions are there once the rest of a screen is drawn, ms. */
const LATER_MS = 5_000;
const MINUTE_MS = 60_000;

const open = async (page: Page, path: string, desk: Desk): Promise<void> => {
  await desk.serve(page);
  await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
  await isLive(page);
};
const card = (page: Page, id: string) => page.locator(`[data-suggestion="${id}"]`);
const floor = `/h/${HALL}/floor`;

test('figures of a suggestion explain themselves, and so do counts that filter', async ({ page }) => {
  await open(page, floor, new Desk([suggestionOf('m1', Date.now())]));
  const tip = page.getByRole('tooltip');
  await card(page, 'm1').locator('dt [tabindex]').first().focus();
  await expect(tip).toContainText('GD2');
  await expect(tip).toContainText('Simulated from where things stood');
  await page.goto('/n/all/network?lang=en');
  await isLive(page);
  await page.locator('[data-filter=breach]').focus();
  await expect(tip).toContainText('Branches where the longest wait is past the target');
});

test('rejecting is as easy, and a reason may be given', async ({ page }) => {
  const desk = new Desk([suggestionOf('m1', Date.now())]);
  await open(page, floor, desk);
  await expect(card(page, 'm1')).toBeVisible({ timeout: LATER_MS });
  await page.keyboard.press('r');
  const dialog = page.locator('dialog[open]');
  await dialog.getByLabel('Too far').check();
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByText('No suggestion now')).toBeVisible();
  expect(desk.told).toEqual([{ id: 'm1', word: 'reject', body: { reason: 'tooFar', text: '' } }]);
});

test('[GD5] whoever comes second is told who was first', async ({ page }) => {
  const at = Date.now();
  const desk = new Desk([suggestionOf('m1', at)]);
  await open(page, floor, desk);
  await expect(card(page, 'm1')).toBeVisible({ timeout: LATER_MS });
  desk.conflict = 'status';
  desk.suggestions = [
    suggestionOf('m1', at, {
      status: 'accepted',
      steps: [{ at, action: 'move.accepted', by: 'Wang Min', reason: null, text: '' }],
    }),
  ];
  await card(page, 'm1').getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Wang Min' })).toBeVisible();
});

test('customers are steered by an announcement in both languages, which is ended when it is not needed any more', async ({
  page,
}) => {
  const at = Date.now() - MINUTE_MS;
  const accepted = { option: 0, by: 'M2', at, undoUntil: at + 10_000 };
  const desk = new Desk([
    steeringOf('m1', Date.now()),
    steeringOf('m2', at, { status: 'arrived', accepted, dueAt: at, arrivedAt: at + 10_000 }),
  ]);
  await open(page, '/n/all/moves', desk);
  const first = card(page, 'm1');
  await expect(first).toContainText('Announce headrow Hall for General at briggate Hall', {
    timeout: LATER_MS,
  });
  await expect(first).toContainText('86% likely to breach within 30 min');
  await expect(first.locator('[lang="zh-CN"]')).toHaveText(
    '综合：本厅约等 34 分钟；headrow 厅含路程约 19 分钟，可前往办理。',
  );
  await expect(first.locator('[lang="en"]').last()).toContainText('About 19 min at headrow Hall');
  const running = page.locator('[data-move="m2"]');
  await expect(running).toContainText('announced from');
  await running.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => desk.told).toEqual([{ id: 'm2', word: 'return', body: {} }]);
});

test('a manager tries a plan of their own and sees both courses', async ({ page }) => {
  await page.goto(`${floor}?lang=en&sheet=what-if`);
  await isLive(page);
  const sheet = page.getByRole('dialog', { name: 'What if' });
  await sheet.getByLabel('Do what').selectOption('add');
  await sheet.getByLabel('People').fill('2');
  await sheet.getByRole('button', { name: 'Add step' }).click();
  await expect(sheet.locator('[data-step=add]')).toContainText('2 more people');
  await sheet.getByRole('button', { name: 'Try it' }).click();
  await expect(sheet.locator('[data-what-if]')).toContainText('Waiting saved', { timeout: 15_000 });
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('a suggestion that is not there says so', async ({ page }) => {
  await open(page, '/moves/m9', new Desk([]));
  await expect(page.getByText('not there any more')).toBeVisible();
});

for (const look of LOOKS) {
  test(`suggestions, board and detail fit and have no violation in ${look.lang}, ${look.theme}`, async ({
    page,
  }) => {
    // Four screens, each at three sizes and looked through.
    test.slow();
    const at = Date.now();
    const accepted = { option: 0, by: 'M2', at, undoUntil: at };
    const desk = new Desk([
      suggestionOf('m1', at),
      suggestionOf('m2', at, { friction: 3, options: [moveOption(at), moveOption(at, { lever: 'recall' })] }),
      suggestionOf('m3', at, { status: 'started', accepted, dueAt: at + MINUTE_MS }),
      suggestionOf('m4', at, { status: 'rejected' }),
      steeringOf('m5', at),
    ]);
    await desk.serve(page);
    for (const path of [floor, '/n/all/network', '/n/all/moves', '/n/all/moves/m2']) {
      await page.goto(`${path}?lang=${look.lang}&theme=${look.theme}`);
      await isLive(page);
      await page.locator('[data-suggestion], [data-course]').first().waitFor({ timeout: LATER_MS });
      for (const width of [1_440, 390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect.soft(await sidewaysScroll(page), `${path} at ${width}`).toBe(0);
        expect.soft(await clippedTexts(page), `${path} at ${width}`).toEqual([]);
      }
      await page.setViewportSize({ width: 1_440, height: 900 });
      expect.soft(await violations(page), path).toEqual([]);
    }
  });
}
