/** People of the demonstration: marked as such, named by a letter of their role, without passwords, let in from this machine. */
import type { NewGrant } from '#shared/administration.ts';
import type { z } from 'zod';
import type { AccountStore } from './account-store.ts';
import type { People } from './people.ts';

const ALL = { kind: 'all' } as const;
type NewGrants = z.output<typeof NewGrant>[];

const everywhere = (role: NewGrants[number]['role']): NewGrants => [{ role, scope: ALL }];

/** Whoever opens the demonstration is this one until they sign in as another. */
export const DEMO_VISITOR = 'demo-manager';

const demoPeople = (hall: string | undefined): { login: string; name: string; grants: NewGrants }[] => [
  { login: DEMO_VISITOR, name: 'M1', grants: everywhere('manager') },
  { login: 'demo-admin', name: 'A1', grants: [...everywhere('admin'), ...everywhere('manager')] },
  { login: 'demo-auditor', name: 'R1', grants: everywhere('auditor') },
  { login: 'demo-viewer', name: 'V1', grants: everywhere('viewer') },
  ...(hall === undefined
    ? []
    : [
        {
          login: 'demo-supervisor',
          name: 'S1',
          grants: [{ role: 'supervisor' as const, scope: { kind: 'branch' as const, id: hall } }],
        },
      ]),
];

/** Adds those that are missing; `hall` is the one the supervisor has. */
export async function addDemoPeople(
  store: AccountStore,
  people: People,
  hall: string | undefined,
): Promise<void> {
  for (const person of demoPeople(hall)) {
    if (await people.byLogin(person.login)) continue;
    await store.change((db) => people.add(db, { ...person, state: 'active', demo: true }));
  }
}
