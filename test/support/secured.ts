/** A server with accounts, and one principal of every kind, in two regions: `hall` is theirs, `far` is somebody else's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Role, Scope } from '#shared/access.ts';
import { accountsFile, type KeptAccounts } from '#server/auth/accounts.ts';
import { noSignals, type Signals } from '#server/auth/changes.ts';
import { openAccounts } from '#server/auth/open-accounts.ts';
import { createSeal, hashOf, newId } from '#server/auth/secrets.ts';
import { type Clock, systemClock } from '#server/clock.ts';
import type { EventLog } from '#server/log/event-log.ts';
import { type OwnRedis, startOwnRedis } from './own-redis.ts';
import { hall, hotline } from './profiles.ts';
import { openTestLog, runApp, type RunningApp } from './running-app.ts';

const HOUR_MS = 3_600_000;
const LIMITS = { idleMs: HOUR_MS, absoluteMs: 12 * HOUR_MS };
/** Of everybody who has one. */
export const PASSWORD = 'correct horse battery';
/** A seal that several nodes share. */
const SEAL = createSeal(randomBytes(32));

const silent = pino({ level: 'silent' });
const always = [{ opens: '00:00', closes: '24:00' }];
/** Branches of the tests: `hall` and `hotline` in region `east`, `far` in region `west`. */
const PLACES = [
  hall({ hours: always }),
  hotline(),
  hall({ id: 'far', hours: always, region: { id: 'west', name: { zh: '西区', en: 'West' } } }),
];

export interface Secured {
  server: RunningApp;
  kept: KeptAccounts;
  /** Adds a person who is signed in. */
  enter(login: string, role: Role | null, scope?: Scope): Promise<Entered>;
  /** Asks as somebody; a body makes it a POST. */
  ask(path: string, options?: AskOptions): Promise<Response>;
  stop(): Promise<void>;
}
export interface Entered {
  id: string;
  login: string;
  cookie: string;
  session: string;
}
export interface AskOptions {
  cookie?: string | undefined;
  body?: unknown;
  method?: string;
  headers?: Record<string, string>;
}

/** A folder for accounts that goes with the test. */
export function accountsFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'muster-accounts-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts one node; several on one folder and one Redis are one site. */
export async function startSecured(
  log: EventLog,
  folder: string,
  {
    signals = noSignals,
    clock = systemClock,
    mode = 'on',
  }: { signals?: Signals; clock?: Clock; mode?: 'on' | 'demo' } = {},
): Promise<Secured> {
  let parts: KeptAccounts | null = null;
  const server = await runApp(log, PLACES, async (network) => {
    const { accounts } = await openAccounts({
      mode,
      demoForAll: false,
      database: { file: accountsFile(folder) },
      network,
      seal: SEAL,
      signals,
      limits: LIMITS,
      clock,
      logger: silent,
    });
    parts = accounts.kept;
    return accounts;
  });
  if (parts === null) throw new Error('accounts are off');
  const kept: KeptAccounts = parts;
  return {
    server,
    kept,
    async enter(login, role, scope = { kind: 'branch', id: 'hall' }) {
      const { store, people, sessions } = kept;
      const grants = role === null ? [] : [{ role, scope }];
      return store.change(async (db) => {
        const id = await people.add(db, { login, name: login, grants, state: 'active' });
        const { token } = await sessions.start(db, { person: id, how: 'password', browser: 'test' });
        const row = await db
          .selectFrom('sessions')
          .select('id')
          .where('hash', '=', hashOf(token))
          .executeTakeFirstOrThrow();
        return { id, login, cookie: `muster-session=${token}`, session: row.id };
      });
    },
    ask: (path, { cookie, body, method, headers = {} } = {}) =>
      fetch(`${server.address}${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        redirect: 'manual',
        headers: {
          ...(cookie === undefined ? {} : { Cookie: cookie }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json', Origin: server.address }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    stop: () => server.stop(),
  };
}

/** One node with a Redis and accounts of its own, and its administrator. */
export interface OwnSite {
  redis: OwnRedis;
  secured: Secured;
  admin: Entered;
  /** The folder of the accounts. */
  folder: string;
  remove(): Promise<void>;
}

/** Starts one; `admin` is the login of the administrator. */
export async function startOwnSite(admin = 'admin'): Promise<OwnSite> {
  const redis = await startOwnRedis();
  const folder = accountsFolder();
  const secured = await startSecured(await openTestLog(redis.socketPath), folder.path);
  return {
    redis,
    secured,
    admin: await secured.enter(admin, 'admin', { kind: 'all' }),
    folder: folder.path,
    async remove() {
      await secured.stop();
      await redis.remove();
      folder.remove();
    },
  };
}

/** Pairs a wall as the people do; its cookie. */
export async function pairWall(
  { ask }: Secured,
  cookie: string,
  branch = 'hall',
): Promise<{ id: string; cookie: string }> {
  const started = (await (await ask('/api/v1/pairing', { body: {} })).json()) as {
    pairing: string;
    secret: string;
    code: string;
  };
  const board = { code: started.code, name: `wall ${newId()}`, branch, view: 'customerWall' };
  const paired = await ask('/api/v1/devices', { cookie, body: board });
  const { device } = (await paired.json()) as { device: { id: string } };
  const polled = await ask('/api/v1/pairing/poll', {
    body: { pairing: started.pairing, secret: started.secret },
  });
  return { id: device.id, cookie: cookieFrom(polled, 'muster-device') };
}

/** A cookie an answer sets, as a browser sends it back. */
export function cookieFrom(response: Response, name: string): string {
  const set = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  if (set === undefined) throw new Error(`no cookie ${name}, but ${response.status}`);
  return set.split(';', 1)[0] ?? '';
}
