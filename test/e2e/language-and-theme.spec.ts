/** Both languages are complete, change without a reload, and stay chosen; so does the theme. */
import { type APIRequestContext, expect, test } from '@playwright/test';
import en from '../../web/src/messages/en.json' with { type: 'json' };
import zh from '../../web/src/messages/zh-CN.json' with { type: 'json' };
import { foreignWords, messageVariants } from '#test/support/catalogues.ts';
import { HALL, openScreen, SCREENS } from '#test/support/screens.ts';

const HAN = /\p{Script=Han}/u;
const LATIN_WORD = /[A-Za-z]{2,}/;
/** What Chinese pages say in Latin letters: keys, a language, names and ids of what people see written so elsewhere. */
const LATIN_ON_CHINESE_PAGES = [
  'EN',
  'Esc',
  'Enter',
  'Shift',
  'Muster',
  'UTC',
  'demo-manager',
  'demonstration',
];
/** The button that leads to Chinese. */
const HAN_ON_ENGLISH_PAGES = ['中文'];

test('every message exists in both languages', () => {
  const chinese = messageVariants(zh);
  const english = messageVariants(en);
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  for (const [key, inputs] of chinese) expect(english.get(key)?.inputs, key).toEqual(inputs.inputs);
  for (const [key, { texts }] of [...chinese, ...english])
    for (const text of texts) expect(text, key).not.toBe('');
  for (const [key, { texts }] of english)
    for (const text of texts) if (key !== 'other_language') expect(text, key).not.toMatch(HAN);
});

for (const name of Object.keys(SCREENS) as (keyof typeof SCREENS)[]) {
  test(`${name}: English has no Chinese in it, Chinese no English`, async ({ page, request }) => {
    const { path } = SCREENS[name];
    await openScreen(page, name, { lang: 'en', theme: 'light' });
    await page.keyboard.press('?');
    const english = await namesIn(request, path, 'En');
    expect(await foreignWords(page, HAN, [...HAN_ON_ENGLISH_PAGES, ...english])).toEqual([]);

    await openScreen(page, name, { lang: 'zh', theme: 'light' });
    await page.keyboard.press('?');
    const chinese = await namesIn(request, path, 'Zh');
    expect(await foreignWords(page, LATIN_WORD, [...LATIN_ON_CHINESE_PAGES, ...chinese])).toEqual([]);
  });
}

test.describe('a choice', () => {
  test.use({ locale: 'en-GB', colorScheme: 'light' });

  test('of language changes the page in place, by button and by key, and stays', async ({ page }) => {
    await page.goto(`/h/${HALL}/floor`);
    const rows = page.locator('[data-queue]');
    await rows.nth(1).click();
    await expect(page).toHaveURL(/[?&]q=/);
    const selected = new URL(page.url()).searchParams.get('q') ?? '';
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    const html = page.locator('html');
    await expect(html).toHaveAttribute('lang', 'en');

    await page.getByRole('button', { name: '中文' }).click();
    await expect(html).toHaveAttribute('lang', 'zh-CN');
    await expect(page.locator('#queues-title')).toHaveText('队列');
    await page.keyboard.press('l');
    await expect(html).toHaveAttribute('lang', 'en');
    await expect(page.locator('#queues-title')).toHaveText('Queues');
    await page.keyboard.press('l');
    await expect(html).toHaveAttribute('lang', 'zh-CN');

    expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
    await expect(page.locator(`[data-queue="${selected}"]`)).toHaveAttribute('aria-current', 'true');
    await page.reload();
    await expect(html).toHaveAttribute('lang', 'zh-CN');
    await expect(page.locator('#queues-title')).toHaveText('队列');
    await page.goto('/n/all/network');
    await expect(html).toHaveAttribute('lang', 'zh-CN');
  });

  test('of theme changes the page in place, by button and by key, and stays', async ({ page }) => {
    await page.goto(`/h/${HALL}/floor`);
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    const surface = () =>
      page
        .locator('.panel')
        .first()
        .evaluate((panel) => getComputedStyle(panel).backgroundColor);
    const light = await surface();
    await page.getByRole('button', { name: 'light and dark' }).click();
    await expect.poll(scheme).toBe('dark');
    expect(await surface()).not.toBe(light);
    await page.keyboard.press('t');
    await expect.poll(scheme).toBe('light');
    expect(await surface()).toBe(light);
    await page.keyboard.press('t');
    await expect.poll(scheme).toBe('dark');

    await page.reload();
    await expect.poll(scheme).toBe('dark');
    await page.goto(`/w/${HALL}/customer`);
    await expect.poll(scheme).toBe('dark');
  });

  test('made nowhere follows the system', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`/h/${HALL}/floor`);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(background).not.toBe(dark);
  });
});

/** The names that may stand on a screen: strings of its view in that language or in none, and the place's id. */
async function namesIn(request: APIRequestContext, path: string, language: 'Zh' | 'En'): Promise<string[]> {
  const [, kind, place = ''] = path.split('/');
  const url = kind === 'n' ? '/api/v1/network?limit=1000' : `/api/v1/branches/${place}?view=floor`;
  const names = [place];
  JSON.parse(await (await request.get(url)).text(), (key, value: unknown) => {
    const other = language === 'Zh' ? 'En' : 'Zh';
    if (typeof value === 'string' && value !== '' && !key.endsWith(other)) names.push(value);
    return value;
  });
  return names.filter((name) => name !== '');
}
