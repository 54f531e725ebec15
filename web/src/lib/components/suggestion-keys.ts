/** The keys for the first suggestion beside a screen. */
import type { KeyHelp, Shortcuts } from '#lib/stores/shortcuts.ts';
import { m } from '../../paraglide/messages.js';

interface Suggested {
  accept(): void;
  reject(): void;
  undo(): void;
}

export const suggestionShortcuts = (suggested: () => Suggested | undefined): Shortcuts => ({
  a: () => suggested()?.accept(),
  r: () => suggested()?.reject(),
  z: () => suggested()?.undo(),
});

/** The same for the help. */
export const suggestionKeys = (): KeyHelp => [
  { keys: 'A', does: m.key_accept() },
  { keys: 'R', does: m.key_reject() },
  { keys: 'Z', does: m.undo() },
];
