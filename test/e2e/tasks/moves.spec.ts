/** Moves chosen among options and followed on the board: nothing is chosen beforehand, what cannot be undone says so. */
import { expect, type Page, test } from '@playwright/test';
import { Desk } from '#test/support/desk.ts';
import { isLive } from '#test/support/screens.ts';
import { countSteps, tabTo } from '#test/support/steps.ts';
import { moveOption, range, suggestionOf } from '#test/support/suggestions.ts';

/** Suggestions are there once the rest of a screen is drawn, ms. */
const LATER_MS = 10_000;
const MINUTE_MS = 60_000;

const open = async (page: Page, path: string, desk: Desk): Promise<void> => {
  await desk.serve(page);
  await page.goto(`${path}?lang=en`);
  await isLive(page);
};

const compared = (): Desk => {
  const at = Date.now();
  const other = (name: string) =>
    moveOption(at, { lever: 'recall', person: { id: name, name, home: 'briggate' } });
  return new Desk([
    suggestionOf('m1', at, { friction: 3, options: [moveOption(at), other('Wu Qi'), other('Xu Na')] }),
  ]);
};

test('T5 among three options and no action nothing is chosen at first, and nothing can be accepted before', async ({
  page,
}) => {
  const desk = compared();
  await open(page, '/n/all/network', desk);
  const link = page.locator('[data-suggestion=m1]').getByRole('link', { name: 'Compare' });
  await link.click({ timeout: LATER_MS });
  await expect(page).toHaveURL(/\/n\/all\/moves\/m1/);
  const accept = page.getByRole('button', { name: /^Accept/ });
  await expect(page.locator('[data-option]')).toHaveCount(4);
  await expect(page.locator('[data-option]').first()).toHaveAttribute('data-option', 'none');
  await expect(page.locator('input[type=radio]:checked')).toHaveCount(0);
  await expect(accept).toBeDisabled();
  await page.keyboard.press('a');
  await expect(page.locator('[data-course=receiver] canvas')).toBeVisible();
  await expect(page.locator('[data-course=giver] canvas')).toBeVisible();
  await expect(page.getByText('You can undo for 10 s')).toBeVisible();
  expect(desk.told).toEqual([]);
  const steps = await countSteps(page);
  await page.locator('[data-option="1"] input').check();
  await expect(page).toHaveURL(/option=1/);
  await accept.click();
  await expect.poll(() => desk.told).toEqual([{ id: 'm1', word: 'accept', body: { option: 1 } }]);
  expect(steps()).toEqual({ clicks: 2, keys: 0 });
});

test('T5 by keys alone', async ({ page }) => {
  const desk = compared();
  await open(page, '/n/all/moves', desk);
  await tabTo(page, '[data-suggestion=m1] a.accept');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/n\/all\/moves\/m1/);
  const steps = await countSteps(page);
  await tabTo(page, 'input[type=radio]');
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/option=0/);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/option=1/);
  await page.keyboard.press('a');
  await expect.poll(() => desk.told).toEqual([{ id: 'm1', word: 'accept', body: { option: 1 } }]);
  expect(steps().clicks).toBe(0);
});

const onTheWay = (): Desk => {
  const at = Date.now() - 30 * MINUTE_MS;
  const accepted = { option: 0, by: 'M2', at, undoUntil: at + 10_000 };
  const measured = {
    promised: range(840, 1_140, 1_500),
    customers: 20,
    noChange: range(1_500, 2_000, 2_500),
    measuredAt: at,
    saved: null,
  };
  return new Desk([
    suggestionOf('m1', at, { status: 'late', accepted, startedAt: at, dueAt: at + 18 * MINUTE_MS }),
    suggestionOf('m2', at, {
      status: 'returned',
      outcome: { ...measured, measured: 1_740, verdict: 'worse' },
    }),
    suggestionOf('m3', at, {
      status: 'returned',
      outcome: { ...measured, measured: 1_080, verdict: 'asPromised' },
    }),
  ]);
};

test('T9 who is late by how much, a recall that says what follows, and misses like hits', async ({
  page,
}) => {
  const desk = onTheWay();
  await open(page, '/n/all/network', desk);
  const steps = await countSteps(page);
  await page.getByRole('link', { name: 'Moves' }).click();
  const late = page.locator('[data-move=m1]');
  await expect(late).toContainText('12 min late');
  await expect(late.locator('.state svg.risk')).toBeVisible();
  await expect(page.locator('[data-outcome=worse]')).toContainText('29 min missed');
  await expect(page.locator('[data-outcome=asPromised]')).toContainText('18 min as promised');
  await expect(page.locator('[data-record]')).toContainText('38');
  await late.getByRole('button', { name: 'Recall' }).click();
  expect(steps()).toEqual({ clicks: 2, keys: 0 });
  await expect(page.locator('dialog[open]')).toContainText('cannot be undone');
  expect(desk.told).toEqual([]);
  await page.locator('dialog[open]').getByRole('button', { name: 'Recall' }).click();
  await expect(late).toHaveCount(0);
  expect(desk.told).toEqual([{ id: 'm1', word: 'recall', body: {} }]);
});

test('T9 by keys alone', async ({ page }) => {
  const desk = onTheWay();
  await open(page, '/n/all/network', desk);
  const steps = await countSteps(page);
  await page.keyboard.press('2');
  await expect(page.locator('[data-move=m1]')).toContainText('12 min late');
  await tabTo(page, '[data-move=m1] .ways button:last-child');
  await page.keyboard.press('Enter');
  await expect(page.locator('dialog[open]')).toContainText('cannot be undone');
  await tabTo(page, 'dialog[open] button.primary');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-move=m1]')).toHaveCount(0);
  expect(desk.told).toEqual([{ id: 'm1', word: 'recall', body: {} }]);
  expect(steps().clicks).toBe(0);
});
