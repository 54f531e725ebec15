/** What the organisation calls things, as the page was told with itself; messages look it up, see `vite.nouns.ts`. */
import { type Nouns, NOUNS_COOKIE, USUAL_NOUNS } from '#shared/nouns.ts';
import { nounForms } from '#lib/format/noun-forms.ts';

function told(): Nouns {
  const [, kept] = new RegExp(`(?:^|; )${NOUNS_COOKIE}=([^;]+)`).exec(document.cookie) ?? [];
  if (kept === undefined) return USUAL_NOUNS;
  try {
    return JSON.parse(decodeURIComponent(kept)) as Nouns;
  } catch {
    return USUAL_NOUNS;
  }
}

export const nouns = nounForms(told());
