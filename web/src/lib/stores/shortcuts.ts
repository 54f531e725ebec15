/** Single keys for people who keep their hands on the keyboard; silent while something is typed. */
import { preferences } from './preferences.svelte.ts';

/** What each key does, by `KeyboardEvent.key`, letters in lower case. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** What keys do, for the help. */
export type KeyHelp = readonly { keys: string; does: string }[];

const HELP = '?';

/** A listener for `keydown` on the window. With shortcuts switched off only the help answers (WCAG 2.1.4). */
export function onKey(shortcuts: Shortcuts): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('dialog[open], :popover-open:not([role=tooltip])'))
      return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!preferences.shortcuts && key !== HELP) return;
    const run = shortcuts[key];
    if (!run) return;
    // Enter and space on a link or button are theirs.
    if (key === 'Enter' && event.target instanceof Element && event.target.closest('a, button')) return;
    event.preventDefault();
    run(event);
  };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));
