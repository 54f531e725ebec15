/** Nothing is cut off and no page scrolls sideways: every screen, size, language and theme. */
import { expect, test } from '@playwright/test';
import { clippedTexts, sidewaysScroll } from '#test/support/clipping.ts';
import { LOOKS, openScreen, SCREENS } from '#test/support/screens.ts';

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 700 },
];

/** The highest that a row of the network table may be, px. */
const ROW_PX = 48;

for (const name of Object.keys(SCREENS) as (keyof typeof SCREENS)[]) {
  for (const look of LOOKS) {
    test(`${name} fits every size in ${look.lang}, ${look.theme}`, async ({ page }) => {
      await openScreen(page, name, look);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        // Two frames: the layout follows the size, and what measures itself follows the layout.
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        const where = `${size.width}×${size.height}`;
        expect.soft(await sidewaysScroll(page), where).toBe(0);
        expect.soft(await clippedTexts(page), where).toEqual([]);
      }
    });
  }
}

test('a wall in Chinese and English fits its screen', async ({ page }) => {
  const { path } = SCREENS['customer wall'];
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(path);
  await expect(page.locator('[data-service]').first()).toBeVisible();
  expect(await clippedTexts(page)).toEqual([]);
});

for (const lang of ['zh', 'en'] as const) {
  test(`a branch takes one row of the table, however long its name, in ${lang}`, async ({ page }) => {
    await openScreen(page, 'network', { lang, theme: 'light' });
    for (const size of SIZES.slice(0, 3)) {
      await page.setViewportSize(size);
      const heights = await page
        .locator('[data-branch]')
        .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
      expect(heights.length).toBeGreaterThan(5);
      expect(Math.max(...heights), `${size.width}`).toBeLessThanOrEqual(ROW_PX);
      const heads = await page
        .locator('.table thead th')
        .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
      expect(Math.max(...heads), `${size.width}`).toBeLessThanOrEqual(ROW_PX);
    }
  });
}
