/** Language, theme and shortcuts: kept in this browser, overridden by the person signed in, and both by the address. */
import type { Display } from '#shared/accounts.ts';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { setParameters } from './address.ts';
import { keepTheme, type Theme, themeKept, themeOfAddress } from './theme-choice.ts';

export type Language = 'zh-CN' | 'en';

const LANGUAGE = 'muster.language';
const SHORTCUTS = 'muster.shortcuts';
const OFF = 'off';

const asLanguage = (text: string | null): Language | null => {
  if (text?.startsWith('zh')) return 'zh-CN';
  return text?.startsWith('en') ? 'en' : null;
};

const parameter = (name: string): string | null => new URLSearchParams(location.search).get(name);

class Preferences {
  #language = $state<Language>('en');
  #theme = $state<Theme | null>(null);
  #shortcuts = $state(true);
  /** Hears what somebody chose here. */
  onchosen: ((chosen: Display) => void) | null = null;

  constructor() {
    this.follow({});
    // Messages ask for the language while they are drawn, so what shows them is drawn again when it changes.
    overwriteGetLocale(() => this.#language);
  }

  /** Shows what somebody chose for all browsers; the rest is as this one has it. */
  follow({ language, theme, shortcuts }: Display): void {
    this.#language =
      asLanguage(parameter('lang')) ??
      language ??
      asLanguage(localStorage.getItem(LANGUAGE)) ??
      asLanguage(navigator.language) ??
      'en';
    this.#theme = themeOfAddress() ?? (theme === undefined ? themeKept() : theme);
    this.#shortcuts = shortcuts ?? localStorage.getItem(SHORTCUTS) !== OFF;
  }

  get language(): Language {
    return this.#language;
  }
  // What is chosen by hand must not be undone when the address is loaded again.
  set language(language: Language) {
    this.#language = language;
    localStorage.setItem(LANGUAGE, language);
    this.onchosen?.({ language });
    void setParameters({ lang: null });
  }

  /** The chosen theme; `null` follows the system. */
  get theme(): Theme | null {
    return this.#theme;
  }
  set theme(theme: Theme | null) {
    this.#theme = theme;
    keepTheme(theme);
    this.onchosen?.({ theme });
    void setParameters({ theme: null });
  }

  /** Whether single-key shortcuts work (WCAG 2.1.4). */
  get shortcuts(): boolean {
    return this.#shortcuts;
  }
  set shortcuts(on: boolean) {
    this.#shortcuts = on;
    localStorage.setItem(SHORTCUTS, on ? 'on' : OFF);
    this.onchosen?.({ shortcuts: on });
  }

  toggleLanguage(): void {
    this.language = this.#language === 'en' ? 'zh-CN' : 'en';
  }

  toggleTheme(): void {
    const dark = this.#theme ? this.#theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    this.theme = dark ? 'light' : 'dark';
  }

  /** The name in the language of the page; the other one where it is missing. */
  name(zh: string, en: string): string {
    return (this.#language === 'en' ? en || zh : zh || en) || '—';
  }
}

export const preferences = new Preferences();
