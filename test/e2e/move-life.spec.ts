/** The whole life of a suggestion as a person meets it, on halls of the demonstration whose time passes faster. */
import { expect, test } from '@playwright/test';
import { hasFreshness } from '#test/support/screens.ts';
import { type SteeredDemonstration, steeredDemonstration } from '#test/support/steered-demonstration.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
const LONG_MS = 150_000;
const SOON_MS = 60_000;

let halls: SteeredDemonstration;
let beating: NodeJS.Timeout;
let passing: Promise<void> = Promise.resolve();
/** How fast time passes: so much of it in each tenth of a second. */
let pace = SECOND_MS / 10;

test.beforeAll(async () => {
  test.setTimeout(LONG_MS);
  halls = await steeredDemonstration(['wola', 'srodmiescie-1']);
  await halls.passUntil(
    async () => JSON.stringify(await halls.get('/api/v1/suggestions')).includes('"status":"proposed"'),
    'a suggestion',
    90 * MINUTE_MS,
  );
  let isPassing = false;
  beating = setInterval(() => {
    if (isPassing) return;
    isPassing = true;
    passing = halls.pass(pace).finally(() => (isPassing = false));
  }, SECOND_MS / 10);
});
test.afterAll(async () => {
  clearInterval(beating);
  await passing;
  await halls.stop();
});

test('[GD6] one click accepts; then the person is seen to go, to serve, to come back, and the outcome is told', async ({
  page,
}) => {
  test.setTimeout(2 * LONG_MS);
  await page.goto(`${halls.address}/n/all/moves?lang=en`);
  await hasFreshness(page, 'live', SOON_MS);
  const card = page.locator('[data-suggestion]').first();
  await expect(card).toBeVisible({ timeout: SOON_MS });
  const id = await card.getAttribute('data-suggestion');
  await card.getByRole('button', { name: 'Accept' }).click();
  const move = page.locator(`[data-move="${id}"]`);
  await expect(move).toHaveAttribute('data-state', 'accepted');
  halls.suggestNoMore();
  pace = MINUTE_MS / 2;
  await expect(move).toHaveAttribute('data-state', /started|late|arrived/, { timeout: SOON_MS });
  await expect(move).toHaveAttribute('data-state', 'arrived', { timeout: SOON_MS });
  await expect(page.locator('[data-unseen]')).toBeVisible({ timeout: SOON_MS });
  await page.getByRole('button', { name: /Notices of moves/ }).click();
  await expect(page.locator('#notices li').first()).toContainText(/arrived|set off|accepted/);
  await expect(page.locator('[data-unseen]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-outcome]').first()).toBeVisible({ timeout: LONG_MS });
  await page.locator('[data-outcome] a').first().click();
  await expect(page).toHaveURL(/\/moves\/m-/);
  await expect(page.locator('section', { hasText: 'measured' }).first()).toBeVisible();
});
