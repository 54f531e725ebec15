/** Suggestions as people meet them: read, accepted and taken back, refused, compared, followed, and a plan of one's own tried. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { Suggestion, SuggestionsAnswer } from '#shared/suggestions.ts';
import { clippedTexts, sidewaysScroll } from '#test/support/clipping.ts';
import { HALL, isLive, LOOKS } from '#test/support/screens.ts';
import { moveOption, range, suggestionOf } from '#test/support/suggestions.ts';

/** Suggestions are there once the rest of a screen is drawn, ms. */
const LATER_MS = 5_000;
const MINUTE_MS = 60_000;

/** A server's part in memory: what the page asks for and what it tells. */
class Desk {
  readonly told: { id: string; word: string; body: unknown }[] = [];
  /** What refuses the next command. */
  conflict: string | null = null;
  suggestions: Suggestion[];

  constructor(suggestions: Suggestion[]) {
    this.suggestions = suggestions;
  }

  async serve(page: Page): Promise<void> {
    const kept = { asPromised: 38, better: 2, worse: 3, of: 43 };
    await page.route('**/api/v1/suggestions?*', (route) => route.fulfill({ json: this.#answer() }));
    await page.route('**/api/v1/suggestions', (route) => route.fulfill({ json: this.#answer() }));
    await page.route('**/api/v1/suggestions/record*', (route) =>
      route.fulfill({
        json: {
          days: 30,
          total: kept,
          byLever: [{ ...kept, lever: 'send' }],
          byBranch: [{ ...kept, branch: 'briggate', nameZh: '甲', nameEn: 'Briggate' }],
        },
      }),
    );
    await page.route(/\/api\/v1\/suggestions\/m[\w-]+$/, (route) => {
      const id = route.request().url().split('/').at(-1);
      const suggestion = this.suggestions.find((each) => each.id === id);
      return suggestion
        ? route.fulfill({ json: { suggestion } })
        : route.fulfill({
            status: 404,
            json: { error: { code: 'not-found', message: '', requestId: 'r1' } },
          });
    });
    await page.route(/\/api\/v1\/suggestions\/m[\w-]+\/\w+$/, (route) => {
      const [id = '', word = ''] = route.request().url().split('/').slice(-2);
      this.told.push({ id, word, body: route.request().postDataJSON() });
      if (this.conflict !== null) {
        const error = { code: 'conflict', message: '', field: this.conflict, requestId: 'r2' };
        return route.fulfill({ status: 409, json: { error } });
      }
      return route.fulfill({ json: { suggestion: this.#done(id, word) } });
    });
  }

  #answer(): SuggestionsAnswer {
    return { suggestions: this.suggestions, plannedAt: Date.now() - MINUTE_MS };
  }

  #done(id: string, word: string): Suggestion | undefined {
    const at = Date.now();
    const states = { accept: 'accepted', undo: 'proposed', reject: 'rejected', start: 'started' } as const;
    const status = Object.entries(states).find(([each]) => each === word)?.[1] ?? 'recalled';
    const accepted = status === 'accepted' ? { option: 0, by: 'M2', at, undoUntil: at + 10_000 } : null;
    this.suggestions = this.suggestions.map((each) =>
      each.id === id
        ? { ...each, status, accepted: accepted ?? each.accepted, dueAt: at + 18 * MINUTE_MS }
        : each,
    );
    return this.suggestions.find((each) => each.id === id);
  }
}

const open = async (page: Page, path: string, desk: Desk): Promise<void> => {
  await desk.serve(page);
  await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
  await isLive(page);
};
const card = (page: Page, id: string) => page.locator(`[data-suggestion="${id}"]`);
const floor = `/h/${HALL}/floor`;

test('[T3] a card says what, why, and both sides before one click accepts it; [T4] and Undo takes it back', async ({
  page,
}) => {
  const desk = new Desk([suggestionOf('m1', Date.now())]);
  await open(page, floor, desk);
  const first = card(page, 'm1');
  await expect(first).toContainText('Send Liu Yang from headrow Hall to briggate Hall', {
    timeout: LATER_MS,
  });
  await expect(first).toContainText('14 are waiting for 4 counters');
  await expect(first).toContainText('34 → 19 min');
  await expect(first).toContainText('8 → 11 min');
  await expect(first).toContainText('helps 18 times in 20');
  await expect(first).toContainText('310 → 140');
  await expect(page.getByText('As promised, 30 d: 38/43')).toBeVisible();
  await first.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('button', { name: /Undo/ })).toBeVisible();
  await page.keyboard.press('z');
  await expect(first).toBeVisible();
  expect(desk.told).toEqual([
    { id: 'm1', word: 'accept', body: { option: 0 } },
    { id: 'm1', word: 'undo', body: {} },
  ]);
});

test('rejecting is as easy, and a reason may be given', async ({ page }) => {
  const desk = new Desk([suggestionOf('m1', Date.now())]);
  await open(page, floor, desk);
  await expect(card(page, 'm1')).toBeVisible({ timeout: LATER_MS });
  await page.keyboard.press('r');
  const dialog = page.locator('dialog[open]');
  await dialog.getByLabel('Too far').check();
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await expect(page.getByText('No suggestion now')).toBeVisible();
  expect(desk.told).toEqual([{ id: 'm1', word: 'reject', body: { reason: 'tooFar', text: '' } }]);
});

test('[GD5] whoever comes second is told who was first', async ({ page }) => {
  const at = Date.now();
  const desk = new Desk([suggestionOf('m1', at)]);
  await open(page, floor, desk);
  await expect(card(page, 'm1')).toBeVisible({ timeout: LATER_MS });
  desk.conflict = 'status';
  desk.suggestions = [
    suggestionOf('m1', at, {
      status: 'accepted',
      steps: [{ at, action: 'move.accepted', by: 'Wang Min', reason: null, text: '' }],
    }),
  ];
  await card(page, 'm1').getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Wang Min' })).toBeVisible();
});

test('[T5] where a giver would suffer, options are compared; nothing is chosen at first', async ({
  page,
}) => {
  const at = Date.now();
  const option = moveOption(at, { lever: 'recall', person: { id: 'wu', name: 'Wu Qi', home: 'briggate' } });
  const desk = new Desk([suggestionOf('m1', at, { friction: 3, options: [moveOption(at), option] })]);
  await open(page, '/n/all/network', desk);
  await card(page, 'm1').getByRole('link', { name: 'Compare' }).click({ timeout: LATER_MS });
  await expect(page).toHaveURL(/\/n\/all\/moves\/m1/);
  const accept = page.getByRole('button', { name: /^Accept/ });
  await expect(accept).toBeDisabled();
  await expect(page.locator('input[type=radio]:checked')).toHaveCount(0);
  await expect(page.locator('[data-course=receiver] canvas')).toBeVisible();
  await expect(page.locator('[data-course=giver] canvas')).toBeVisible();
  await page.locator('[data-option="1"] input').check();
  await expect(page).toHaveURL(/option=1/);
  await accept.click();
  await expect.poll(() => desk.told).toEqual([{ id: 'm1', word: 'accept', body: { option: 1 } }]);
});

test('[T9] on the board: who is late by how much, a recall that says what follows, and misses like hits', async ({
  page,
}) => {
  const at = Date.now() - 30 * MINUTE_MS;
  const accepted = { option: 0, by: 'M2', at, undoUntil: at + 10_000 };
  const measured = {
    promised: range(840, 1_140, 1_500),
    customers: 20,
    noChange: range(1_500, 2_000, 2_500),
  };
  const desk = new Desk([
    suggestionOf('m1', at, { status: 'late', accepted, startedAt: at, dueAt: at + 18 * MINUTE_MS }),
    suggestionOf('m2', at, {
      status: 'returned',
      outcome: { ...measured, measuredAt: at, measured: 1_740, verdict: 'worse', saved: null },
    }),
    suggestionOf('m3', at, {
      status: 'returned',
      outcome: { ...measured, measuredAt: at, measured: 1_080, verdict: 'asPromised', saved: null },
    }),
  ]);
  await open(page, '/moves', desk);
  await expect(page).toHaveURL(/\/n\/all\/moves/);
  await expect(page.locator('[data-move=m1]')).toContainText('12 min late');
  await expect(page.locator('[data-outcome=worse]')).toContainText('29 min missed');
  await expect(page.locator('[data-outcome=asPromised]')).toContainText('18 min as promised');
  await expect(page.locator('[data-record]')).toContainText('38');
  await page.locator('[data-move=m1]').getByRole('button', { name: 'Recall' }).click();
  await expect(page.locator('dialog[open]')).toContainText('cannot be undone');
  await page.locator('dialog[open]').getByRole('button', { name: 'Recall' }).click();
  await expect(page.locator('[data-move=m1]')).toHaveCount(0);
});

test('a manager tries a plan of their own and sees both courses', async ({ page }) => {
  await page.goto(`${floor}?lang=en&sheet=what-if`);
  await isLive(page);
  const sheet = page.getByRole('dialog', { name: 'What if' });
  await sheet.getByLabel('Do what').selectOption('add');
  await sheet.getByLabel('People').fill('2');
  await sheet.getByRole('button', { name: 'Add step' }).click();
  await expect(sheet.locator('[data-step=add]')).toContainText('2 more people');
  await sheet.getByRole('button', { name: 'Try it' }).click();
  await expect(sheet.locator('[data-what-if]')).toContainText('Waiting saved', { timeout: 15_000 });
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('a suggestion that is not there says so', async ({ page }) => {
  await open(page, '/moves/m9', new Desk([]));
  await expect(page.getByText('not there any more')).toBeVisible();
});

for (const look of LOOKS) {
  test(`suggestions, board and detail fit and have no violation in ${look.lang}, ${look.theme}`, async ({
    page,
  }) => {
    // Four screens, each at three sizes and looked through.
    test.slow();
    const at = Date.now();
    const accepted = { option: 0, by: 'M2', at, undoUntil: at };
    const desk = new Desk([
      suggestionOf('m1', at),
      suggestionOf('m2', at, { friction: 3, options: [moveOption(at), moveOption(at, { lever: 'recall' })] }),
      suggestionOf('m3', at, { status: 'started', accepted, dueAt: at + MINUTE_MS }),
      suggestionOf('m4', at, { status: 'rejected' }),
    ]);
    await desk.serve(page);
    for (const path of [floor, '/n/all/network', '/n/all/moves', '/n/all/moves/m2']) {
      await page.goto(`${path}?lang=${look.lang}&theme=${look.theme}`);
      await isLive(page);
      await page.locator('[data-suggestion], [data-course]').first().waitFor({ timeout: LATER_MS });
      for (const width of [1_440, 390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect.soft(await sidewaysScroll(page), `${path} at ${width}`).toBe(0);
        expect.soft(await clippedTexts(page), `${path} at ${width}`).toEqual([]);
      }
      await page.setViewportSize({ width: 1_440, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect.soft(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
