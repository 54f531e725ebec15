/** The whole life of a suggestion as a person meets it, on halls of the demonstration whose time passes faster. */
import { expect, type Page, test } from '@playwright/test';
import type { NoticesAnswer } from '#shared/notices.ts';
import type { Suggestion, SuggestionsAnswer } from '#shared/suggestions.ts';
import { hasFreshness } from '#test/support/screens.ts';
import { countSteps } from '#test/support/steps.ts';
import { type SteeredDemonstration, steeredDemonstration } from '#test/support/steered-demonstration.ts';

test.describe.configure({ mode: 'serial' });

const MINUTE_MS = 60_000;
/** Rule GD5. */
const UNDO_MS = 10_000;
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

/** What is proposed now; the first of a place is the first on its screen. */
async function proposed(): Promise<Suggestion[]> {
  const { suggestions } = (await halls.get('/api/v1/suggestions')) as SuggestionsAnswer;
  return suggestions.filter(({ status }) => status === 'proposed');
}
const suggestionNow = async (id: string): Promise<Suggestion> =>
  ((await halls.get(`/api/v1/suggestions/${id}`)) as { suggestion: Suggestion }).suggestion;
const noticesOf = async (move: string) =>
  ((await halls.get('/api/v1/notices')) as NoticesAnswer).notices.filter((notice) => notice.move === move);
const cardOf = (page: Page, id: string) => page.locator(`[data-suggestion="${id}"]`);

test('T3 the best suggestion, its effect in sight, is accepted by one click or key; T4 and as if nothing had been by one more', async ({
  page,
}) => {
  test.setTimeout(LONG_MS);
  const [best] = await proposed();
  if (!best) throw new Error('nothing is proposed');
  await page.goto(`${halls.address}/h/${best.branch}/floor?lang=en`);
  await hasFreshness(page, 'live', SOON_MS);
  const card = page.locator('[data-suggestion]').first();
  await expect(card).toBeVisible({ timeout: SOON_MS });
  const id = (await card.getAttribute('data-suggestion')) ?? '';
  await expect(card).toContainText(/\d+ → \d+\smin/);
  await expect(card).toContainText(/Waiting saved\s+[\d,]+\scustomer-min/);
  const { steps: _before, ...before } = await suggestionNow(id);
  const title = await card.locator('h3').innerText();
  const steps = await countSteps(page);
  for (const accept of [
    () => page.keyboard.press('a'),
    () => card.getByRole('button', { name: 'Accept' }).click(),
  ]) {
    await accept();
    await expect(cardOf(page, id)).toHaveCount(0);
    expect((await suggestionNow(id)).status).toBe('accepted');
    expect(await noticesOf(id)).toEqual([]);
    await expect(page.getByRole('button', { name: /Undo/ })).toBeVisible();
    await page.keyboard.press('z');
    await expect(cardOf(page, id).locator('h3')).toHaveText(title, { timeout: SOON_MS });
    const { steps: _after, ...after } = await suggestionNow(id);
    expect(after).toEqual(before);
    expect(await noticesOf(id)).toEqual([]);
  }
  expect(steps()).toEqual({ clicks: 1, keys: 3 });
});

test('[GD6] one click accepts; then the person is seen to go, to serve, to come back, and the outcome is told', async ({
  page,
}) => {
  test.setTimeout(2 * LONG_MS);
  await page.goto(`${halls.address}/n/all/moves?lang=en`);
  await hasFreshness(page, 'live', SOON_MS);
  const card = page.locator('[data-suggestion]').first();
  await expect(card).toBeVisible({ timeout: SOON_MS });
  const id = (await card.getAttribute('data-suggestion')) ?? '';
  await card.getByRole('button', { name: 'Accept' }).click();
  const move = page.locator(`[data-move="${id}"]`);
  await expect(move).toHaveAttribute('data-state', 'accepted');
  // Nobody is told before it can no longer be undone (rule GD5).
  const { accepted } = await suggestionNow(id);
  await expect.poll(async () => (await noticesOf(id)).length, { timeout: SOON_MS }).toBeGreaterThan(0);
  expect(Math.min(...(await noticesOf(id)).map(({ at }) => at))).toBe((accepted?.at ?? NaN) + UNDO_MS);
  halls.suggestNoMore();
  pace = MINUTE_MS / 2;
  await expect(move).toHaveAttribute('data-state', /started|late|arrived/, { timeout: SOON_MS });
  await expect(move).toHaveAttribute('data-state', 'arrived', { timeout: SOON_MS });
  await expect(page.locator('[popovertarget=notices] [data-unseen]')).toBeVisible({ timeout: SOON_MS });
  await page.getByRole('button', { name: /Notices of moves/ }).click();
  await expect(page.locator('#notices li').first()).toContainText(/arrived|set off|accepted/);
  await expect(page.locator('[popovertarget=notices] [data-unseen]')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-outcome]').first()).toBeVisible({ timeout: LONG_MS });
  await page.locator('[data-outcome] a').first().click();
  await expect(page).toHaveURL(/\/moves\/m-/);
  await expect(page.locator('section', { hasText: 'measured' }).first()).toBeVisible();
});
