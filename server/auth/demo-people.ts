/** People of the demonstration: marked as such, without passwords, let in from this machine. */
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
  { login: DEMO_VISITOR, name: '林主任 Lin', grants: everywhere('manager') },
  { login: 'demo-admin', name: '周管理 Zhou', grants: [...everywhere('admin'), ...everywhere('manager')] },
  { login: 'demo-auditor', name: '何审计 He', grants: everywhere('auditor') },
  { login: 'demo-viewer', name: '访客 Visitor', grants: everywhere('viewer') },
  ...(hall === undefined
    ? []
    : [
        {
          login: 'demo-supervisor',
          name: '陈值班 Chen',
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
