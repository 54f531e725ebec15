/** Language, theme and shortcuts of this browser: kept here, overridden by the address. */
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { setParameters } from './address.ts';
import { keepTheme, type Theme, themeAsked } from './theme-choice.ts';

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
  #language = $state<Language>(
    asLanguage(parameter('lang')) ??
      asLanguage(localStorage.getItem(LANGUAGE)) ??
      asLanguage(navigator.language) ??
      'en',
  );
  #theme = $state<Theme | null>(themeAsked());
  #shortcuts = $state(localStorage.getItem(SHORTCUTS) !== OFF);

  constructor() {
    // Messages ask for the language while they are drawn, so what shows them is drawn again when it changes.
    overwriteGetLocale(() => this.#language);
  }

  get language(): Language {
    return this.#language;
  }
  // What is chosen by hand must not be undone when the address is loaded again.
  set language(language: Language) {
    this.#language = language;
    localStorage.setItem(LANGUAGE, language);
    void setParameters({ lang: null });
  }

  /** The chosen theme; `null` follows the system. */
  get theme(): Theme | null {
    return this.#theme;
  }
  set theme(theme: Theme | null) {
    this.#theme = theme;
    keepTheme(theme);
    void setParameters({ theme: null });
  }

  /** Whether single-key shortcuts work (WCAG 2.1.4). */
  get shortcuts(): boolean {
    return this.#shortcuts;
  }
  set shortcuts(on: boolean) {
    this.#shortcuts = on;
    localStorage.setItem(SHORTCUTS, on ? 'on' : OFF);
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
