/** What there is to set, and who may. */
import type { Action } from '#shared/access.ts';

export const SECTIONS = [
  { id: 'account', needs: null },
  { id: 'sessions', needs: null },
  { id: 'people', needs: 'administer' },
  { id: 'grants', needs: 'administer' },
  { id: 'devices', needs: 'keepDevices' },
  { id: 'source-keys', needs: 'administer' },
  { id: 'single-sign-on', needs: 'administer' },
  { id: 'audit', needs: 'audit' },
] as const satisfies readonly { id: string; needs: Action | null }[];

export type SectionId = (typeof SECTIONS)[number]['id'];

/** The section of an address. */
export const sectionOf = (id: string): (typeof SECTIONS)[number] | undefined =>
  SECTIONS.find((section) => section.id === id);
