/** What there is to set, and who may. */
import type { Action } from '#shared/access.ts';

/** In the order in which they are listed; some are of use where accounts are switched off. */
export const SECTIONS = [
  { id: 'start', needs: 'administer' },
  { id: 'targets', needs: 'readRecords', withoutAccounts: true },
  { id: 'limits', needs: 'configure', withoutAccounts: true },
  { id: 'branches', needs: 'configure', withoutAccounts: true },
  { id: 'feeds', needs: 'readRecords', withoutAccounts: true },
  { id: 'source-keys', needs: 'administer' },
  { id: 'devices', needs: 'keepDevices' },
  { id: 'webhooks', needs: 'configure', withoutAccounts: true },
  { id: 'people', needs: 'administer' },
  { id: 'grants', needs: 'administer' },
  { id: 'single-sign-on', needs: 'administer' },
  { id: 'audit', needs: 'audit' },
  { id: 'wording', needs: 'configure', withoutAccounts: true },
  { id: 'display', needs: null, withoutAccounts: true },
  { id: 'account', needs: null },
  { id: 'sessions', needs: null },
] as const satisfies readonly { id: string; needs: Action | null; withoutAccounts?: true }[];

export type SectionId = (typeof SECTIONS)[number]['id'];

/** The section of an address. */
export const sectionOf = (id: string): (typeof SECTIONS)[number] | undefined =>
  SECTIONS.find((section) => section.id === id);
