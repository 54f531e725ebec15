/** The screens one comes to from every console: the same everywhere, four of a hall or of a scope. */
import {
  ALL,
  floorPath,
  movesPath,
  networkPath,
  scorecardsPath,
  settingsPath,
  shiftsPath,
} from '#lib/stores/address.ts';
import { m } from '../../paraglide/messages.js';

/** Where a screen is: in one hall, or in all halls of a scope. */
export type Where = { hall: string } | { scope: string };
/** What a screen shows there; `null` for those one comes to otherwise. */
export type Here = 'live' | 'plan' | 'scorecards' | 'settings' | null;

export interface Tab {
  label: string;
  href: string;
  here: boolean;
}

export function tabsOf(where: Where, here: Here): Tab[] {
  const tab = (name: Here, label: string, href: string): Tab => ({ label, href, here: here === name });
  const own =
    'hall' in where
      ? [
          tab('live', m.tab_floor(), floorPath(where.hall)),
          tab('plan', m.tab_shifts(), shiftsPath(where.hall)),
        ]
      : [
          tab('live', m.tab_network(), networkPath(where.scope)),
          tab('plan', m.tab_moves(), movesPath(where.scope)),
        ];
  const scope = 'hall' in where ? ALL : where.scope;
  return [
    ...own,
    tab('scorecards', m.tab_scorecards(), scorecardsPath(scope)),
    tab('settings', m.settings(), settingsPath('account')),
  ];
}
