/** Light or dark, as the address asks for it or as somebody chose it in this browser; walls keep to it too. */
export type Theme = 'light' | 'dark';

const KEPT = 'muster.theme';

const asTheme = (text: string | null): Theme | null => (text === 'light' || text === 'dark' ? text : null);

/** What the address asks for; `null` when it does not. */
export const themeOfAddress = (): Theme | null => asTheme(new URLSearchParams(location.search).get('theme'));
/** What was chosen in this browser; `null` when nothing was. */
export const themeKept = (): Theme | null => asTheme(localStorage.getItem(KEPT));

/** Keeps a choice for this browser; `null` forgets it. */
export function keepTheme(theme: Theme | null): void {
  if (theme === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, theme);
}
