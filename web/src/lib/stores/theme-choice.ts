/** Light or dark, as the address asks for it or as somebody chose it in this browser; walls keep to it too. */
export type Theme = 'light' | 'dark';

const KEPT = 'muster.theme';

const asTheme = (text: string | null): Theme | null => (text === 'light' || text === 'dark' ? text : null);

/** `null` when nobody asks for one. */
export const themeAsked = (): Theme | null =>
  asTheme(new URLSearchParams(location.search).get('theme')) ?? asTheme(localStorage.getItem(KEPT));

/** Keeps a choice for this browser; `null` forgets it. */
export function keepTheme(theme: Theme | null): void {
  if (theme === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, theme);
}
