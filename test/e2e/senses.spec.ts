/** What people get who see, hear or move otherwise: explanations that stay, few announcements, nothing that flashes. */
import { expect, type Page, test } from '@playwright/test';
import type { View } from '#shared/views.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { mostFlashes, recordFrames } from '#test/support/screen-frames.ts';
import { isLive } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
/** A region that is read out changes at most once in this time, ms. */
const TOLD_EVERY_MS = 10_000;
let server: OwnServer;

test.beforeAll(async () => {
  const halls = ['tips', 'told', 'called', 'flash', 'still', 'forced', 'languages'];
  server = await startOwnServer(halls.map((id) => hall({ id, ...ALL_DAY })));
});
test.afterAll(() => server.remove());

const arrival = (contact: string, seconds = 0, queue = 'personal') =>
  told(ago(seconds), 'contact.queued', { contact, ticket: contact, queue });
const open = async (page: Page, path: string, search = '?lang=en&theme=light'): Promise<void> => {
  await page.goto(`${server.address}${path}${search}`);
  await isLive(page);
};

test('an explanation stays while it is pointed at, and goes with Escape or with the pointer', async ({
  page,
}) => {
  await open(page, '/h/tips/floor');
  const figure = page.locator('dt', { hasText: 'Service level' }).locator('[tabindex]');
  const tip = page.getByRole('tooltip');
  await figure.hover();
  await expect(tip).toBeVisible();
  await tip.hover();
  // Longer than the way from the figure to its explanation may take.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  await expect(tip).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tip).toBeHidden();
  await figure.hover();
  await expect(tip).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(tip).toBeHidden();
});

test('what is read out changes seldom, however much happens', async ({ page }) => {
  await open(page, '/h/told/floor');
  await noteAnnouncements(page);
  const waiting = page.locator('[data-queue=personal] [data-field=waiting]');
  const ARRIVALS = 12;
  for (let i = 1; i <= ARRIVALS; i++) {
    await server.tell('told', arrival(`A${i}`));
    await expect(waiting).toHaveText(String(i));
  }
  expect(await tooOften(page)).toEqual([]);
});

test('the plain page of a hall says what its wall says, and announces calls a few at a time', async ({
  page,
}) => {
  await server.tell(
    'called',
    told(ago(90), 'agent.signedIn', { agent: 'li', counter: 'c1', name: 'Li Na' }),
    ...['A001', 'A002', 'A003', 'A004', 'A005'].map((ticket) => arrival(ticket, 80)),
    told(ago(60), 'contact.called', { contact: 'A001', counter: 'c1' }),
  );
  await open(page, '/h/called/public');
  await expect(page.locator('[data-ticket]')).toHaveText([/^\s*A001\s*1\s*\d\d:\d\d\s*$/]);
  const answer = await page.request.get(`${server.address}/api/v1/branches/called?view=customerWall`);
  const { tables } = (await answer.json()) as View<'customerWall'>;
  for (const { id, letter, nameEn, waiting } of tables.services) {
    const row = page.locator(`[data-service=${id}] :is(th, td)`);
    await expect(row).toHaveText([`${letter} ${nameEn}`, String(waiting), /wait|Not served/]);
  }
  await noteAnnouncements(page);
  const news = page.locator('[data-news]');
  await expect(news).toHaveText('');
  for (const ticket of ['A002', 'A003', 'A004']) {
    await server.tell('called', told(ago(0), 'contact.called', { contact: ticket, counter: 'c2' }));
    await expect(page.locator(`[data-ticket=${ticket}]`)).toBeVisible();
    if (ticket === 'A002') await expect(news).toHaveText('A002: counter 2');
  }
  await expect(news).toHaveText('A003: counter 2, A004: counter 2', { timeout: 2 * TOLD_EVERY_MS });
  expect(await tooOften(page)).toEqual([]);
  expect(await page.content()).not.toContain('Li Na');
});

test('nothing flashes when a queue breaks its promise, and nothing moves without end', async ({ page }) => {
  await open(page, '/h/flash/floor');
  const frames = await recordFrames(page);
  await server.tell('flash', arrival('A001', 16 * 60), arrival('B001', 9 * 60, 'corporate'));
  await expect(page.locator('#headline')).toContainText('Personal: longest wait');
  const endless = await page.evaluate(async () => {
    const others = document
      .getAnimations()
      .filter(({ effect }) => !(effect instanceof KeyframeEffect && effect.target?.closest('[data-veil]')));
    await Promise.all(others.map(({ finished }) => finished));
    return others.filter(({ effect }) => effect?.getTiming().iterations === Infinity).length;
  });
  expect(endless).toBe(0);
  const seen = await frames.stop();
  expect(seen.length).toBeGreaterThan(0);
  const viewer = await page.context().newPage();
  expect(await mostFlashes(viewer, seen)).toBeLessThan(3);
});

test('who wants less motion gets none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '/h/still/floor');
  await server.tell('still', arrival('A001', 16 * 60));
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.getByRole('dialog', { name: 'Personal' })).toBeVisible();
  const moving = await page.evaluate(() =>
    document.getAnimations().flatMap(({ effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return target && !target.closest('[data-veil]') ? [target.outerHTML.slice(0, 80)] : [];
    }),
  );
  expect(moving).toEqual([]);
  const slow = await page.locator('*').evaluateAll((all) =>
    all.flatMap((element) => {
      // What has just left the page has no style.
      const { transitionDuration } = getComputedStyle(element);
      return !element.isConnected || /^0s(, 0s)*$/.test(transitionDuration)
        ? []
        : [element.outerHTML.slice(0, 80)];
    }),
  );
  expect(slow).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with the system's own colours every shape is still seen, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await server.tell('forced', arrival('A001', 16 * 60), arrival('B001', 9 * 60, 'corporate'));
    await open(page, '/h/forced/floor', '?lang=en');
    const invisible = () =>
      page
        .locator(
          'main :is(.glyph, td, h1, header, li) svg :is(path, rect, circle), main .texture, main [data-bar] i',
        )
        .evaluateAll((all) => {
          const ground = getComputedStyle(document.body).backgroundColor;
          const clear = 'rgba(0, 0, 0, 0)';
          return all.flatMap((element) => {
            if (
              !element.checkVisibility({ visibilityProperty: true }) ||
              element.getBoundingClientRect().width < 1
            )
              return [];
            const style = getComputedStyle(element);
            const paints =
              element instanceof SVGElement
                ? [style.fill, style.stroke]
                : [style.backgroundColor, style.borderTopWidth === '0px' ? clear : style.borderTopColor];
            const image = element instanceof SVGElement ? 'none' : style.backgroundImage;
            const seen = image !== 'none' || paints.some((paint) => ![ground, clear, 'none'].includes(paint));
            return seen ? [] : [element.outerHTML.slice(0, 120)];
          });
        });
    await expect(page.locator('[data-queue] td').first()).toContainText('Breach');
    expect(await invisible()).toEqual([]);
    await page.keyboard.press('j');
    await expect(page.locator('[data-queue][aria-current]')).toHaveCSS('outline-style', 'solid');
    const tabs = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
    const marks = await tabs.evaluateAll((all) => {
      const ground = getComputedStyle(document.body).backgroundColor;
      return all.map((tab) => getComputedStyle(tab).borderBottomColor !== ground);
    });
    expect(marks).toEqual([true, false, false, false]);
  });
}

test('words of the other language say which it is', async ({ page }) => {
  await open(page, '/w/languages/customer', '');
  const unmarked = await page.evaluate(() => {
    const wrong: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? '';
      const parent = walker.currentNode.parentElement;
      if (!parent || parent.closest('script, style, [data-veil]')) continue;
      const language = parent.closest('[lang]')?.getAttribute('lang') ?? '';
      if (/\p{Script=Han}/u.test(text) && !language.startsWith('zh')) wrong.push(text);
      if (/[A-Za-z]{3,}/.test(text) && !/\p{Script=Han}/u.test(text) && language !== 'en') wrong.push(text);
    }
    return wrong;
  });
  expect(unmarked).toEqual([]);
  await open(page, '/h/languages/floor');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: '中文' })).toHaveAttribute('lang', 'zh-CN');
});

/** Notes when a region that is read out changes, by the clock of the page. */
const noteAnnouncements = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const announced: { text: string; at: number }[] = [];
    Object.assign(globalThis, { announced });
    for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]'))
      new MutationObserver(() => {
        const text = region.textContent;
        if (text !== announced.findLast((each) => each.text === text)?.text)
          announced.push({ text, at: Date.now() });
      }).observe(region, { subtree: true, childList: true, characterData: true });
  });

/** Announcements that came too soon after the one before. */
async function tooOften(page: Page): Promise<string[]> {
  const announced = await page.evaluate(
    () => (globalThis as unknown as { announced: { text: string; at: number }[] }).announced,
  );
  return announced.flatMap(({ text, at }, i) => {
    const before = announced[i - 1];
    return before && at - before.at < TOLD_EVERY_MS ? [text] : [];
  });
}
