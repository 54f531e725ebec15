/** A page whose script hangs cannot say so: the veil must, by itself. */
import { expect, test } from '@playwright/test';
import { brightness, recordFrames } from '#test/support/screen-frames.ts';
import { HALL, isLive } from '#test/support/screens.ts';

/** For the test the veil comes after this many seconds instead of its own time. */
const SHORT_SECONDS = 2;
const HANG_MS = 6_000;
/** The longest the veil may keep people waiting, seconds: the limit of "delayed" and some. */
const LONGEST_SECONDS = 60;
/** Mean brightness, 0–255, that only the veil has on a light screen. */
const DARK = 64;

for (const path of [`/h/${HALL}/floor`, `/w/${HALL}/customer`, `/w/${HALL}/staff`]) {
  test(`${path} is veiled while its script hangs, and clear again afterwards`, async ({ page, context }) => {
    await page.goto(`${path}?lang=en&theme=light`);
    await isLive(page);
    const veil = page.locator('[data-veil]');
    await expect(veil).toHaveCSS('opacity', '0');
    const own = await veil.evaluate((element) => parseFloat(getComputedStyle(element).animationDuration));
    expect(own).toBeLessThanOrEqual(LONGEST_SECONDS);

    await page.addStyleTag({ content: `[data-veil] { animation-duration: ${SHORT_SECONDS}s !important; }` });
    const viewer = await context.newPage();
    const frames = await recordFrames(page);
    const bright = await brightness(viewer, frames.last());
    expect(bright).toBeGreaterThan(2 * DARK);

    const hang = page.evaluate((ms) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
      return Date.now();
    }, HANG_MS);
    await expect.poll(() => brightness(viewer, frames.last()), { timeout: HANG_MS }).toBeLessThan(DARK);
    const veiledAt = Date.now();
    expect(veiledAt).toBeLessThan(await hang);

    await expect(veil).toHaveCSS('opacity', '0');
    await frames.stop();
  });
}
