/** Every principal at every route and socket event, for their own branch, another one, and one that is not there (SF1). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Access, ROLE_ACTIONS, ROUTES, SOCKET_EVENTS } from '#shared/access.ts';
import { SCHEMAS } from '#shared/view-schemas.ts';
import { VIEW_NAMES, type ViewName } from '#shared/views.ts';
import { hashOf } from '#server/auth/secrets.ts';
import { openConsole } from '#test/support/console.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { KEYS, openTestLog } from '#test/support/running-app.ts';
import { accountsFolder, pairWall, type Secured, startSecured } from '#test/support/secured.ts';

/** What each kind of principal may do, written down once more and on purpose: the table must agree with people's idea of it. */
const MAY: Record<string, { actions: string[]; branches: 'own' | 'region' | 'all' | 'none' }> = {
  nobody: { actions: [], branches: 'none' },
  expired: { actions: [], branches: 'none' },
  revoked: { actions: [], branches: 'none' },
  disabled: { actions: [], branches: 'none' },
  'without grants': { actions: [], branches: 'none' },
  viewer: { actions: ['see', 'readRecords'], branches: 'own' },
  shiftLead: { actions: ['see', 'readRecords', 'acknowledge', 'decideHall'], branches: 'own' },
  supervisor: {
    actions: ['see', 'readRecords', 'acknowledge', 'decideHall', 'keepDevices'],
    branches: 'own',
  },
  manager: {
    actions: ['see', 'readRecords', 'acknowledge', 'decideHall', 'decideMove', 'configure', 'keepDevices'],
    branches: 'own',
  },
  'regional manager': {
    actions: ['see', 'readRecords', 'acknowledge', 'decideHall', 'decideMove', 'configure', 'keepDevices'],
    branches: 'region',
  },
  admin: {
    actions: ['see', 'readRecords', 'configure', 'keepDevices', 'administer', 'audit'],
    branches: 'all',
  },
  'admin of one branch': {
    actions: ['see', 'readRecords', 'configure', 'keepDevices', 'administer', 'audit'],
    branches: 'own',
  },
  auditor: { actions: ['see', 'readRecords', 'audit'], branches: 'all' },
  wall: { actions: ['see'], branches: 'own' },
  'source key': { actions: [], branches: 'none' },
};
const NOT_SIGNED_IN = new Set(['nobody', 'expired', 'revoked', 'disabled', 'source key']);
const SEES: Record<string, string[]> = {
  own: ['hall'],
  region: ['hall', 'hotline'],
  all: ['hall', 'hotline', 'far'],
  none: [],
};
const BRANCHES = ['hall', 'far', 'not-there'];
const NOW = Date.now();
const DAY_MS = 86_400_000;
/** Queries that a route takes, beside `branch`. */
const QUERIES: Record<string, string> = {
  'GET /api/v1/intervals': `&from=${NOW - DAY_MS}&to=${NOW}`,
  'GET /api/v1/visits': `&from=${NOW - DAY_MS}&to=${NOW}`,
};

let redis: OwnRedis;
let secured: Secured;
const folder = accountsFolder();
const cookies: Record<string, string | undefined> = {};
let cases = 0;

beforeAll(async () => {
  redis = await startOwnRedis();
  secured = await startSecured(await openTestLog(redis.socketPath), folder.path);
  const { enter, kept } = secured;
  const everywhere = { kind: 'all' } as const;
  cookies['nobody'] = undefined;
  cookies['admin'] = (await enter('admin', 'admin', everywhere)).cookie;
  cookies['admin of one branch'] = (await enter('branch-admin', 'admin')).cookie;
  cookies['auditor'] = (await enter('auditor', 'auditor', everywhere)).cookie;
  cookies['regional manager'] = (await enter('regional', 'manager', { kind: 'region', id: 'east' })).cookie;
  cookies['without grants'] = (await enter('none', null)).cookie;
  for (const role of ['viewer', 'shiftLead', 'supervisor', 'manager'] as const)
    cookies[role] = (await enter(role, role)).cookie;
  const expired = await enter('expired', 'manager');
  const revoked = await enter('revoked', 'manager');
  const disabled = await enter('disabled', 'manager');
  for (const each of [expired, revoked, disabled]) cookies[each.login] = each.cookie;
  await kept.store.change(async (db) => {
    const hash = hashOf(expired.cookie.split('=')[1] ?? '');
    await db.updateTable('sessions').set({ ends_at: NOW }).where('hash', '=', hash).execute();
    await kept.sessions.end(db, { id: revoked.session });
  });
  await kept.people.setState(disabled.id, 'disabled');
  cookies['wall'] = (await pairWall(secured, cookies['admin'])).cookie;
});
afterAll(async () => {
  process.stderr.write(`access matrix: ${cases} cases\n`);
  await secured.stop();
  await redis.remove();
  folder.remove();
});

const headersOf = (who: string): Record<string, string> =>
  who === 'source key' ? { Authorization: `Bearer ${KEYS.hall.key}` } : {};

/** The status that must come, or `reached` when the route itself answers. */
function expected(who: string, { needs, places, devices }: Access): number | 'reached' {
  if (needs === 'open') return 'reached';
  if (needs === 'source') return who === 'source key' ? 'reached' : 401;
  if (NOT_SIGNED_IN.has(who)) return 401;
  if (who === 'wall' && devices !== true) return 403;
  if (needs === 'person') return 'reached';
  const { actions = [], branches = 'none' } = MAY[who] ?? {};
  if (!actions.includes(needs)) return 403;
  return places === 'all' && branches !== 'all' ? 403 : 'reached';
}

const pathFor = (route: string, branch: string): string =>
  (route.split(' ')[1] ?? '')
    .replace('/branches/:id', `/branches/${branch}`)
    .replaceAll(/:\w+/g, 'nothing-of-this-name');

describe.each(Object.keys(MAY))('[SF1] %s', (who) => {
  const routes = Object.entries(ROUTES).filter(([route]) =>
    !route.includes('/sign-out') && route.startsWith('GET /api')
      ? true
      : route.includes(' /api/') && !route.includes('/sign-out'),
  );
  it.each(routes)('%s', async (route, access) => {
    const [method = 'GET'] = route.split(' ');
    const must = expected(who, access);
    const { actions = [], branches = 'none' } = MAY[who] ?? {};
    for (const branch of BRANCHES) {
      const query =
        method === 'GET' && access.places === 'named' && !route.includes(':id')
          ? `?branch=${branch}${QUERIES[route] ?? ''}`
          : '';
      const response = await secured.ask(pathFor(route, branch) + query, {
        cookie: cookies[who],
        method,
        headers: headersOf(who),
        ...(method === 'GET' ? {} : { body: { branch } }),
      });
      cases += 1;
      const text = await response.text();
      expect(response.status, text).toBeLessThan(500);
      if (must !== 'reached') {
        expect(response.status, `${branch}: ${text}`).toBe(must);
        continue;
      }
      if (access.needs !== 'open' && access.needs !== 'source' && access.needs !== 'person')
        expect([401, who === 'wall' ? 0 : 403], `${branch}: ${text}`).not.toContain(response.status);
      const isTheirs = SEES[branches]?.includes(branch) === true && actions.includes(access.needs);
      if (access.places !== 'named' || access.needs === 'source') continue;
      if (!isTheirs) expect(response.status, `${branch}: ${text}`).toBeGreaterThanOrEqual(404);
      else if (method === 'GET' && who !== 'wall') expect(response.status, text).not.toBe(404);
    }
  });

  it('gets exactly their branches and rows', async () => {
    const { actions = [], branches = 'none' } = MAY[who] ?? {};
    const theirs = actions.includes('see') ? (SEES[branches] ?? []) : [];
    const options = { cookie: cookies[who], headers: headersOf(who) };
    const listed = (await (await secured.ask('/api/v1/branches', options)).json()) as {
      branches?: { id: string }[];
    };
    expect((listed.branches ?? []).map(({ id }) => id).sort()).toEqual([...theirs].sort());
    const network = (await (await secured.ask('/api/v1/network', options)).json()) as {
      rows?: { id: string }[];
    };
    expect((network.rows ?? []).map(({ id }) => id).sort()).toEqual(who === 'wall' ? [] : [...theirs].sort());
    cases += 2;
  });

  it.each(VIEW_NAMES)('view %s, over HTTP and socket, has exactly its fields', async (view: ViewName) => {
    const { actions = [], branches = 'none' } = MAY[who] ?? {};
    const hasView = who !== 'wall' || view === 'customerWall';
    const socket = NOT_SIGNED_IN.has(who) ? null : await openConsole(secured.server.address, cookies[who]);
    for (const branch of BRANCHES) {
      const may = actions.includes('see') && SEES[branches]?.includes(branch) === true && hasView;
      const options = { cookie: cookies[who], headers: headersOf(who) };
      const response = await secured.ask(`/api/v1/branches/${branch}?view=${view}`, options);
      expect(response.ok, `${view} of ${branch}`).toBe(may);
      cases += 2;
      if (may && view !== 'row') {
        const body = (await response.json()) as { head: object; tables: object };
        expect(Object.keys(body.head).sort()).toEqual([...SCHEMAS[view].head].sort());
        expect(Object.keys(body.tables).sort()).toEqual(SCHEMAS[view].tables.map(({ name }) => name).sort());
      }
      if (socket === null || view === 'row') continue;
      const answer = await socket.ask({ view, branch });
      expect(answer.ok, `${view} of ${branch}`).toBe(may);
    }
    if (socket !== null && view === 'row') {
      const answer = await socket.ask({ view, scope: 'all' });
      const theirs = actions.includes('see') && hasView ? (SEES[branches] ?? []) : [];
      expect(answer.ok).toBe(theirs.length > 0);
      const text = JSON.stringify(answer);
      for (const id of ['hall', 'hotline', 'far'])
        expect(text.includes(`"${id}"`), id).toBe(theirs.includes(id));
    }
    socket?.close();
  });
});

describe('the table', () => {
  it('gives each role what people expect of it', () => {
    for (const [role, actions] of Object.entries(ROLE_ACTIONS)) expect(MAY[role]?.actions).toEqual(actions);
  });

  it('has every event a socket may send', () => {
    expect(Object.keys(SOCKET_EVENTS).sort()).toEqual(['resync', 'unwatch', 'watch']);
  });
});
