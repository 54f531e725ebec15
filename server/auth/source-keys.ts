/** Keys of sources made at the console: shown once, kept as hashes, scoped, with an end. They are known by heart here. */
import type { z } from 'zod';
import type { NewSourceKey, NewSourceKeyAnswer, SourceKeyEntry } from '#shared/administration.ts';
import type { Clock } from '../clock.ts';
import type { AccountStore } from './account-store.ts';
import type { Audit } from './audit.ts';
import type { SourcePrincipal } from './authorize.ts';
import type { Changes } from './changes.ts';
import { hashOf, newId, newToken } from './secrets.ts';
import type { AccountTables } from './tables.ts';

const DAY_MS = 86_400_000;
const NOTE_EVERY_MS = 60_000;
/** Live keys of one source: one in use, one to switch over to. */
const MAX_LIVE = 2;

/** Why a key is not made or ended. */
export type KeyRefusal = 'not-found' | 'two-live';

export interface SourceKeys {
  /** Who presents this key; answered from memory, since every post asks. */
  find(key: string): SourcePrincipal | undefined;
  list(): Promise<SourceKeyEntry[]>;
  add(wanted: z.output<typeof NewSourceKey>): Promise<NewSourceKeyAnswer | KeyRefusal>;
  /** Another key of the same scope; the old one goes on until it is revoked. */
  rotate(id: string): Promise<NewSourceKeyAnswer | KeyRefusal>;
  revoke(id: string): Promise<KeyRefusal | 'done'>;
  /** Reads all keys again. */
  refresh(): Promise<void>;
}

type Row = AccountTables['source_keys'];
interface Known extends SourcePrincipal {
  id: string;
  expiresAt: number;
  notedAt: number;
}

/** Source keys of a store; to be refreshed once before use. */
export function createSourceKeys(parts: {
  store: AccountStore;
  audit: Audit;
  changes: Changes;
  clock: Clock;
}): SourceKeys {
  const { store, audit, changes, clock } = parts;
  let known = new Map<string, Known>();

  const note = (key: Known): void => {
    const now = clock.now();
    if (now - key.notedAt < NOTE_EVERY_MS) return;
    key.notedAt = now;
    // That it was used is worth knowing, not worth a refused post.
    store
      .change((db) => db.updateTable('source_keys').set({ used_at: now }).where('id', '=', key.id).execute())
      .catch(() => undefined);
  };

  const refresh = async (): Promise<void> => {
    const rows = await store.read((db) =>
      db.selectFrom('source_keys').selectAll().where('revoked_at', 'is', null).execute(),
    );
    known = new Map(
      rows.map((row) => [
        row.hash,
        {
          kind: 'source',
          id: row.id,
          source: row.source,
          branches: list(row.branches),
          types: row.types === null ? undefined : list(row.types),
          expiresAt: row.expires_at,
          notedAt: row.used_at ?? -Infinity,
        },
      ]),
    );
  };

  const insert = async (
    action: string,
    {
      source,
      branches,
      types,
      note = '',
      validMs,
    }: Pick<Row, 'source' | 'branches' | 'types'> & { note?: string; validMs: number },
  ): Promise<NewSourceKeyAnswer | KeyRefusal> => {
    const key = `mk_${newToken()}`;
    const now = clock.now();
    const row: Row = {
      id: newId(),
      hash: hashOf(key),
      source,
      branches,
      types,
      note,
      created_at: now,
      expires_at: now + validMs,
      used_at: null,
      revoked_at: null,
    };
    const isMade = await store.change(async (db) => {
      const live = await db
        .selectFrom('source_keys')
        .select('id')
        .where('source', '=', source)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .execute();
      if (live.length >= MAX_LIVE) return false;
      await db.insertInto('source_keys').values(row).execute();
      await audit.within(db, { action, subject: source, after: { id: row.id, branches, types } });
      return true;
    });
    if (!isMade) return 'two-live';
    await refresh();
    changes.announce({ keys: true });
    return { entry: shown(row, now), key };
  };

  return {
    find(key) {
      const found = known.get(hashOf(key));
      if (!found || found.expiresAt <= clock.now()) return undefined;
      note(found);
      return found;
    },
    async list() {
      const rows = await store.read((db) =>
        db.selectFrom('source_keys').selectAll().orderBy('created_at', 'desc').execute(),
      );
      return rows.map((row) => shown(row, clock.now()));
    },
    add: ({ source, branches, types, validDays, note }) =>
      insert('sourceKey.added', {
        source,
        branches: JSON.stringify(branches),
        types: types === undefined ? null : JSON.stringify(types),
        note: note ?? '',
        validMs: validDays * DAY_MS,
      }),
    async rotate(id) {
      const old = await store.read((db) =>
        db
          .selectFrom('source_keys')
          .selectAll()
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      );
      if (!old) return 'not-found';
      return insert('sourceKey.rotated', { ...old, validMs: old.expires_at - old.created_at });
    },
    async revoke(id) {
      const now = clock.now();
      const isRevoked = await store.change(async (db) => {
        const row = await db
          .updateTable('source_keys')
          .set({ revoked_at: now })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .returning(['source', 'branches'])
          .executeTakeFirst();
        if (row)
          await audit.within(db, {
            action: 'sourceKey.revoked',
            subject: row.source,
            before: { id, ...row },
          });
        return row !== undefined;
      });
      if (!isRevoked) return 'not-found';
      await refresh();
      changes.announce({ keys: true });
      return 'done';
    },
    refresh,
  };
}

const list = (json: string): string[] => JSON.parse(json) as string[];

function shown(row: Row, now: number): SourceKeyEntry {
  return {
    id: row.id,
    source: row.source,
    branches: list(row.branches),
    types: row.types === null ? null : list(row.types),
    note: row.note,
    from: 'accounts',
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    state: row.revoked_at !== null ? 'revoked' : row.expires_at <= now ? 'expired' : 'live',
  };
}
