/** Reads off a wall what somebody in front of it sees, also while its script hangs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { WALL_LIMITS } from '#lib/live/freshness.ts';
import { brightness, type Recording, recordFrames } from '#test/support/screen-frames.ts';

const SECOND_MS = 1_000;
/** What is shown as live may be this old: the limit of "delayed", the beat that notices, and the way to us, ms. */
export const LONGEST_LIVE_MS = WALL_LIMITS.delayedMs + 2 * SECOND_MS;
/** A hanging script is covered by the veil 40 s after the last fresh picture, ms. */
export const LONGEST_UNVEILED_MS = 45 * SECOND_MS;
/** A page that does not answer for so long hangs, ms. */
const ANSWER_MS = 700;
/** Mean brightness, 0–255, below which a light board is covered. */
const DARK = 64;

export interface Seen {
  /** `marked` says on itself that it is old; `veiled` and `paused` show no numbers. */
  shows: 'live' | 'delayed' | 'marked' | 'paused' | 'veiled';
  /** How many wait, by the screen; `null` where it does not say. */
  waiting: number | null;
  /** When it was read, epoch ms. */
  at: number;
  /** Nobody answers behind the picture. */
  hangs: boolean;
}

export interface Wall {
  look(): Promise<Seen>;
  /** Keeps the page's script busy. */
  hang(forMs: number): Promise<void>;
  /** Freezes the page as a browser does with one that is hidden. */
  hide(forMs: number): Promise<void>;
}

/** Opens a wall and watches it. */
export async function watchWall(browser: Browser, address: string): Promise<Wall> {
  const context = await browser.newContext({ viewport: { width: 1_920, height: 1_080 } });
  const page = await context.newPage();
  const viewer = await context.newPage();
  await page.goto(address);
  await page.locator('[data-freshness=live]').waitFor();
  const frames = await recordFrames(page);
  const session = await context.newCDPSession(page);
  let last: Seen = { shows: 'paused', waiting: null, at: Date.now(), hangs: false };
  let hidden = false;
  return {
    async look() {
      // Nobody sees a page that is hidden.
      if (hidden) return (last = { shows: 'veiled', waiting: null, at: Date.now(), hangs: false });
      const answered = await Promise.race([readWall(page), sleep(ANSWER_MS, null)]);
      return (last = answered ?? (await seenWithoutScript(viewer, frames, last)));
    },
    async hang(forMs) {
      await page.evaluate((ms) => {
        const end = performance.now() + ms;
        while (performance.now() < end);
      }, forMs);
    },
    async hide(forMs) {
      hidden = true;
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      await sleep(forMs);
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      hidden = false;
    },
  };
}

async function readWall(page: Page): Promise<Seen | null> {
  try {
    return await page.evaluate(() => {
      const stage = document.querySelector<HTMLElement>('[data-freshness]');
      const level = stage?.dataset['freshness'] ?? '';
      const veil = document.querySelector('[data-veil]');
      const text =
        document.querySelector('[data-service=personal] .second, [data-figure=waiting] .value')
          ?.textContent ?? '';
      const waiting = /[\d,]+/.exec(text)?.[0].replaceAll(',', '');
      const isVeiled = veil !== null && Number(getComputedStyle(veil).opacity) > 0;
      const levels: Record<string, 'live' | 'delayed' | 'marked'> = {
        live: 'live',
        delayed: 'delayed',
        stale: 'marked',
      };
      return {
        shows: isVeiled ? ('veiled' as const) : (levels[level] ?? ('paused' as const)),
        waiting: waiting === undefined ? null : Number(waiting),
        at: Date.now(),
        hangs: false,
      };
    });
  } catch {
    // It is being loaded anew.
    return null;
  }
}

/** The picture as it is: dark is the veil, anything else is what was there before. */
async function seenWithoutScript(viewer: Page, frames: Recording, last: Seen): Promise<Seen> {
  const isDark = (await brightness(viewer, frames.last())) < DARK;
  return { ...last, shows: isDark ? 'veiled' : last.shows, at: Date.now(), hangs: true };
}
