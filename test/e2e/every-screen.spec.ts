/**
 * Every screen in every size, language and theme: nothing cut off, no page that scrolls sideways, no violation that axe
 * knows, every table named, and all of that when letters are spaced out as some people need them.
 */
import { expect, type Page, test } from '@playwright/test';
import { violations } from '#test/support/axe.ts';
import { clippedTexts, sidewaysScroll } from '#test/support/clipping.ts';
import { LOOKS, openScreen, SCREENS } from '#test/support/screens.ts';

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1440, height: 900 },
  { width: 1366, height: 768 },
  // The second one at 200 %.
  { width: 720, height: 450 },
  { width: 390, height: 844 },
  { width: 320, height: 700 },
];

/** The highest that a row of the network table may be, px. */
const ROW_PX = 48;

/** Spacing that nobody may have to go without (WCAG 1.4.12). */
const SPACED_OUT = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }`;
/** Boards are seen from afar; who needs other letters has the plain page of the hall. */
const isBoard = (path: string): boolean => path.startsWith('/w/') || path.startsWith('/wall/');

/** The layout follows the size, and what measures itself follows the layout: two frames. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Tables without a name, and heads of columns that do not say what they are the head of. */
const unnamedTables = (page: Page): Promise<string[]> =>
  page
    .locator('table:not(:has(> caption), [aria-label], [aria-labelledby]), thead th:not([scope])')
    .evaluateAll((all) => all.map((each) => each.outerHTML.slice(0, 120)));

for (const name of Object.keys(SCREENS) as (keyof typeof SCREENS)[]) {
  for (const look of LOOKS) {
    test(`${name} fits and can be used in ${look.lang}, ${look.theme}`, async ({ page }) => {
      test.slow();
      await openScreen(page, name, look);
      expect.soft(await violations(page)).toEqual([]);
      expect.soft(await unnamedTables(page)).toEqual([]);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await settled(page);
        const where = `${size.width}×${size.height}`;
        expect.soft(await sidewaysScroll(page), where).toBe(0);
        expect.soft(await clippedTexts(page), where).toEqual([]);
      }
      if (isBoard(SCREENS[name].path)) return;
      await page.addStyleTag({ content: SPACED_OUT });
      for (const size of [SIZES[1], SIZES[4]]) {
        if (size) await page.setViewportSize(size);
        await settled(page);
        expect.soft(await sidewaysScroll(page), `spaced out, ${size?.width}`).toBe(0);
        expect.soft(await clippedTexts(page), `spaced out, ${size?.width}`).toEqual([]);
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
