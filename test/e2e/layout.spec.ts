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
