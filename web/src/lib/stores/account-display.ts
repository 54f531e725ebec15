/**
 * How the person who is signed in wants pages to look, in whichever browser: what they choose goes to the server, and
 * is in force here as long as they are. This browser remembers it, so that a page looks so from its first paint.
 */
import type { Display, SignedIn } from '#shared/accounts.ts';
import { api } from '#lib/api.ts';
import { consolePreferences } from './console-preferences.svelte.ts';
import { preferences } from './preferences.svelte.ts';

const REMEMBERED = 'muster.account-display';

/** What was in force here last; anything else than what we kept counts as nothing. */
function remembered(): Display {
  try {
    return (JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}') ?? {}) as Display;
  } catch {
    return {};
  }
}

function show(display: Display): void {
  preferences.follow(display);
  consolePreferences.follow(display);
}

function keep(display: Display): void {
  localStorage.setItem(REMEMBERED, JSON.stringify(display));
}

/** Shows pages as this person wants them; `null`, and visitors of the demonstration, get what the browser has. */
export function followPerson(person: SignedIn | null): void {
  const own = person !== null && !person.demo;
  const choose = (chosen: Display): void => {
    keep({ ...remembered(), ...chosen });
    // What does not get through holds in this browser until the page is loaded again.
    void api.post('/me/display', chosen).catch(() => undefined);
  };
  preferences.onchosen = own ? choose : null;
  consolePreferences.onchosen = own ? choose : null;
  if (!own) localStorage.removeItem(REMEMBERED);
  else keep(person.display);
  show(own ? person.display : {});
}

show(remembered());
