/** Everything is within reach of the keyboard, in order, and nothing on a page is out of its reach. */
import { expect, type Page, test } from '@playwright/test';
import { violations } from '#test/support/axe.ts';
import { HALL, LOOKS, openScreen } from '#test/support/screens.ts';

const A_MOMENT_MS = 2_000;

for (const look of LOOKS) {
  test(`the lists of keys and of places have no violation in ${look.lang}, ${look.theme}`, async ({
    page,
  }) => {
    await openScreen(page, 'unknown hall', look);
    await page.keyboard.press('?');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await expect(page.locator('#places li')).not.toHaveCount(1);
    expect(await violations(page)).toEqual([]);
  });
}

for (const name of ['floor of a hall', 'floor of a hotline', 'network'] as const) {
  test(`${name}: the tab key reaches everything in order, and leaves again`, async ({ page }) => {
    test.slow();
    await page.clock.install();
    await openScreen(page, name, { lang: 'en', theme: 'light' });
    // Rows are sorted by the clock; while it stands they stay where they are.
    await page.clock.pauseAt(Date.now() + A_MOMENT_MS);
    // Panels that load later and rows that a new breach moves may change the order on the way: then once more.
    await expect(async () => {
      await startOver(page);
      const wanted = await focusable(page);
      expect(wanted.length).toBeGreaterThan(5);
      const reached: string[] = [];
      for (let i = 0; i < wanted.length; i++) {
        await page.keyboard.press('Tab');
        const { id, ring, covered } = await focused(page);
        reached.push(id);
        expect({ id, ring, covered }).toEqual({ id, ring: true, covered: false });
      }
      expect(reached).toEqual(wanted);
      await page.keyboard.press('Tab');
      expect(wanted).not.toContain((await focused(page)).id);
    }).toPass({ timeout: 80_000 });
  });
}

test('keys move through the queues, and Escape lets go', async ({ page }) => {
  await openScreen(page, 'floor of a hall', { lang: 'en', theme: 'light' });
  const current = page.locator('[data-queue][aria-current]');
  await page.keyboard.press('j');
  await expect(current).toHaveCount(1);
  const first = await current.getAttribute('data-queue');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => current.getAttribute('data-queue')).not.toBe(first);
  await page.keyboard.press('k');
  await expect(current).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(current).toHaveCount(0);
});

test('? shows the keys, Escape closes them and gives the focus back', async ({ page }) => {
  await openScreen(page, 'network', { lang: 'en', theme: 'light' });
  const help = page.getByRole('dialog', { name: 'shortcuts' });
  const opener = page.getByRole('searchbox');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.keyboard.press('f');
  expect(new URL(page.url()).searchParams.get('f')).toBeNull();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('/');
  await expect(opener).toBeFocused();
});

test('G finds a place by name and goes there', async ({ page }) => {
  await openScreen(page, 'network', { lang: 'en', theme: 'light' });
  await page.keyboard.press('g');
  await page.keyboard.type('Wola');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/h/${HALL}/floor`);
});

test('digits change the screen', async ({ page }) => {
  await openScreen(page, 'floor of a hall', { lang: 'en', theme: 'light' });
  await page.keyboard.press('2');
  await page.waitForURL(`**/h/${HALL}/shifts*`);
  await expect(page.locator('[data-person]').first()).toBeVisible();
  await page.keyboard.press('1');
  await page.waitForURL(`**/h/${HALL}/floor*`);
  await page.getByRole('link', { name: 'Network' }).click();
  await expect(page.locator('[data-branch]').first()).toBeVisible();
  await page.keyboard.press('2');
  await page.waitForURL('**/n/all/moves*');
});

test('single keys are silent while something is typed, and when they are switched off', async ({ page }) => {
  await openScreen(page, 'network', { lang: 'en', theme: 'light' });
  const html = page.locator('html');
  await page.getByRole('searchbox').fill('');
  await page.keyboard.type('l t f');
  await expect(page.getByRole('searchbox')).toHaveValue('l t f');
  await expect(html).toHaveAttribute('lang', 'en');
  await page.getByRole('searchbox').fill('');
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await page.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'shortcuts' })).toBeVisible();
  await expect(html).toHaveAttribute('lang', 'en');
});

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex]';

/** The next Tab begins at the top of the page. */
function startOver(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
}

/** Everything that can have the focus, in the order of the page. */
function focusable(page: Page): Promise<string[]> {
  return page.locator(FOCUSABLE).evaluateAll((all) =>
    all
      .filter(
        (element) => element instanceof HTMLElement && element.tabIndex >= 0 && !element.matches(':disabled'),
      )
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element, place) => (element.id = `focus-${place}-${element.tagName}`)),
  );
}

/** What has the focus, whether its ring is seen, and whether the bar over the page hides it. */
const focused = (page: Page): Promise<{ id: string; ring: boolean; covered: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const bar = document.querySelector('header.top');
    if (!element || !bar) return { id: '', ring: false, covered: true };
    const isUnder = element.getBoundingClientRect().bottom <= bar.getBoundingClientRect().bottom;
    return {
      id: element.id,
      ring: getComputedStyle(element).outlineStyle !== 'none',
      covered: isUnder && !bar.contains(element),
    };
  });
