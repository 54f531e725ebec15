/** Makes the parts of accounts and joins them; loaded only where there are accounts. */
import type { Clock } from '../clock.ts';
import type { HistoryDatabase } from '../history/open-engine.ts';
import type { Logger } from '../logger.ts';
import type { Network } from '../network.ts';
import { openAccountStore } from './account-store.ts';
import type { Accounts, Credential, Identity, KeptAccounts } from './accounts.ts';
import { createAudit } from './audit.ts';
import type { Person, Principal } from './authorize.ts';
import { createChanges, type Signals } from './changes.ts';
import { addDemoPeople, DEMO_VISITOR } from './demo-people.ts';
import { createDevices } from './devices.ts';
import { createLinks } from './links.ts';
import { createOwnAccount } from './own-account.ts';
import { createPasswords } from './passwords.ts';
import { createPeople } from './people.ts';
import { hashOf, type Seal } from './secrets.ts';
import { createSessions, type SessionLimits } from './sessions.ts';
import { createSignInDesk } from './sign-in.ts';
import { createSourceKeys } from './source-keys.ts';
import { createSso } from './sso.ts';

/** Keys that were made or revoked while signals were lost are noticed by then, ms. */
const REFRESH_KEYS_MS = 15_000;
const LOOPBACK = /^(::1|(::ffff:)?127(\.\d+){3})$/i;
const NOBODY: Identity = { principal: { kind: 'nobody' }, credential: null };

export interface AccountParts {
  mode: 'on' | 'demo';
  /** In the demonstration: also visitors from other machines. */
  demoForAll: boolean;
  database: HistoryDatabase;
  network: Network;
  seal: Seal;
  signals: Signals;
  limits: SessionLimits;
  clock: Clock;
  logger: Logger;
}

/** Opens accounts; the path of the set-up link while nobody can administer. Throws HistoryUnavailable, UnusableHistory. */
export async function openAccounts(
  parts: AccountParts,
): Promise<{ accounts: Accounts; setUpPath: string | null }> {
  const { mode, database, network, seal, limits, clock, logger } = parts;
  const store = await openAccountStore(database, logger);
  const changes = createChanges(parts.signals, logger);
  const audit = createAudit({ store, clock, logger, oneWriter: 'file' in database });
  const sessions = createSessions({ store, clock, limits });
  const passwords = createPasswords();
  const people = createPeople({ store, sessions, audit, changes, clock });
  const links = createLinks(store, clock);
  const sso = createSso({ store, audit, seal, clock });
  const keys = createSourceKeys({ store, audit, changes, clock });
  const devices = createDevices({ store, audit, changes, clock });
  const both = { store, people, sessions, passwords, audit, changes, seal, clock };
  const kept: KeptAccounts = {
    store,
    people,
    sessions,
    links,
    passwords,
    desk: createSignInDesk({ ...both, links, sso }),
    own: createOwnAccount(both),
    devices,
    keys,
    sso,
    audit,
    announce: changes.announce,
  };

  const refreshKeys = (): void => {
    keys.refresh().catch((error: unknown) => {
      logger.warn({ err: error }, 'source keys stay as they were');
    });
  };
  await keys.refresh();
  const refreshing = setInterval(refreshKeys, REFRESH_KEYS_MS);
  changes.hear((change) => {
    if ('keys' in change) refreshKeys();
  });
  const visitor = mode === 'demo' ? await demoVisitor(kept, network) : null;

  const accounts: Accounts = {
    mode,
    kept,
    async identify({ session, device, address }) {
      const person = session === undefined ? null : await sessions.find(session);
      if (person !== null && session !== undefined)
        return { principal: person, credential: { kind: 'session', hash: hashOf(session) } };
      const wall = device === undefined ? null : await devices.find(device);
      if (wall !== null && device !== undefined)
        return { principal: wall, credential: { kind: 'device', hash: hashOf(device) } };
      if (visitor !== null && (parts.demoForAll || LOOPBACK.test(address)))
        return { principal: visitor, credential: null };
      return NOBODY;
    },
    async renew(credentials) {
      const hashes = (wanted: Credential['kind']): string[] =>
        credentials.filter(({ kind }) => kind === wanted).map(({ hash }) => hash);
      return new Map<string, Principal>([
        ...(await sessions.findAll(hashes('session'))),
        ...(await devices.findAll(hashes('device'))),
      ]);
    },
    sourceOf: keys.find,
    note: audit.note,
    hear: changes.hear,
    async stop() {
      clearInterval(refreshing);
      await audit.settled();
      await parts.signals.close();
      await store.close();
    },
  };
  return { accounts, setUpPath: mode === 'on' ? await setUpPath(kept) : null };
}

async function demoVisitor({ store, people }: KeptAccounts, network: Network): Promise<Person> {
  const hall = network.branches().find(({ channel }) => channel === 'hall');
  await addDemoPeople(store, people, hall?.id);
  const row = await people.byLogin(DEMO_VISITOR);
  const { id, login, name, grants } = await people.get(row?.id ?? '');
  return { kind: 'person', id, login, name, demo: true, grants, epoch: 0, session: null };
}

/** As long as nobody can administer, a link that works once makes the first who can; each start makes a new one. */
async function setUpPath({ store, people, links }: KeptAccounts): Promise<string | null> {
  const hasAdmin = (await people.list()).some(
    ({ state, grants }) =>
      state === 'active' && grants.some(({ role, scope }) => role === 'admin' && scope.kind === 'all'),
  );
  if (hasAdmin) return null;
  return (await store.change((db) => links.make(db, 'setUp', null))).path;
}
