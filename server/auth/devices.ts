/** Walls: paired by a short code that somebody signed in types, read-only, one board each. */
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { PairingState, PollPairing, StartedPairing } from '#shared/accounts.ts';
import type { Device, DeviceReport, PairDevice } from '#shared/administration.ts';
import { USUAL_PLACING } from '#shared/wall-sizing.ts';
import type { Clock } from '../clock.ts';
import type { AccountStore } from './account-store.ts';
import type { Audit } from './audit.ts';
import type { Principal } from './authorize.ts';
import type { Changes } from './changes.ts';
import { hashOf, newId, newToken, sameSecret } from './secrets.ts';
import type { AccountTables } from './tables.ts';

/** A code is good for this long, ms. */
const CODE_VALID_MS = 600_000;
const CODE_DIGITS = 6;
const POLL_MS = 2_000;
/** Walls that wait for somebody at a time; with few codes open a guess finds none. */
const MAX_WAITING = 50;
const NOTE_EVERY_MS = 60_000;
const CM_PER_METRE = 100;

export type DevicePrincipal = Extract<Principal, { kind: 'device' }>;

export interface Devices {
  /** A wall asks to be paired; `null` when too many wait. */
  start(): Promise<StartedPairing | null>;
  /** The wall asks whether it is; its token is given once. */
  poll(asked: z.output<typeof PollPairing>): Promise<{ state: PairingState; token?: string }>;
  /** Somebody at the console types the code; `null` when no wall shows it. */
  pair(device: z.output<typeof PairDevice>, by: string): Promise<Device | null>;
  find(token: string): Promise<DevicePrincipal | null>;
  /** Those of a list of hashes that still hold. */
  findAll(hashes: readonly string[]): Promise<ReadonlyMap<string, DevicePrincipal>>;
  list(): Promise<Device[]>;
  get(id: string): Promise<Device | undefined>;
  /** A wall says how it is. */
  report(id: string, report: DeviceReport): Promise<void>;
  revoke(id: string): Promise<void>;
}

/** Walls of a store. */
export function createDevices(parts: {
  store: AccountStore;
  audit: Audit;
  changes: Changes;
  clock: Clock;
}): Devices {
  const { store, audit, changes, clock } = parts;
  const notedAt = new Map<string, number>();

  const findAll = async (hashes: readonly string[]): Promise<Map<string, DevicePrincipal>> => {
    if (hashes.length === 0) return new Map();
    const rows = await store.read((db) =>
      db.selectFrom('devices').selectAll().where('hash', 'in', hashes).execute(),
    );
    return new Map(
      rows.map(({ hash, id, name, branch, view }) => [
        hash ?? '',
        { kind: 'device', id, name, branch, view },
      ]),
    );
  };

  const note = async (id: string): Promise<void> => {
    const now = clock.now();
    if (now - (notedAt.get(id) ?? -Infinity) < NOTE_EVERY_MS) return;
    notedAt.set(id, now);
    await store.change((db) =>
      db.updateTable('devices').set({ seen_at: now }).where('id', '=', id).execute(),
    );
  };

  const rows = (id?: string): Promise<AccountTables['devices'][]> =>
    store.read((db) => {
      const all = db.selectFrom('devices').selectAll().orderBy('paired_at', 'desc');
      return (id === undefined ? all : all.where('id', '=', id)).execute();
    });

  return {
    start: () =>
      store.change(async (db) => {
        const now = clock.now();
        await db.deleteFrom('pairings').where('expires_at', '<=', now).execute();
        const open = await db.selectFrom('pairings').select('code').execute();
        if (open.length >= MAX_WAITING) return null;
        const taken = new Set(open.map(({ code }) => code));
        let code: string;
        do code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
        while (taken.has(code));
        const [pairing, secret, expiresAt] = [newId(), newToken(), now + CODE_VALID_MS];
        await db
          .insertInto('pairings')
          .values({ id: pairing, hash: hashOf(secret), code, expires_at: expiresAt, device: null })
          .execute();
        return { pairing, secret, code, expiresAt, pollEveryMs: POLL_MS };
      }),
    async poll({ pairing, secret }) {
      const open = await store.read((db) =>
        db.selectFrom('pairings').selectAll().where('id', '=', pairing).executeTakeFirst(),
      );
      if (!open || open.expires_at <= clock.now() || !sameSecret(open.hash, hashOf(secret)))
        return { state: { state: 'over' } };
      const { device } = open;
      if (device === null) return { state: { state: 'waiting' } };
      const token = newToken();
      const row = await store.change(async (db) => {
        const taken = await db.deleteFrom('pairings').where('id', '=', pairing).returning('id').execute();
        if (taken.length === 0) return undefined;
        return db
          .updateTable('devices')
          .set({ hash: hashOf(token), seen_at: clock.now() })
          .where('id', '=', device)
          .returningAll()
          .executeTakeFirst();
      });
      if (!row) return { state: { state: 'over' } };
      return { state: { state: 'paired', branch: row.branch, view: row.view }, token };
    },
    async pair({ code, metres, ...device }, by) {
      const row = {
        id: newId(),
        hash: null,
        ...device,
        seat_cm: Math.round(metres * CM_PER_METRE),
        reported_at: null,
        report: null,
        paired_at: clock.now(),
        paired_by: by,
        seen_at: null,
      };
      const isPaired = await store.change(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('pairings')
          .set({ device: row.id })
          .where('code', '=', code)
          .where('expires_at', '>', clock.now())
          .where('device', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        await db.insertInto('devices').values(row).execute();
        await audit.within(db, {
          action: 'device.paired',
          branch: row.branch,
          subject: row.name,
          after: { ...device, metres },
        });
        return true;
      });
      return isPaired ? shown(row) : null;
    },
    async find(token) {
      const hash = hashOf(token);
      const found = (await findAll([hash])).get(hash) ?? null;
      if (found !== null) await note(found.id);
      return found;
    },
    findAll,
    list: async () => (await rows()).map(shown),
    get: async (id) => (await rows(id)).map(shown)[0],
    async report(id, report) {
      const told = { reported_at: clock.now(), report: JSON.stringify(report) };
      await store.change((db) => db.updateTable('devices').set(told).where('id', '=', id).execute());
    },
    async revoke(id) {
      await store.change(async (db) => {
        const row = await db.deleteFrom('devices').where('id', '=', id).returningAll().executeTakeFirst();
        if (!row) return;
        await db.deleteFrom('pairings').where('device', '=', id).execute();
        await audit.within(db, {
          action: 'device.revoked',
          branch: row.branch,
          subject: row.name,
          before: shown(row),
        });
      });
      changes.announce({ device: id });
    },
  };
}

const shown = (row: AccountTables['devices']): Device => ({
  id: row.id,
  name: row.name,
  branch: row.branch,
  view: row.view,
  pairedAt: row.paired_at,
  pairedBy: row.paired_by,
  seenAt: row.seen_at,
  inches: row.inches ?? USUAL_PLACING.inches,
  metres: row.seat_cm === null ? USUAL_PLACING.metres : row.seat_cm / CM_PER_METRE,
  note: row.note ?? '',
  report: row.report === null ? null : (JSON.parse(row.report) as DeviceReport),
  reportedAt: row.reported_at,
});
