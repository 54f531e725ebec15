/** The keys of the pages of alerts. */
import type { KeyHelp, Shortcuts } from '#lib/stores/shortcuts.ts';
import { m } from '../../../paraglide/messages.js';

interface Board {
  step(by: 1 | -1): void;
  acknowledge(all: boolean): void;
  shelve(): void;
  undo(): void;
  cycle(): void;
}

/** What the keys do with the board that is shown. */
export const boardShortcuts = (board: () => Board | undefined): Shortcuts => ({
  j: () => board()?.step(1),
  ArrowDown: () => board()?.step(1),
  k: () => board()?.step(-1),
  ArrowUp: () => board()?.step(-1),
  y: (event) => board()?.acknowledge(event.shiftKey),
  s: () => board()?.shelve(),
  z: () => board()?.undo(),
  f: () => board()?.cycle(),
});

/** The same for the help. */
export const boardKeys = (): KeyHelp => [
  { keys: 'J K ↑ ↓', does: m.key_alerts() },
  { keys: 'Y', does: m.acknowledge() },
  { keys: 'Shift Y', does: m.acknowledge_all() },
  { keys: 'S', does: m.shelve() },
  { keys: 'Z', does: m.undo() },
  { keys: 'F', does: m.key_alert_tabs() },
];
