/** Who is signed in: opaque tokens, kept as hashes; they end when nobody uses them, and at the latest after a shift. */
import type { SessionEntry } from '#shared/accounts.ts';
import type { Clock } from '../clock.ts';
import type { AccountDb, AccountStore } from './account-store.ts';
import type { Person } from './authorize.ts';
import { caller } from './caller.ts';
import { hashOf, newId, newToken } from './secrets.ts';

export interface SessionLimits {
  /** Without any request, and without a console on screen, ms. */
  idleMs: number;
  /** In all, ms. */
  absoluteMs: number;
}

/** When somebody was last here is noted this often, ms. */
const NOTE_EVERY_MS = 60_000;
const MAX_BROWSER = 200;
/** Hashes asked for in one query. */
const BATCH = 500;

export interface NewSession {
  person: string;
  how: SessionEntry['how'];
  browser: string;
  ssoSid?: string;
}

export interface Sessions {
  /** Starts one, within a transaction; its token, to be shown once. */
  start(db: AccountDb, session: NewSession): Promise<{ token: string; endsAt: number }>;
  /** Whose token this is, now; `null` when it is over. Throws AccountsUnavailable. */
  find(token: string): Promise<Person | null>;
  /** The same for many, by the hashes of their tokens; those that are over are missing. */
  findAll(hashes: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Somebody is here: puts off the end for want of use. */
  touch(hashes: readonly string[]): Promise<void>;
  /** All of a person, or of everybody; not those that are over. */
  list(person?: string): Promise<SessionEntry[]>;
  /** Ends those that match; how many. */
  end(
    db: AccountDb,
    which: { id: string; person?: string } | { person: string; but?: string } | { ssoSid: string },
  ): Promise<string[]>;
}

/** Sessions of a store. */
export function createSessions(parts: {
  store: AccountStore;
  clock: Clock;
  limits: SessionLimits;
}): Sessions {
  const { store, clock, limits } = parts;
  const notedAt = new Map<string, number>();

  const live = (db: AccountDb) => {
    const now = clock.now();
    return db
      .selectFrom('sessions as s')
      .innerJoin('people as p', 'p.id', 's.person')
      .where('p.state', '=', 'active')
      .where('s.ends_at', '>', now)
      .where('s.seen_at', '>', now - limits.idleMs);
  };

  const findAll = async (hashes: readonly string[]): Promise<Map<string, Person>> => {
    const found = new Map<string, Person & { grants: Person['grants'][number][] }>();
    for (let from = 0; from < hashes.length; from += BATCH) {
      const rows = await store.read((db) =>
        live(db)
          .leftJoin('grants as g', 'g.person', 'p.id')
          .where('s.hash', 'in', hashes.slice(from, from + BATCH))
          .select([
            's.hash',
            's.id as session',
            's.ends_at',
            'p.id',
            'p.login',
            'p.name',
            'p.demo',
            'p.epoch',
          ])
          .select(['g.id as grant', 'g.role', 'g.scope_kind', 'g.scope_id'])
          .execute(),
      );
      for (const row of rows) {
        const known = found.get(row.hash) ?? {
          kind: 'person',
          id: row.id,
          login: row.login,
          name: row.name,
          demo: row.demo === 1,
          epoch: row.epoch,
          session: { id: row.session, endsAt: row.ends_at },
          grants: [],
        };
        if (row.grant !== null && row.role !== null && row.scope_kind !== null)
          known.grants.push({
            id: row.grant,
            role: row.role,
            scope: scopeOf(row.scope_kind, row.scope_id ?? ''),
          });
        found.set(row.hash, known);
      }
    }
    return found;
  };

  const touch = async (hashes: readonly string[]): Promise<void> => {
    const now = clock.now();
    const due = hashes.filter((hash) => now - (notedAt.get(hash) ?? -Infinity) >= NOTE_EVERY_MS);
    if (due.length === 0) return;
    for (const hash of due) notedAt.set(hash, now);
    for (const [hash, at] of notedAt) if (now - at > limits.idleMs) notedAt.delete(hash);
    await store.change(async (db) => {
      for (let from = 0; from < due.length; from += BATCH)
        await db
          .updateTable('sessions')
          .set({ seen_at: now })
          .where('hash', 'in', due.slice(from, from + BATCH))
          .where('seen_at', '<', now)
          .execute();
    });
  };

  return {
    async start(db, { person, how, browser, ssoSid }) {
      const token = newToken();
      const now = clock.now();
      const endsAt = now + limits.absoluteMs;
      const row = { id: newId(), person, how, created_at: now, seen_at: now, ends_at: endsAt };
      await db
        .insertInto('sessions')
        .values({
          ...row,
          hash: hashOf(token),
          address: caller().address,
          browser: browser.slice(0, MAX_BROWSER),
          sso_sid: ssoSid ?? null,
        })
        .execute();
      await db.updateTable('people').set({ seen_at: now }).where('id', '=', person).execute();
      await db.deleteFrom('sessions').where('ends_at', '<=', now).execute();
      return { token, endsAt };
    },
    async find(token) {
      const hash = hashOf(token);
      const person = (await findAll([hash])).get(hash) ?? null;
      if (person !== null) await touch([hash]);
      return person;
    },
    findAll,
    touch,
    async list(person) {
      const { principal } = caller();
      const mine = principal.kind === 'person' ? principal.session?.id : undefined;
      const rows = await store.read((db) => {
        const all = live(db).selectAll('s').select(['p.login', 'p.name']).orderBy('s.seen_at', 'desc');
        return (person === undefined ? all : all.where('p.id', '=', person)).execute();
      });
      return rows.map((row) => ({
        id: row.id,
        person: { id: row.person, login: row.login, name: row.name },
        how: row.how,
        createdAt: row.created_at,
        seenAt: row.seen_at,
        endsAt: row.ends_at,
        address: row.address,
        browser: row.browser,
        isThis: row.id === mine,
      }));
    },
    async end(db, which) {
      let ending = db.deleteFrom('sessions').returning('id');
      if ('id' in which) ending = ending.where('id', '=', which.id);
      if ('person' in which && which.person !== undefined) ending = ending.where('person', '=', which.person);
      if ('but' in which && which.but !== undefined) ending = ending.where('id', '!=', which.but);
      if ('ssoSid' in which) ending = ending.where('sso_sid', '=', which.ssoSid);
      return (await ending.execute()).map(({ id }) => id);
    },
  };
}

/** A scope as it is kept, by its two columns. */
export const scopeOf = (
  kind: Person['grants'][number]['scope']['kind'],
  id: string,
): Person['grants'][number]['scope'] => (kind === 'all' ? { kind } : { kind, id });
