/** A console that stands still to be read, the plan of the day, and the way between the screens. */
import { expect, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { HALL, isLive, openScreen } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer([hall({ id: 'paused', ...ALL_DAY }), hall({ id: 'unplanned', ...ALL_DAY })]);
});
test.afterAll(() => server.remove());

const arrival = (contact: string) =>
  told(ago(0), 'contact.queued', { contact, ticket: contact, queue: 'personal' });

test('P lets the picture stand still, counts what changes, and shows it on the second P', async ({
  page,
}) => {
  await page.goto(`${server.address}/h/paused/floor?lang=en`);
  await isLive(page);
  const waiting = page.locator('[data-queue=personal] [data-field=waiting]');
  await expect(waiting).toHaveText('0');

  await page.keyboard.press('p');
  const bar = page.locator('[data-paused]');
  await expect(bar).toContainText('Paused');
  await server.tell('paused', arrival('A1'));
  await expect(bar.locator('[data-held]')).not.toHaveAttribute('data-held', '0');
  await expect(waiting).toHaveText('0');

  await page.keyboard.press('p');
  await expect(bar).toBeHidden();
  await expect(waiting).toHaveText('1');
});

test('the picture stands still by a button too, and goes on by itself when the data is no longer of now', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(`${server.address}/h/paused/floor?lang=en`);
  await isLive(page);
  await page.getByRole('button', { name: 'Pause updates' }).click();
  const bar = page.locator('[data-paused]');
  await expect(bar).toBeVisible();
  await page.clock.fastForward(16_000);
  await expect(bar).toBeHidden();
});

test('without a plan the shifts say so and show who is there', async ({ page }) => {
  await server.tell(
    'unplanned',
    told(ago(2), 'agent.signedIn', { agent: 'li', counter: 'c1', name: 'Li Na' }),
  );
  await page.goto(`${server.address}/h/unplanned/shifts?lang=en`);
  await isLive(page);
  await expect(page.getByText('No shift plan').first()).toBeVisible();
  const person = page.locator('[data-person=li]');
  await expect(person).toContainText('Li Na');
  await expect(person).toHaveAttribute('data-adherence', 'unplanned');
});

test('the plan of the day stands beside who is there and what is needed', async ({ page }) => {
  await openScreen(page, 'shifts of a hall', { lang: 'en', theme: 'light' });
  await expect(page.locator('[data-adherence=onPlan]').first()).toBeVisible();
  const chart = page.locator('section', { hasText: 'Counters needed and planned today' });
  await chart.getByRole('button', { name: 'View as table' }).click();
  await expect(chart.getByRole('columnheader')).toHaveText([
    'Time',
    'Needed',
    'Needed on a busy day',
    'Planned',
  ]);
  await page.goto(`/h/${HALL}/floor?lang=en`);
  await isLive(page);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.locator('[data-staff]')).toContainText(/Needed \d+\s*·\s*Planned \d+\s*·\s*Present \d+/);
});

test('the same four screens are offered everywhere, and scorecards say what they wait for', async ({
  page,
}) => {
  const tabs = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
  const ofHall = ['Floor', 'Shifts', 'Scorecards', 'Settings'];
  const ofAll = ['Network', 'Moves', 'Scorecards', 'Settings'];
  for (const [path, names] of [
    [`/h/${HALL}/floor`, ofHall],
    [`/h/${HALL}/alerts`, ofHall],
    [`/h/${HALL}/shifts`, ofHall],
    ['/n/all/network', ofAll],
    ['/n/all/moves', ofAll],
    ['/n/all/alerts', ofAll],
    ['/scorecards/all', ofAll],
  ] as const) {
    await page.goto(`${path}?lang=en`);
    await expect(tabs, path).toHaveText([...names]);
  }
  await expect(page.getByText('No scorecards yet')).toBeVisible();
});
