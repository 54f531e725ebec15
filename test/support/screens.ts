/** The screens of the demonstration, and what every browser test asks of a page. */
import { expect, type Locator, type Page } from '@playwright/test';

/** A hall and a hotline of the demonstration. */
export const HALL = 'wola';
const HOTLINE = 'hotline';

/** Every kind of screen by name: its address, and whether it is live or what else it shows once it is whole. */
export const SCREENS = {
  'floor of a hall': { path: `/h/${HALL}/floor`, live: true },
  'floor of a hotline': { path: `/h/${HOTLINE}/floor`, live: true },
  network: { path: '/n/all/network', live: true },
  'alerts of a hall': { path: `/h/${HALL}/alerts`, live: true },
  'alerts of the network': { path: '/n/all/alerts', live: true },
  'moves of the network': { path: '/n/all/moves', live: true },
  'shifts of a hall': { path: `/h/${HALL}/shifts`, live: true },
  'staff wall': { path: `/w/${HALL}/staff`, live: true },
  'staff wall of a hotline': { path: `/w/${HOTLINE}/staff`, live: true },
  'customer wall': { path: `/w/${HALL}/customer`, live: true },
  'plain page of a hall': { path: `/h/${HALL}/public`, live: true },
  scorecards: { path: '/scorecards/all', live: 'main h1' },
  'pairing of a wall': { path: '/wall/pair', live: '[data-code]' },
  'unknown hall': { path: '/h/nowhere/floor', live: '[role=alert] h1' },
  'unknown page': { path: '/nowhere', live: '[role=alert] h1' },
} as const;

export const LANGUAGES = { zh: 'zh-CN', en: 'en' } as const;
export const THEMES = ['light', 'dark'] as const;

/** How a screen is looked at: `?lang=` and `?theme=` of its address. */
export interface Look {
  lang: keyof typeof LANGUAGES;
  theme: (typeof THEMES)[number];
}

/** Every language with every theme. */
export const LOOKS: readonly Look[] = Object.keys(LANGUAGES).flatMap((lang) =>
  THEMES.map((theme) => ({ lang: lang === 'en' ? ('en' as const) : ('zh' as const), theme })),
);

/** Opens a screen and waits until it shows what it has to show. */
export async function openScreen(page: Page, screen: keyof typeof SCREENS, look: Look): Promise<void> {
  const { path, live } = SCREENS[screen];
  await page.goto(`${path}?lang=${look.lang}&theme=${look.theme}`);
  if (live === true) await isLive(page);
  else await page.locator(live).first().waitFor({ state: 'attached' });
}

/** Waits until the screen says that it is live. */
export const isLive = (page: Page): Promise<void> => hasFreshness(page, 'live');

/** Waits for a level of freshness; longer than rule LV5 allows is a failure. */
export async function hasFreshness(
  page: Page,
  level: 'live' | 'delayed' | 'stale' | 'disconnected',
  timeout = 5_000,
): Promise<void> {
  await expect(page.locator('[data-freshness]')).toHaveAttribute('data-freshness', level, { timeout });
}

/** `m:ss` or `h:mm:ss` on screen as seconds; NaN for "—". */
export async function secondsOf(duration: Locator): Promise<number> {
  const parts = (await duration.innerText()).split(':').map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0);
}

/** Texts of elements that show a hue: a colour whose channels lie further apart than those of the greys. */
export function huesOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const GREYEST = 40;
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const hasHue = (color: string): boolean => {
      if (!canvas) return false;
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return alpha > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > GREYEST;
    };
    const coloured = [...document.querySelectorAll('[data-freshness] *')].filter((element) => {
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      const style = getComputedStyle(element);
      const shape = element instanceof SVGGeometryElement ? [style.fill, style.stroke] : [];
      return [style.color, style.backgroundColor, style.borderLeftColor, ...shape].some(hasHue);
    });
    return coloured.map((element) => element.textContent || element.outerHTML);
  });
}
