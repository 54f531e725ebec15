import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Least contrast of text, of large text and of what has to be seen (WCAG 1.4.3, 1.4.11). */
const TEXT = 4.5;
const SEEN = 3;

const css = readFileSync(new URL('../../../web/src/lib/styles/tokens.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;

/** The colour of a token in a theme, as channels 0–255. */
function channels(token: string, theme: (typeof THEMES)[number]): number[] {
  const [, value = ''] = new RegExp(`--${token}:\\s*([^;]+);`).exec(css) ?? [];
  const [light = '', dark = light] = value.match(/#[0-9a-f]{6}/g) ?? [];
  const hex = theme === 'light' ? light : dark;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** Relative luminance of a colour (WCAG 2.x), 0–1. */
function luminance(color: readonly number[]): number {
  const [red = NaN, green = NaN, blue = NaN] = color
    .map((channel) => channel / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string, theme: (typeof THEMES)[number]): number {
  const [low = NaN, high = NaN] = [a, b]
    .map((token) => luminance(channels(token, theme)))
    .sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const onSurfaces = (token: string, least: number) =>
  ['surface', 'page', 'sunken'].map((ground) => [token, ground, least] as const);

const PAIRS = [
  ...['ink', 'ink-2', 'act', 'warn-text'].flatMap((token) => onSurfaces(token, TEXT)),
  ['ink-3', 'surface', TEXT],
  ['ink-3', 'page', TEXT],
  ['crit', 'surface', TEXT],
  ['crit', 'page', TEXT],
  ['on-act', 'act', TEXT],
  ['on-crit', 'crit', TEXT],
  ['on-warn', 'warn', TEXT],
  ['on-inv', 'inv', TEXT],
  ['ink', 'act-bg', TEXT],
  ...['line-strong', 'focus', 'warn-edge', 'n-3'].flatMap((token) => [
    [token, 'surface', SEEN] as const,
    [token, 'page', SEEN] as const,
  ]),
  ['n-3', 'n-1', SEEN],
] as const;

describe('colours', () => {
  for (const theme of THEMES)
    for (const [token, ground, least] of PAIRS)
      it(`${token} on ${ground} is at least ${least} : 1 in the ${theme} theme`, () => {
        expect(contrast(token, ground, theme)).toBeGreaterThanOrEqual(least);
      });
});
