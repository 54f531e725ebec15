/** The languages of a wall: one, or Chinese with English beside it. */
import type { Language } from '#lib/stores/preferences.svelte.ts';

export interface WallLanguage {
  main: Language;
  /** Smaller, beside the main one. */
  second: 'en' | null;
}

/** From the address: `zh`, `en`, or both when nothing else is asked for. */
export function wallLanguage(parameter: string | null): WallLanguage {
  if (parameter === 'zh') return { main: 'zh-CN', second: null };
  if (parameter === 'en') return { main: 'en', second: null };
  return { main: 'zh-CN', second: 'en' };
}

/** A name in the main language of the wall, or the other one where it is missing. */
export const mainName = (language: WallLanguage, zh: string, en: string): string =>
  language.main === 'en' ? en || zh : zh || en;

/** A name in the second language; empty when there is none or it says the same. */
export const secondName = (language: WallLanguage, zh: string, en: string): string =>
  language.second === null || en === zh || zh === '' ? '' : en;
