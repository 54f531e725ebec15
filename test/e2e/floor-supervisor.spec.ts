/** The floor, as the supervisor of a hall sees it: what the ticket machine tells is what the screen shows. */
import { expect, test } from '@playwright/test';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, hotline, told } from '#test/support/profiles.ts';
import { huesOn, isLive, secondsOf } from '#test/support/screens.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
let server: OwnServer;

test.beforeAll(async () => {
  const halls = ['tickets', 'counters', 'timers', 'breaches', 'selection', 'order'];
  server = await startOwnServer([...halls.map((id) => hall({ id, ...ALL_DAY })), hotline(ALL_DAY)]);
});
test.afterAll(() => server.remove());

test('a ticket that was taken is in its row, in the sum and in the headline', async ({ page }) => {
  await page.goto(`${server.address}/h/tickets/floor?lang=en`);
  await isLive(page);
  const waiting = page.locator('[data-queue=personal] [data-field=waiting]');
  const sum = page.locator('dl > div', { hasText: 'Waiting' }).locator('dd').first();
  await expect(waiting).toHaveText('0');
  await expect(page.locator('#headline')).toHaveText('Nobody is waiting');

  await server.tell(
    'tickets',
    told(ago(0), 'contact.queued', { contact: 't1', ticket: 'A001', queue: 'personal' }),
    told(ago(0), 'contact.queued', { contact: 't2', ticket: 'A002', queue: 'personal' }),
    told(ago(0), 'contact.queued', { contact: 't3', ticket: 'B001', queue: 'corporate' }),
  );

  await expect(waiting).toHaveText('2');
  await expect(sum).toHaveText('3');
  await expect(page.locator('#headline')).toHaveText('All normal');
});

test('a call and a start put the ticket and the person at the counter', async ({ page }) => {
  await page.goto(`${server.address}/h/counters/floor?lang=en`);
  await isLive(page);
  const counter = page.locator('[data-counter=c1]');
  const person = page.locator('tr[data-agent=li]');
  await expect(counter).toContainText('Closed');

  await server.tell(
    'counters',
    told(ago(2), 'agent.signedIn', { agent: 'li', counter: 'c1', name: 'Li Na' }),
    told(ago(2), 'agent.stateChanged', { agent: 'li', state: 'available' }),
    told(ago(1), 'contact.queued', { contact: 'k1', ticket: 'A007', queue: 'personal' }),
  );
  await page.getByText('Who does what').click();
  await expect(counter).toContainText('Idle');
  await expect(person).toContainText('Available');

  await server.tell(
    'counters',
    told(ago(0), 'contact.called', { contact: 'k1', counter: 'c1', agent: 'li' }),
  );
  await expect(counter).toContainText('A007');
  await expect(counter).toContainText('Li Na');

  await server.tell(
    'counters',
    told(ago(0), 'contact.started', { contact: 'k1', counter: 'c1', agent: 'li' }),
  );
  await expect(counter).toHaveClass(/serving/);
  await expect(person).toContainText('Serving');
  await expect(person).toContainText('counter 1 · A');
  await expect(page.locator('[data-queue=personal] [data-field=waiting]')).toHaveText('0');

  await server.tell('counters', told(ago(0), 'contact.ended', { contact: 'k1' }));
  await expect(person).toContainText('Wrap-up');
});

test('the longest wait runs by itself', async ({ page }) => {
  const queued = told(ago(65), 'contact.queued', { contact: 'k1', ticket: 'A001', queue: 'personal' });
  await server.tell('timers', queued);
  await page.goto(`${server.address}/h/timers/floor?lang=en`);
  const longest = page.locator('[data-queue=personal] [data-field=longest]');
  let shown = 0;
  const offBy = async (): Promise<number> => {
    shown = await secondsOf(longest);
    return Math.abs(shown - (Date.now() - queued.at) / 1_000);
  };
  await expect.poll(offBy).toBeLessThan(2);
  await expect.poll(() => secondsOf(longest)).toBeGreaterThan(shown + 1);
});

test('past the target is a breach, near it a risk, each in word, shape and hue', async ({ page }) => {
  await page.goto(`${server.address}/h/breaches/floor?lang=en`);
  await isLive(page);
  expect(await huesOn(page)).not.toContain('All normal');

  await server.tell(
    'breaches',
    told(ago(16 * 60), 'contact.queued', { contact: 'k1', ticket: 'A001', queue: 'personal' }),
    told(ago(9 * 60), 'contact.queued', { contact: 'k2', ticket: 'B001', queue: 'corporate' }),
  );

  const personal = page.locator('[data-queue=personal]');
  const corporate = page.locator('[data-queue=corporate]');
  await expect(personal.locator('td').first()).toHaveText('Breach');
  await expect(personal).toContainText('1 late');
  await expect(corporate.locator('td').first()).toHaveText('At risk');
  await expect(page.locator('#headline')).toHaveText(/^Personal: longest wait 16:\d\d, target 15\smin$/);
  await expect(page.locator('main')).toContainText('Corporate near target');
  const hues = (await huesOn(page)).map((text) => text.trim());
  expect(hues).toContain('Breach');
  expect(hues).toContain('At risk');
});

test('queues stand in order of harm', async ({ page }) => {
  await page.goto(`${server.address}/h/order/floor?lang=en`);
  const order = page.locator('[data-queue]');
  const ids = () => order.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-queue')));
  await expect.poll(ids).toEqual(['personal', 'corporate']);
  await server.tell(
    'order',
    told(ago(60), 'contact.queued', { contact: 'k1', queue: 'personal' }),
    told(ago(500), 'contact.queued', { contact: 'k2', queue: 'corporate' }),
  );
  await expect.poll(ids).toEqual(['corporate', 'personal']);
});

test('the selected queue is in the address and survives a reload', async ({ page }) => {
  await page.goto(`${server.address}/h/selection/floor?lang=en`);
  const row = page.locator('[data-queue=corporate]');
  await row.click();
  await expect(row).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/[?&]q=corporate(&|$)/);
  await expect(page.locator('#figures-title')).toHaveText('Corporate');

  await page.reload();
  await expect(row).toHaveAttribute('aria-current', 'true');
  await expect(page.locator('#figures-title')).toHaveText('Corporate');

  await page.keyboard.press('Escape');
  await expect(row).not.toHaveAttribute('aria-current');
  await expect(page).not.toHaveURL(/[?&]q=/);
});

test('a queue is opened beside the screen, from the keyboard too, and focus goes back', async ({ page }) => {
  await page.goto(`${server.address}/h/selection/floor?lang=en`);
  const name = page.locator('[data-queue=corporate] a');
  const sheet = page.getByRole('dialog', { name: 'Corporate' });
  await name.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('o');
  await expect(sheet).toBeVisible();
  await expect(page).toHaveURL(/[?&]sheet=queue(&|$)/);
  await expect(sheet.getByRole('button', { name: 'Close' })).toBeFocused();

  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(name).toBeFocused();
  await expect(page).toHaveURL(/[?&]q=corporate(&|$)/);
  await expect(page).not.toHaveURL(/sheet=/);
});

test('a counter is opened beside the screen, and is still open after a reload', async ({ page }) => {
  await page.goto(`${server.address}/h/counters/floor?lang=en`);
  await page.locator('[data-counter=c1] button').click();
  const sheet = page.getByRole('dialog', { name: 'counter 1' });
  await expect(sheet).toContainText('Doing');
  await expect(sheet).toContainText('Last cases');
  await page.reload();
  await expect(sheet).toContainText('Doing');
});

test('the wait over time is drawn, told in a sentence, and there as a table', async ({ page }) => {
  await page.goto(`${server.address}/h/counters/floor?lang=en`);
  const chart = page.locator('.chart');
  await expect(chart.locator('canvas')).toBeVisible();
  await expect(chart.locator('figcaption')).toContainText('Personal:');
  await chart.getByRole('button', { name: 'View as table' }).click();
  await expect(chart.getByRole('table')).toBeVisible();
  await expect(chart.getByRole('columnheader').first()).toHaveText('Time');
});

test('a figure explains itself on focus, and Escape takes that away', async ({ page }) => {
  await page.goto(`${server.address}/h/tickets/floor?lang=en`);
  await page.locator('dt', { hasText: 'Service level' }).locator('[tabindex]').focus();
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('SL1');
  await expect(tip).toContainText('Last 30 min');
  await page.keyboard.press('Escape');
  await expect(tip).toBeHidden();
});

test('on a phone one part of the floor is shown at a time', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.address}/h/tickets/floor?lang=en`);
  await expect(page.locator('[data-queue=personal]')).toBeVisible();
  await expect(page.locator('[data-counter=c1]')).toBeHidden();
  await page.getByRole('button', { name: 'Counters' }).click();
  await expect(page.locator('[data-counter=c1]')).toBeVisible();
  await expect(page.locator('[data-queue=personal]')).toBeHidden();
});

test('on a phone the bar is one row; the other screens and tools are behind a button', async ({ page }) => {
  const ONE_ROW_PX = 56;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.address}/h/tickets/floor?lang=en`);
  await isLive(page);
  const bar = page.locator('header.top');
  expect((await bar.boundingBox())?.height).toBeLessThanOrEqual(ONE_ROW_PX);
  const theme = page.getByRole('button', { name: 'light and dark' });
  await expect(theme).toBeHidden();
  await page.getByRole('button', { name: 'More' }).click();
  await expect(theme).toBeVisible();
  await page.getByRole('link', { name: 'Shifts' }).click();
  await page.waitForURL('**/shifts*');
  await isLive(page);
  expect((await bar.boundingBox())?.height).toBeLessThanOrEqual(ONE_ROW_PX);
  await page.getByRole('link', { name: 'Floor' }).click();
  await page.waitForURL('**/floor*');
});

test('a hotline shows its agents on a board, and no counters', async ({ page }) => {
  await page.goto(`${server.address}/h/hotline/floor?lang=en`);
  await isLive(page);
  await server.tell(
    'hotline',
    told(ago(5), 'agent.signedIn', { agent: 'a1', name: 'Chen Wei' }),
    told(ago(5), 'agent.signedIn', { agent: 'a2', name: 'Zhao Lei' }),
    told(ago(4), 'agent.stateChanged', { agent: 'a2', state: 'break', reason: 'lunch' }),
    told(ago(3), 'contact.queued', { contact: 'c1', queue: 'sales' }),
    told(ago(2), 'contact.started', { contact: 'c1', agent: 'a1' }),
  );
  await expect(page.locator('li[data-agent=a1]')).toHaveText('Chen Wei, Serving');
  await expect(page.locator('li[data-agent=a2]')).toHaveText('Zhao Lei, Break');
  await expect(page.locator('[data-queue=sales]')).toBeVisible();
  await expect(page.locator('[data-counter]')).toHaveCount(0);
});
