/** People, walls, keys and the audit trail, as those who use them see them. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import {
  type BenchFolder,
  type LiveServer,
  makeBenchFolder,
  startLiveServer,
} from '#server/cli/bench/live-server.ts';
import { totpCode, totpStep } from '#server/auth/totp.ts';
import { hall } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';

test.describe.configure({ mode: 'serial' });

const ADMIN = { name: 'Ada', login: 'ada', password: 'correct horse battery' };
const SUPERVISOR = { name: 'Sun', login: 'sun', password: 'four quiet blue doors' };
const codeNow = (secret: string): string => totpCode(secret, totpStep(Date.now()));
/** A right that is taken away must be gone from open screens within this time, ms. */
const SOON_MS = 3_000;
const NO_DIGITS_MS = 10_000;

let folder: BenchFolder;
let server: LiveServer;
let admin: BrowserContext;
let supervisor: BrowserContext;

test.beforeAll(async ({ browser }) => {
  folder = makeBenchFolder([hall({ id: 'east' }), hall({ id: 'west' })]);
  server = await startLiveServer(folder, 0, 'on');
  const options = { baseURL: server.address, locale: 'en-US' };
  admin = await browser.newContext(options);
  supervisor = await browser.newContext(options);
});
test.afterAll(async () => {
  await server.end('SIGTERM');
  await folder.remove();
});

async function signIn(page: Page, { login, password }: typeof ADMIN): Promise<void> {
  await page.getByLabel('User name').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function settings(section: string): Promise<Page> {
  const page = admin.pages()[0] ?? (await admin.newPage());
  await page.goto(`/settings/${section}`);
  await expect(page.locator('section[aria-busy=false]').first()).toBeVisible();
  return page;
}

test('the link of the first start makes one administrator, once', async () => {
  const link = server.setUpLink ?? '';
  const page = await admin.newPage();
  await page.goto(link);
  await page.getByLabel('Name', { exact: true }).fill(ADMIN.name);
  await page.getByLabel('User name').fill(ADMIN.login);
  await page.getByLabel('New password').fill('123456789012');
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('easy to guess');
  await page.getByLabel('New password').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await page.waitForURL('**/settings/start');
  await page.goto('/settings/people');
  await expect(page.getByText(ADMIN.login).first()).toBeVisible();

  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'does not work any more' })).toBeVisible();
});

test('a wrong password and an unknown name are answered alike; the right one leads back', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: server.address, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto('/h/east/floor?f=1');
  await page.waitForURL('**/sign-in?back=*');
  const answers: string[] = [];
  for (const login of [ADMIN.login, 'nobody']) {
    await signIn(page, { ...ADMIN, login, password: 'wrong but long enough' });
    await expect(page.getByRole('alert')).toBeVisible();
    answers.push(await page.getByRole('alert').innerText());
  }
  expect(answers[0]).toContain('User name or password is wrong.');
  expect(answers[1]?.split('\n')[0]).toBe(answers[0]?.split('\n')[0]);
  await signIn(page, ADMIN);
  await page.waitForURL('**/h/east/floor?f=1');
  await isLive(page);

  await page.getByRole('button', { name: `Account: ${ADMIN.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto('/h/east/floor');
  await page.waitForURL('**/sign-in?back=*');
  await context.close();
});

test('somebody invited comes in by the link and sees what was given', async () => {
  const page = await settings('people');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(SUPERVISOR.name);
  await dialog.getByLabel('User name').fill(SUPERVISOR.login);
  await dialog.getByLabel('Role').selectOption('supervisor');
  await dialog.getByLabel('Holds in').selectOption('branch');
  await dialog.getByLabel('One branch').selectOption('east');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const link = await page.locator('[data-secret]').innerText();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.locator('[data-secret]')).toHaveCount(0);

  const guest = await supervisor.newPage();
  await guest.goto(link);
  await guest.getByLabel('New password').fill(SUPERVISOR.password);
  await guest.getByRole('button', { name: 'Save and sign in' }).click();
  await guest.waitForURL('**/n/all/network*');
  await expect(guest.locator('[data-branch=east]').first()).toBeVisible();
  await expect(guest.locator('[data-branch=west]')).toHaveCount(0);
  await guest.goto('/settings/people');
  await expect(guest.getByText('You may not see this')).toBeVisible();
  await guest.goto('/h/west/floor');
  await expect(guest.getByRole('alert').getByRole('heading')).toBeVisible();
});

test('a right that is taken away closes the open screen, and undo opens it again', async () => {
  const guest = supervisor.pages()[0] ?? (await supervisor.newPage());
  await guest.goto('/h/east/floor');
  await isLive(guest);

  const page = await settings('grants');
  const row = page.getByRole('listitem').filter({ hasText: SUPERVISOR.name });
  await row.getByRole('button', { name: 'Take away' }).click();
  await expect(guest.getByRole('alert').getByRole('heading')).toBeVisible({ timeout: SOON_MS });
  await expect(guest.locator('main table')).toHaveCount(0);

  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(row).toHaveCount(1);
  await isLive(guest);
});

test('a session that is ended from afar is told so on the screen, with the way back', async () => {
  const guest = supervisor.pages()[0] ?? (await supervisor.newPage());
  const page = await settings('sessions?of=all');
  const row = page.getByRole('listitem').filter({ hasText: SUPERVISOR.login }).first();
  await row.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await expect(guest.getByRole('heading', { name: 'Please sign in first' })).toBeVisible({
    timeout: SOON_MS,
  });
  await expect(guest.locator('main table')).toHaveCount(0);
  await guest.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await guest.waitForURL('**/sign-in?back=*');
  await signIn(guest, SUPERVISOR);
  await guest.waitForURL('**/h/east/floor');
  await isLive(guest);
});

test('a screen without a keyboard is paired by its code, shows its board, and stops when it is ended', async ({
  browser,
}) => {
  const wall = await (await browser.newContext({ baseURL: server.address })).newPage();
  await wall.goto('/wall/pair');
  const code = await wall.locator('[data-code]').getAttribute('data-code');
  expect(code).toMatch(/^\d{6}$/);

  const page = await settings('devices');
  await page.getByRole('button', { name: 'Pair a screen' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Code on the screen').fill(code === '000000' ? '000001' : '000000');
  await dialog.getByLabel('Name of the screen').fill('Entrance');
  await dialog.getByLabel('Branch').selectOption('east');
  await expect(dialog.locator('[data-legibility=fails]')).toHaveCount(0);
  await dialog.getByLabel('Farthest seat').fill('12');
  await expect(dialog.locator('[data-text=waits]')).toHaveAttribute('data-legibility', 'fails');
  await expect(dialog.getByLabel('Why it is used')).toBeVisible();
  await dialog.getByLabel('Farthest seat').fill('7');
  await dialog.getByLabel('Screen size').fill('75');
  await dialog.getByRole('button', { name: 'Pair a screen' }).click();
  await expect(dialog.getByRole('alert')).toContainText('No screen shows this code');
  await dialog.getByLabel('Code on the screen').fill(code ?? '');
  await dialog.getByRole('button', { name: 'Pair a screen' }).click();
  await wall.waitForURL('**/w/east/customer', { timeout: NO_DIGITS_MS });
  await isLive(wall);
  await wall.goto('/wall/pair');
  await wall.waitForURL('**/w/east/customer');

  const row = page.getByRole('listitem').filter({ hasText: 'Entrance' });
  // The list tells what the screen had said when it was asked for.
  await expect.poll(() => page.reload().then(() => row.textContent())).toContain('says: Live');
  await expect(row).toContainText('75″ · 7 m');
  await row.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await wall.waitForURL('**/wall/pair', { timeout: SOON_MS });
  await expect(wall.locator('[data-code]')).toBeVisible();
  await wall.context().close();
});

test('a source key is shown once, works at once, and has to be named to be revoked', async ({ request }) => {
  const page = await settings('source-keys');
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Source', { exact: true }).fill('kiosk-east');
  const reports = dialog.getByRole('group', { name: 'Reports for' });
  await reports.getByLabel('All branches').uncheck();
  await expect(dialog.getByRole('button', { name: 'New key' })).toBeDisabled();
  for (const branch of await reports.getByLabel('Renmin Road').all()) await branch.check();
  const tells = dialog.getByRole('group', { name: 'May tell' });
  await tells.getByLabel('All types of facts').uncheck();
  await tells.getByRole('searchbox').fill('heartbeat');
  await tells.getByLabel('source.heartbeat').check();
  await dialog.getByRole('button', { name: 'New key' }).click();
  const key = await page.locator('[data-secret]').innerText();
  const tell = () =>
    request.post(`${server.address}/api/v1/events`, {
      headers: { Authorization: `Bearer ${key}` },
      data: [{ id: `e${Date.now()}`, at: Date.now(), branch: 'west', type: 'source.heartbeat' }],
    });
  expect((await tell()).status()).toBe(200);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: 'kiosk-east' });
  await expect(row).toHaveCount(1);
  expect(await page.content()).not.toContain(key);
  await expect(row).toContainText('only source.heartbeat');

  await row.getByRole('button', { name: 'Replace' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
  expect(await page.locator('[data-secret]').innerText()).not.toBe(key);
  await page.getByRole('button', { name: 'Close' }).click();
  const old = row.filter({ hasText: 'old one of two' });
  await expect(row).toHaveCount(2);
  await expect(row.filter({ hasText: 'new one of two' })).toHaveCount(1);
  await expect(row.getByRole('button', { name: 'Replace' })).toHaveCount(0);
  expect((await tell()).status(), 'both are live while one is changed for the other').toBe(200);

  await old.getByRole('button', { name: 'Revoke' }).click();
  const sure = page.getByRole('dialog').getByRole('button', { name: 'Revoke' });
  await expect(sure).toBeDisabled();
  await page.getByRole('dialog').getByRole('textbox').fill('kiosk-east');
  await sure.click();
  await expect(row.filter({ hasText: 'revoked' })).toHaveCount(1);
  await expect(old).toHaveCount(0);
  expect((await tell()).status()).toBe(401);
});

test('how pages look follows whoever signs in, and stays behind when they leave', async ({ browser }) => {
  const page = await settings('people');
  const kept = page.waitForResponse('**/me/display');
  await page.keyboard.press('t');
  await kept;
  const elsewhere = await browser.newPage({ baseURL: server.address, locale: 'en-US' });
  await elsewhere.goto('/settings/display');
  await signIn(elsewhere, ADMIN);
  await elsewhere.waitForURL('**/settings/display');
  await expect(elsewhere.locator('html')).toHaveAttribute('data-theme', 'dark');
  await elsewhere.getByRole('button', { name: 'Account:' }).click();
  await elsewhere.getByRole('button', { name: 'Sign out' }).click();
  await expect(elsewhere.getByLabel('User name')).toBeVisible();
  await expect(elsewhere.locator('html')).not.toHaveAttribute('data-theme', 'dark');
  await elsewhere.close();
});

test('the second step is set up by a picture or by hand, and a wrong code is said to be one', async () => {
  const page = admin.pages()[0] ?? (await admin.newPage());
  await page.goto('/settings/account');
  await page.getByRole('button', { name: 'Switch on' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill('not the password');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Current password').fill(ADMIN.password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('img', { name: 'Picture for the camera' })).toBeVisible();
  await dialog.getByLabel('Code').fill('000000');
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Code').fill(codeNow(await dialog.locator('[data-secret]').innerText()));
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('button', { name: 'Switch off' })).toBeVisible();
});

test('the last administrator cannot lose the right, and is told why', async () => {
  const page = await settings('grants');
  const row = page.getByRole('listitem').filter({ hasText: `${ADMIN.name} · Administrator` });
  await row.getByRole('button', { name: 'Take away' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody must be left');
  await expect(row).toHaveCount(1);
});

test('the audit trail tells what was done; what is searched for stands in the address', async () => {
  const page = await settings('audit');
  await expect(page.getByRole('row').filter({ hasText: 'kiosk-east' }).first()).toContainText(ADMIN.login);
  await page.getByRole('searchbox', { name: 'Search' }).fill('Entrance');
  await page.waitForURL('**text=Entrance*');
  await expect(page.getByRole('row').filter({ hasText: 'kiosk-east' })).toHaveCount(0);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});
