/** Counts what a person does on a page, clicks and keys, as the browser receives it. */
import type { Page } from '@playwright/test';

export interface Steps {
  clicks: number;
  keys: number;
}

/** Counts from now on, on this page and those it leads to; a key held with Shift is one. Gives what was counted so far. */
export async function countSteps(page: Page): Promise<() => Steps> {
  const steps: Steps = { clicks: 0, keys: 0 };
  await page.exposeFunction('tellStep', (kind: keyof Steps) => void (steps[kind] += 1));
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => ({ ...steps });
}

function listen(): void {
  const { tellStep } = globalThis as unknown as { tellStep: (kind: keyof Steps) => void };
  addEventListener('pointerdown', () => tellStep('clicks'), true);
  addEventListener(
    'keydown',
    ({ key, repeat }) => {
      if (!repeat && !['Shift', 'Control', 'Alt', 'Meta'].includes(key)) tellStep('keys');
    },
    true,
  );
}

/** Whether the focus is somewhere: not on the page as a whole, where a removed button leaves it. */
export const hasFocus = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);

/** Presses Tab until the focus is on what the selector names; throws when it is not within reach. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const MOST = 200;
  for (let pressed = 0; pressed < MOST; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${selector}`);
}
