/** People with an account, and what they are granted. Every change raises their epoch and is told to their sockets. */
import type { z } from 'zod';
import type { Grant } from '#shared/accounts.ts';
import type { NewGrant, NewPerson, Person } from '#shared/administration.ts';
import type { Clock } from '../clock.ts';
import type { AccountDb, AccountStore } from './account-store.ts';
import type { Audit } from './audit.ts';
import type { Changes } from './changes.ts';
import { newId } from './secrets.ts';
import { scopeOf, type Sessions } from './sessions.ts';
import type { PersonRow } from './tables.ts';

/** Why a change of people is refused. */
export class PeopleRefusal extends Error {
  override name = 'PeopleRefusal';
  readonly reason: 'not-found' | 'login' | 'ssoSubject' | 'last-admin';
  constructor(reason: PeopleRefusal['reason']) {
    super(reason);
    this.reason = reason;
  }
}

export interface People {
  byLogin(login: string): Promise<PersonRow | undefined>;
  byId(id: string): Promise<PersonRow | undefined>;
  bySubject(subject: string): Promise<PersonRow | undefined>;
  /** Throws {@link PeopleRefusal} when there is none. */
  get(id: string): Promise<Person>;
  list(): Promise<Person[]>;
  /** Adds a person within a transaction. Throws {@link PeopleRefusal}. */
  add(db: AccountDb, person: AddedPerson): Promise<string>;
  grant(id: string, grant: z.output<typeof NewGrant>): Promise<Person>;
  removeGrant(id: string, grant: string): Promise<Person>;
  /** Disabling ends all sessions. */
  setState(id: string, state: 'active' | 'disabled'): Promise<Person>;
  /** Changes columns of a person within a transaction; what they may do is checked anew after it. */
  update(db: AccountDb, id: string, set: Partial<PersonRow>): Promise<void>;
  /** To be called after a transaction that changed this person. */
  changed(id: string): void;
}

export type AddedPerson = Omit<z.output<typeof NewPerson>, 'ssoSubject'> & {
  ssoSubject?: string | undefined;
  state: PersonRow['state'];
  password?: string | null;
  demo?: boolean;
};

/** People of a store. */
export function createPeople(parts: {
  store: AccountStore;
  sessions: Sessions;
  audit: Audit;
  changes: Changes;
  clock: Clock;
}): People {
  const { store, sessions, audit, changes, clock } = parts;

  const find = (column: 'login' | 'id' | 'sso_subject', value: string): Promise<PersonRow | undefined> =>
    store.read((db) => db.selectFrom('people').selectAll().where(column, '=', value).executeTakeFirst());

  const list = async (id?: string): Promise<Person[]> => {
    const { people, grants } = await store.read(async (db) => {
      const all = db.selectFrom('people').selectAll().orderBy('login');
      const granted = db.selectFrom('grants').selectAll().orderBy('id');
      return id === undefined
        ? { people: await all.execute(), grants: await granted.execute() }
        : {
            people: await all.where('id', '=', id).execute(),
            grants: await granted.where('person', '=', id).execute(),
          };
    });
    return people.map((row) => ({
      id: row.id,
      login: row.login,
      name: row.name,
      demo: row.demo === 1,
      state: row.state,
      hasPassword: row.password !== null,
      hasTotp: row.totp_since !== null,
      ssoSubject: row.sso_subject,
      grants: grants
        .filter(({ person }) => person === row.id)
        .map((grant): Grant => ({
          id: grant.id,
          role: grant.role,
          scope: scopeOf(grant.scope_kind, grant.scope_id),
        })),
      createdAt: row.created_at,
      seenAt: row.seen_at,
    }));
  };
  const get = async (id: string): Promise<Person> => {
    const [person] = await list(id);
    if (person === undefined) throw new PeopleRefusal('not-found');
    return person;
  };

  const update: People['update'] = async (db, id, set) => {
    await db
      .updateTable('people')
      .set((of) => ({ ...set, epoch: of('epoch', '+', 1) }))
      .where('id', '=', id)
      .execute();
  };

  /** One change of a person, with its entry in the audit trail. */
  const change = async (
    id: string,
    action: string,
    after: unknown,
    work: (db: AccountDb) => Promise<void>,
  ): Promise<Person> => {
    const before = await get(id);
    await store.change(async (db) => {
      await work(db);
      await update(db, id, {});
      await keepAnAdmin(db);
      await audit.within(db, { action, subject: before.login, before: shown(before), after });
    });
    changes.announce({ person: id });
    return get(id);
  };

  return {
    byLogin: (login) => find('login', login),
    byId: (id) => find('id', id),
    bySubject: (subject) => find('sso_subject', subject),
    get,
    list: () => list(),
    async add(db, { login, name, grants, ssoSubject, state, password = null, demo = false }) {
      if (await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirst())
        throw new PeopleRefusal('login');
      const subject = ssoSubject ?? null;
      if (
        subject !== null &&
        (await db.selectFrom('people').select('id').where('sso_subject', '=', subject).executeTakeFirst())
      )
        throw new PeopleRefusal('ssoSubject');
      const id = newId();
      await db
        .insertInto('people')
        .values({
          id,
          login,
          name,
          password,
          totp_secret: null,
          totp_since: null,
          totp_step: 0,
          sso_subject: subject,
          demo: demo ? 1 : 0,
          state,
          epoch: 1,
          created_at: clock.now(),
          seen_at: null,
        })
        .execute();
      for (const grant of grants) await db.insertInto('grants').values(grantRow(id, grant)).execute();
      await audit.within(db, {
        action: 'person.added',
        subject: login,
        after: { name, grants, ssoSubject: subject },
      });
      return id;
    },
    grant: (id, grant) =>
      change(id, 'person.granted', grant, async (db) => {
        await db.insertInto('grants').values(grantRow(id, grant)).execute();
      }),
    removeGrant: (id, grant) =>
      change(id, 'person.grantRemoved', { grant }, async (db) => {
        const removed = await db
          .deleteFrom('grants')
          .where('id', '=', grant)
          .where('person', '=', id)
          .returning('id')
          .execute();
        if (removed.length === 0) throw new PeopleRefusal('not-found');
      }),
    setState: (id, state) =>
      change(id, state === 'disabled' ? 'person.disabled' : 'person.enabled', undefined, async (db) => {
        await db.updateTable('people').set({ state }).where('id', '=', id).execute();
        if (state === 'disabled') await sessions.end(db, { person: id });
      }),
    update,
    changed(id) {
      changes.announce({ person: id });
    },
  };
}

const shown = ({ login, name, state, grants }: Person): object => ({ login, name, state, grants });

const grantRow = (person: string, { role, scope }: z.output<typeof NewGrant>) => ({
  id: newId(),
  person,
  role,
  scope_kind: scope.kind,
  scope_id: scope.kind === 'all' ? '' : scope.id,
});

/** Somebody must be left who can let others in. */
async function keepAnAdmin(db: AccountDb): Promise<void> {
  const admin = await db
    .selectFrom('people as p')
    .innerJoin('grants as g', 'g.person', 'p.id')
    .where('p.state', '=', 'active')
    .where('g.role', '=', 'admin')
    .where('g.scope_kind', '=', 'all')
    .select('p.id')
    .executeTakeFirst();
  if (!admin) throw new PeopleRefusal('last-admin');
}
