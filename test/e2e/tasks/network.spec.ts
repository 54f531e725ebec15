/** What a manager of many branches has to find: who is next in trouble, why, and one branch among hundreds. */
import { expect, type Page, test } from '@playwright/test';
import type { DriverReportRow } from '#shared/drivers.ts';
import type { BranchRow } from '#shared/views.ts';
import { ago, type OwnServer, startOwnServer } from '#test/support/own-server.ts';
import { hall, told } from '#test/support/profiles.ts';
import { isLive } from '#test/support/screens.ts';
import { countSteps } from '#test/support/steps.ts';

test.describe.configure({ mode: 'default' });

const ALL_DAY = { zone: 'UTC', hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }] };
/** The planner looks at every branch in turn. */
const FORETOLD_MS = 30_000;
/** More than are drawn at once. */
const MANY = 312;
let few: OwnServer;

test.beforeAll(async () => {
  few = await startOwnServer(
    ['late', 'soon', 'sooner', 'fine'].map((id) =>
      hall({ id, name: { zh: `${id} 厅`, en: id }, region: { id, name: { zh: id, en: id } }, ...ALL_DAY }),
    ),
  );
  const waiting = (branch: string, minutes: number, queue = 'personal') =>
    few.tell(
      branch,
      told(ago(minutes * 60), 'contact.queued', { contact: `c-${queue}`, queue }),
      told(ago(0), 'source.heartbeat', {}),
    );
  await waiting('late', 20);
  await waiting('soon', 2);
  await waiting('sooner', 13);
  await waiting('fine', 0);
});
test.afterAll(() => few.remove());

const rows = (page: Page) => page.locator('[data-branch]');
const open = async (page: Page, server: OwnServer): Promise<void> => {
  await page.goto(`${server.address}/n/all/network?lang=en`);
  await isLive(page);
};
const branchesOf = async (page: Page, server: OwnServer): Promise<BranchRow[]> =>
  ((await (await page.request.get(`${server.address}/api/v1/network`)).json()) as { rows: BranchRow[] }).rows;

test('T1 the branch most likely to breach in 30 min, not yet in breach: one click, or two keys', async ({
  page,
}) => {
  test.slow();
  await open(page, few);
  const chip = page.locator('[data-filter=breachAhead]');
  await expect(chip).toBeVisible({ timeout: FORETOLD_MS });
  await expect
    .poll(async () => (await branchesOf(page, few)).filter((row) => row.breachProbability !== null).length, {
      timeout: FORETOLD_MS,
    })
    .toBeGreaterThanOrEqual(3);
  const steps = await countSteps(page);
  const isFound = async (): Promise<void> => {
    await expect(async () => {
      const ahead = (await branchesOf(page, few)).filter(({ status }) => status !== 'breach');
      const chances = new Map(ahead.map(({ id, breachProbability }) => [id, breachProbability ?? 0]));
      const first = (await rows(page).first().getAttribute('data-branch')) ?? '';
      expect(chances.get(first)).toBe(Math.max(...chances.values()));
      expect(chances.get(first)).toBeGreaterThanOrEqual(0.5);
    }).toPass();
    await expect(page.locator('[data-branch=late]')).toHaveCount(0);
  };
  await chip.click();
  await isFound();
  expect(steps()).toEqual({ clicks: 1, keys: 0 });
  await chip.click();
  await expect(rows(page)).toHaveCount(4);

  await page.keyboard.press('f');
  await page.keyboard.press('f');
  await isFound();
  expect(steps()).toEqual({ clicks: 2, keys: 2 });
});

test('T11 whether a branch is really slow, and its main cause, stand in its row', async ({ page }) => {
  const reported = {
    sooner: { arrivals: 40, handling: 260, counters: 0 },
    late: null,
    soon: null,
    fine: null,
  };
  await page.route('**/api/v1/drivers?*', (route) =>
    route.fulfill({
      json: {
        rows: Object.entries(reported).map(([branch, parts]) => driverRow(branch, parts)),
        leftOut: [],
      },
    }),
  );
  await open(page, few);
  const cause = (branch: string) => page.locator(`[data-branch=${branch}] .cause`);
  await expect(cause('sooner')).toHaveText('Handling +30%, Arrivals +10%', { timeout: 10_000 });
  await expect(cause('sooner')).toHaveAttribute('title', /40/);
  await expect(cause('late')).toHaveText('as usual');
});

test('T14 one of hundreds by the first letters of its name', async ({ page }) => {
  test.slow();
  const many = await startOwnServer([
    ...Array.from({ length: MANY - 1 }, (_, i) =>
      hall({ id: `hall-${i}`, name: { zh: `第 ${i} 厅`, en: `Hall ${i}` }, ...ALL_DAY }),
    ),
    hall({ id: 'their-gate', name: { zh: '东直门营业厅', en: 'East Gate' }, ...ALL_DAY }),
  ]);
  await open(page, many);
  await expect(page.locator('main')).toContainText(`${MANY} of ${MANY}`);
  await expect(page.locator('[data-branch=their-gate]')).toHaveCount(0);
  const steps = await countSteps(page);
  await page.keyboard.press('/');
  await page.keyboard.type('dzm');
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  const found = page.locator('[data-branch=their-gate]');
  await expect(found).toHaveAttribute('aria-current', 'true');
  await expect(found.getByRole('link')).toBeFocused();
  expect(steps()).toEqual({ clicks: 0, keys: 5 });
  await many.remove();
});

/** What history says of a branch's last hour: what each driver added to its wait, seconds; as usual without. */
function driverRow(
  branch: string,
  parts: { arrivals: number; handling: number; counters: number } | null,
): DriverReportRow {
  const to = Date.now();
  return {
    branch,
    queue: null,
    from: to - 3_600_000,
    to,
    local: '',
    day: '2026-11-20',
    whole: true,
    answered: 40,
    measuredSeconds: parts ? 700 : 400,
    usualSeconds: 400,
    days: 28,
    sameWeekday: 4,
    parts: { ...(parts ?? { arrivals: 0, handling: 0, counters: 0 }), rest: 0 },
    verdict: parts ? 'busyAndSlow' : 'usual',
    causes: parts ? ['handling', 'arrivals'] : [],
    message: parts ? 'busyAndSlow' : 'usual',
    since: null,
    facts: {
      arrivals: { actual: 44, expected: 40 },
      handling: { actual: 390, expected: 300 },
      counters: { actual: 4, expected: 4, against: 'plan' },
      handled: 40,
    },
  };
}
