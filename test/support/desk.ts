/** Suggestions served to a page from memory, and what the page tells about them. */
import type { Page } from '@playwright/test';
import type { Suggestion, SuggestionsAnswer } from '#shared/suggestions.ts';

const MINUTE_MS = 60_000;

/** A server's part in memory: what the page asks for and what it tells. */
export class Desk {
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
