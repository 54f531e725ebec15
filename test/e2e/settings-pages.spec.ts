/** Every page of accounts and settings: nothing cut off at any size, no violation that axe knows, in every look. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { NewPersonAnswer } from '#shared/administration.ts';
import { violations } from '#test/support/axe.ts';
import { clippedTexts, sidewaysScroll } from '#test/support/clipping.ts';
import { type Look, LOOKS } from '#test/support/screens.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
  { width: 320, height: 700 },
];

/** Each page by its address, and what is on it once it is whole. */
const PAGES: Record<string, string> = {
  '/sign-in': 'form',
  '/setup#used-up': 'main a',
  '/settings/account': 'main section',
  '/settings/sessions': 'main li',
  '/settings/people': 'main li',
  '/settings/grants': 'main li',
  '/settings/devices': 'main section[aria-busy=false]',
  '/settings/source-keys': 'main section[aria-busy=false]',
  '/settings/single-sign-on': 'main form',
  '/settings/audit': 'main tbody tr',
};

/** Pages about halls; each language and each theme once is enough for them. */
const HALL_PAGES: Record<string, string> = {
  '/settings/start': 'main [data-told]',
  '/settings/targets': 'main tbody tr',
  '/settings/limits': 'main [data-branch]',
  '/settings/branches': 'main li',
  '/settings/branches?edit=%2B': 'main form',
  '/settings/feeds': 'main tbody tr',
  '/settings/webhooks': 'main section[aria-busy=false]',
  '/settings/wording': 'main select',
  '/settings/display': 'main select',
};
const HALL_LOOKS: readonly Look[] = [
  { lang: 'zh', theme: 'dark' },
  { lang: 'en', theme: 'light' },
];

const PASSWORD = 'correct horse battery';

async function signInAsAdministrator(page: Page): Promise<void> {
  const answer = await page.request.post('/api/v1/sign-in/demo', { data: { login: 'demo-admin' } });
  expect(answer.status()).toBe(200);
}

for (const look of LOOKS) {
  test(`all pages fit and can be used in ${look.lang}, ${look.theme}`, async ({ page }) => {
    test.slow();
    await lookAt(page, PAGES, look);
  });

  test(`the dialogs fit and can be used in ${look.lang}, ${look.theme}`, async ({ page }) => {
    test.slow();
    await signInAsAdministrator(page);
    for (const section of ['people', 'grants', 'devices', 'source-keys', 'targets', 'webhooks']) {
      await openSection(page, section, look);
      await lookAtDialog(page, page.locator('main section header button').first(), section);
    }
  });
}

for (const look of HALL_LOOKS) {
  test(`pages about halls fit and can be used in ${look.lang}, ${look.theme}`, async ({ page }) => {
    test.slow();
    await lookAt(page, HALL_PAGES, look);
  });

  test(`questions about one of a list fit and can be used in ${look.lang}, ${look.theme}`, async ({
    page,
  }) => {
    test.slow();
    await signInAsAdministrator(page);
    const id = `asked about in ${look.lang}`;
    const url = 'https://chat.example/hook';
    expect((await page.request.put(`/api/v1/webhooks/${id}`, { data: { url } })).status()).toBe(200);
    const key = { source: id, branches: ['*'] };
    expect((await page.request.post('/api/v1/source-keys', { data: key })).status()).toBe(200);
    for (const section of ['webhooks', 'source-keys']) {
      await openSection(page, section, look);
      const ways = page.locator('main li').filter({ hasText: id }).first().getByRole('button');
      await ways.first().waitFor();
      for (const way of await ways.all()) await lookAtDialog(page, way, section);
    }
    await page.request.post(`/api/v1/webhooks/${id}/remove`, { data: {} });
  });
}

test('questions about a person, their session and their second step fit and can be used', async ({
  page,
  browser,
}) => {
  test.slow();
  await signInAsAdministrator(page);
  const login = `asked-about-${Date.now()}`;
  const grants = [{ role: 'viewer', scope: { kind: 'all' } }];
  const invited = await page.request.post('/api/v1/people', { data: { login, name: login, grants } });
  const { person, link } = (await invited.json()) as NewPersonAnswer;
  const theirs = await (await browser.newContext()).newPage();
  const [, token = ''] = link.path.split('#');
  const data = { token, password: PASSWORD };
  expect((await theirs.request.post('/api/v1/links/use', { data })).status()).toBe(200);
  const look = { lang: 'zh', theme: 'dark' } as const;
  for (const section of ['people', 'sessions?of=all']) {
    await openSection(page, section, look);
    const ways = page.locator('main li').filter({ hasText: login }).first().getByRole('button');
    await ways.first().waitFor();
    for (const way of await ways.all()) await lookAtDialog(page, way, section);
  }

  await openSection(theirs, 'account', look);
  const switchOn = theirs.locator('[aria-labelledby=second-step] button');
  await lookAtDialog(theirs, switchOn, 'second step');
  await switchOn.click();
  const dialog = theirs.locator('dialog[open]');
  await dialog.locator('input').fill(PASSWORD);
  await dialog.locator('button.primary').click();
  await dialog.locator('svg').first().waitFor();
  await isUsable(theirs, 'code of the second step');
  await theirs.context().close();
  await page.request.post(`/api/v1/people/${person.id}/disable`, { data: {} });
});

test('a visitor of the demonstration becomes somebody else with one click', async ({ page }) => {
  await page.goto('/n/all/network?lang=en');
  await page.locator('button[popovertarget=account]').click();
  await page.getByRole('link', { name: 'Look around as somebody else' }).click();
  await page.getByRole('button', { name: /Administrator/ }).click();
  await page.waitForURL('**/n/all/network*');
  await page.goto('/settings/people');
  await expect(page.getByRole('button', { name: 'Invite' })).toBeVisible();
});

async function openSection(page: Page, section: string, { lang, theme }: Look): Promise<void> {
  await page.setViewportSize({ width: 320, height: 700 });
  const sign = section.includes('?') ? '&' : '?';
  await page.goto(`/settings/${section}${sign}lang=${lang}&theme=${theme}`);
}

/** Nothing of the open dialog is cut off, and axe knows nothing against it. */
async function isUsable(page: Page, name: string): Promise<void> {
  expect.soft(await sidewaysScroll(page), name).toBe(0);
  expect.soft(await clippedTexts(page), name).toEqual([]);
  expect.soft(await violations(page, 'dialog[open]'), name).toEqual([]);
}

/** Opens a dialog, looks at it, and closes it again. */
async function lookAtDialog(page: Page, opener: Locator, where: string): Promise<void> {
  await opener.click();
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  await isUsable(page, `${where}: ${await dialog.locator('h2').innerText()}`);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
}

async function lookAt(page: Page, pages: Record<string, string>, look: Look): Promise<void> {
  for (const [path, whole] of Object.entries(pages)) {
    const [address = '', fragment = ''] = path.split('#');
    if (address.startsWith('/settings')) await signInAsAdministrator(page);
    const sign = address.includes('?') ? '&' : '?';
    await page.goto(`${address}${sign}lang=${look.lang}&theme=${look.theme}#${fragment}`);
    await page.locator(whole).first().waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const where = `${path} at ${size.width}`;
      expect.soft(await sidewaysScroll(page), where).toBe(0);
      expect.soft(await clippedTexts(page), where).toEqual([]);
    }
    expect.soft(await violations(page), path).toEqual([]);
  }
}
