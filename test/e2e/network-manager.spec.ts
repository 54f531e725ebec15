/** All branches, as the manager of a region sees them: who needs help first, and sums that say what they leave out. */
import { expect, type Page, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
const WEST = { id: 'west', name: { zh: '西区', en: 'West' } };
/** Shorter than the test, so that a source that says nothing more is silent soon, seconds. */
const SOON_SILENT = 3;
/** Silence is noticed when a branch is measured again, which takes its turn among all others. */
const NOTICED_MS = 7_000;
/** The planner looks at every branch in turn. */
const FORETOLD_MS = 20_000;
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer([
    hall({ id: 'market', name: { zh: '市场厅', en: 'Market' }, ...ALL_DAY }),
    hall({ id: 'harbour', name: { zh: '港口厅', en: 'Harbour' }, ...ALL_DAY }),
    hall({ id: 'station', name: { zh: '车站厅', en: 'Station' }, region: WEST, ...ALL_DAY }),
    hall({ id: 'park', name: { zh: '公园厅', en: 'Park' }, region: WEST, ...ALL_DAY }),
    hall({ id: 'mill', name: { zh: '磨坊厅', en: 'Mill' }, ...ALL_DAY, expectedSeconds: SOON_SILENT }),
    hall({ id: 'airport', name: { zh: '机场厅', en: 'Airport' }, ...ALL_DAY, hours: [] }),
  ]);
  const arrival = (contact: string, seconds: number) =>
    told(ago(seconds), 'contact.queued', { contact, queue: 'personal' });
  await server.tell('market', arrival('m1', 30), arrival('m2', 20), arrival('m3', 10));
  await server.tell('harbour', arrival('h1', 20 * 60), arrival('h2', 10));
  // What was told is of now: nothing is foretold of a branch that is still being told of the past.
  await server.tell('station', arrival('s1', 13 * 60), told(ago(0), 'source.heartbeat', {}));
});
test.afterAll(() => server.remove());

const two = (n: number): string => String(n).padStart(2, '0');
const rows = (page: Page) => page.locator('[data-branch]');
const idsOf = (page: Page) => () =>
  rows(page).evaluateAll((all) => all.map((row) => row.getAttribute('data-branch')));
const parameter = (page: Page, name: string) => () => new URL(page.url()).searchParams.get(name);
const figure = (page: Page, label: string) => page.locator('dl > div').filter({ hasText: label });

async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`${server.address}/n/all/network?lang=en${search}`);
  await isLive(page);
}

test('branches stand in order of harm', async ({ page }) => {
  await open(page);
  await expect.poll(idsOf(page)).toEqual(['harbour', 'station', 'market', 'mill', 'park', 'airport']);
  await expect(rows(page).nth(0).locator('td').first()).toHaveText('Breach');
  await expect(rows(page).nth(1).locator('td').first()).toHaveText(/At risk|Forecast/);
  await expect(rows(page).nth(5).locator('td').first()).toHaveText('Closed');
});

test('the clock is that of the halls and says so to a manager in another zone', async ({ browser }) => {
  const abroad = await browser.newContext({ timezoneId: 'Asia/Tokyo' });
  const page = await abroad.newPage();
  await open(page);
  const hour = new Date().getUTCHours();
  await expect(page.locator('.clock')).toHaveText(
    new RegExp(`^\\s*(${two(hour)}|${two((hour + 1) % 24)}):\\d\\d:\\d\\d.*UTC`),
  );
  await abroad.close();
});

test('a branch whose source fell silent leaves the sums, and the sum says so', async ({ page }) => {
  await open(page);
  const waiting = figure(page, 'Waiting').locator('dd');
  await expect(waiting).toHaveText(['6', 'all counted']);
  const inMill = rows(page).filter({ hasText: 'Mill' }).locator('[data-field=waiting]');

  await server.tell('mill', told(ago(0), 'contact.queued', { contact: 'k1', queue: 'personal' }));
  await expect(inMill).toHaveText('1');
  await expect(waiting).toHaveText(['7', 'all counted']);

  await expect(inMill).toHaveText('—', { timeout: SOON_SILENT * 1_000 + NOTICED_MS });
  await expect(waiting).toHaveText(['6', '1 not counted']);
  await expect(page.locator('[data-filter=stale]')).toContainText('1');
  await expect(page.locator('main')).toContainText('5 of 6 reporting');

  await server.tell('mill', told(ago(0), 'source.heartbeat', {}));
  await expect(waiting).toHaveText(['7', 'all counted']);
});

test('a chip filters by its status, and lets go when pressed again', async ({ page }) => {
  await open(page);
  const breach = page.locator('[data-filter=breach]');
  await expect(breach).toContainText('1');
  await breach.click();
  await expect.poll(idsOf(page)).toEqual(['harbour']);
  await expect.poll(parameter(page, 'f')).toBe('breach');
  await expect(breach).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[role=status]', { hasText: '1 of 6' })).toBeVisible();

  await breach.click();
  await expect(rows(page)).toHaveCount(6);
  await expect.poll(parameter(page, 'f')).toBeNull();
});

test('rows are sorted by the measure that was asked for', async ({ page }) => {
  await open(page);
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('waiting');
  await expect.poll(async () => (await idsOf(page)()).slice(0, 3)).toEqual(['market', 'harbour', 'station']);
  await expect.poll(parameter(page, 'sort')).toBe('waiting');
});

test('text finds branches by either name and by region', async ({ page }) => {
  await open(page);
  const search = page.getByRole('searchbox');
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await search.fill('harb');
  await expect.poll(idsOf(page)).toEqual(['harbour']);
  await expect.poll(parameter(page, 'text')).toBe('harb');
  await search.fill('公园');
  await expect.poll(idsOf(page)).toEqual(['park']);
  await search.fill('west');
  await expect.poll(idsOf(page)).toEqual(['station', 'park']);
  // By first letters, and by the sound of the region.
  await search.fill('gyt');
  await expect.poll(idsOf(page)).toEqual(['park']);
  await search.fill('xiqu');
  await expect.poll(idsOf(page)).toEqual(['station', 'park']);
  await search.fill('nothing like it');
  await expect(page.getByText('No branch matches')).toBeVisible();
});

test('an address shows the screen it was copied from', async ({ page }) => {
  await open(page, '&f=closed&sort=longest&text=air&sel=airport');
  await expect.poll(idsOf(page)).toEqual(['airport']);
  await expect(page.getByRole('searchbox')).toHaveValue('air');
  await expect(page.getByRole('combobox', { name: 'Sort' })).toHaveValue('longest');
  await expect(page.locator('[data-filter=closed]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-branch=airport]')).toHaveAttribute('aria-current', 'true');
});

test('a branch is opened by keyboard and by double click, and the way back leads to the same screen', async ({
  page,
}) => {
  await open(page, '&text=west');
  const back = async (): Promise<void> => {
    await page.goBack();
    await isLive(page);
    await expect.poll(idsOf(page)).toEqual(['station', 'park']);
    await expect(page.getByRole('searchbox')).toHaveValue('west');
    await expect(page.locator('[data-branch=park]')).toHaveAttribute('aria-current', 'true');
  };
  await page.keyboard.press('j');
  await expect(page.locator('[data-branch=station]')).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('j');
  await expect(page.locator('[data-branch=park]')).toHaveAttribute('aria-current', 'true');

  for (const key of ['Enter', 'o']) {
    await page.keyboard.press(key);
    await page.waitForURL('**/h/park/floor*');
    await expect(page.getByRole('button', { name: 'Park' })).toBeVisible();
    await back();
  }

  // Enter on a name opens that branch, whichever was chosen before.
  await page.locator('[data-branch=station] a').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/h/station/floor*');
  await back();

  await page.locator('[data-branch=park] td').first().dblclick();
  await page.waitForURL('**/h/park/floor*');
  await back();
});

test('F goes through the filters', async ({ page }) => {
  await open(page);
  // What is likely is counted as soon as something is foretold.
  await expect(page.locator('[data-filter=breachAhead]')).toBeVisible({ timeout: FORETOLD_MS });
  for (const status of ['breach', 'breachAhead', 'risk', 'normal', 'stale', 'closed', null]) {
    await page.keyboard.press('f');
    await expect.poll(parameter(page, 'f')).toBe(status);
  }
  await expect(rows(page)).toHaveCount(6);
});
