/** Pairing codes, the demonstration, the audit trail, and what stands on every answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { Device } from '#shared/administration.ts';
import { openConsole } from '#test/support/console.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { openTestLog } from '#test/support/running-app.ts';
import {
  accountsFolder,
  cookieFrom,
  type Entered,
  pairWall,
  type Secured,
  startSecured,
} from '#test/support/secured.ts';
import { until } from '#test/support/until.ts';

const OTHER_PASSWORD = { current: 'x', next: 'a long enough password' };

let redis: OwnRedis;
let secured: Secured;
let demo: Secured;
let admin: Entered;
const folders = [accountsFolder(), accountsFolder()] as const;

beforeAll(async () => {
  redis = await startOwnRedis();
  secured = await startSecured(await openTestLog(redis.socketPath), folders[0].path);
  demo = await startSecured(await openTestLog(redis.socketPath), folders[1].path, { mode: 'demo' });
  admin = await secured.enter('admin', 'admin', { kind: 'all' });
});
afterAll(async () => {
  await secured.stop();
  await demo.stop();
  await redis.remove();
  for (const folder of folders) folder.remove();
});

describe('pairing a wall', () => {
  it('takes a code that a wall shows; guessing is stopped, also for the right one', async () => {
    const keeper = await secured.enter('keeper', 'supervisor');
    const started = (await (await secured.ask('/api/v1/pairing', { body: {} })).json()) as Record<
      string,
      string
    >;
    const pair = (code: string) =>
      secured.ask('/api/v1/devices', {
        cookie: keeper.cookie,
        body: { code, name: 'wall', branch: 'hall', view: 'customerWall' },
      });
    const wrong = started['code'] === '000000' ? '111111' : '000000';
    for (let i = 0; i < 5; i++) expect((await pair(wrong)).status).toBe(404);
    expect((await pair(started['code'] ?? '')).status).toBe(429);
    const poll = { pairing: started['pairing'], secret: started['secret'] };
    expect(await (await secured.ask('/api/v1/pairing/poll', { body: poll })).json()).toEqual({
      state: 'waiting',
    });
    const spied = { ...poll, secret: 'not the secret' };
    expect(await (await secured.ask('/api/v1/pairing/poll', { body: spied })).json()).toEqual({
      state: 'over',
    });
  });

  it('where the last seat cannot read it only with a word why', async () => {
    const keeper = await secured.enter('far-keeper', 'supervisor');
    const started = (await (await secured.ask('/api/v1/pairing', { body: {} })).json()) as { code: string };
    const far = { name: 'far', branch: 'hall', view: 'customerWall', inches: 55, metres: 12 };
    const pair = (more: object) =>
      secured.ask('/api/v1/devices', {
        cookie: keeper.cookie,
        body: { code: started.code, ...far, ...more },
      });
    const refused = await pair({});
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: { code: 'invalid', field: 'note' } });
    const answer = (await (await pair({ note: 'for those who stand' })).json()) as { device: object };
    expect(answer.device).toMatchObject({ inches: 55, metres: 12, note: 'for those who stand' });
  });

  it('a wall says how it is, and nobody else says it for one', async () => {
    const wall = await pairWall(secured, admin.cookie);
    const report = {
      board: 'customerWall',
      version: 'customer-1.js',
      state: 'delayed',
      ageMs: 12_000,
      heap: null,
      uptime: 60_000,
    };
    const say = (cookie: string, body: object) => secured.ask('/api/v1/me/report', { cookie, body });
    expect((await say(wall.cookie, report)).status).toBe(200);
    expect((await say(wall.cookie, { ...report, ageMs: -1 })).status).toBe(422);
    expect((await say(admin.cookie, report)).status).toBe(403);
    const listed = (await (await secured.ask('/api/v1/devices', { cookie: admin.cookie })).json()) as {
      devices: Device[];
    };
    const own = listed.devices.find(({ id }) => id === wall.id);
    expect(own).toMatchObject({ report, inches: 55, metres: 5 });
    expect(own?.reportedAt).toBeGreaterThan(0);
  });

  it('gives one board of one branch and nothing else; the token comes once', async () => {
    const wall = await pairWall(secured, admin.cookie);
    const me = (await (await secured.ask('/api/v1/me', { cookie: wall.cookie })).json()) as {
      device: object;
    };
    expect(me.device).toMatchObject({ branch: 'hall', view: 'customerWall' });
    const seat = await openConsole(secured.server.address, wall.cookie);
    expect((await seat.ask({ view: 'customerWall', branch: 'hall' })).ok).toBe(true);
    for (const wish of [
      { view: 'staffWall', branch: 'hall' },
      { view: 'floor', branch: 'hall' },
      { view: 'customerWall', branch: 'far' },
      { view: 'row', scope: 'all' },
    ])
      expect((await seat.ask(wish)).ok, JSON.stringify(wish)).toBe(false);
    seat.close();
  });

  it('is not for a hall of somebody else', async () => {
    const { cookie } = await secured.enter('keeper-of-hall', 'supervisor');
    const body = { code: '123456', name: 'wall', branch: 'far', view: 'customerWall' };
    expect((await secured.ask('/api/v1/devices', { cookie, body })).status).toBe(404);
  });
});

describe('the demonstration', () => {
  it('lets a visitor of this machine in as its manager, who cannot administer', async () => {
    const me = (await (await demo.ask('/api/v1/me')).json()) as {
      signedIn: { login: string; demo: boolean };
    };
    expect(me.signedIn).toMatchObject({ login: 'demo-manager', demo: true });
    expect((await demo.ask('/api/v1/people')).status).toBe(403);
    expect((await demo.ask('/api/v1/me/password', { body: OTHER_PASSWORD })).status).toBe(403);
  });

  it('lets one choose another of its users, by one click, and go back', async () => {
    const entered = await demo.ask('/api/v1/sign-in/demo', { body: { login: 'demo-auditor' } });
    const cookie = cookieFrom(entered, 'muster-session');
    expect((await demo.ask('/api/v1/audit', { cookie })).status).toBe(200);
    await demo.ask('/api/v1/sign-out', { cookie, body: {} });
    expect(await (await demo.ask('/api/v1/me', { cookie })).json()).toMatchObject({
      signedIn: { login: 'demo-manager' },
    });
  });

  it('is not there where accounts are real, and its users have no passwords', async () => {
    expect((await secured.ask('/api/v1/sign-in/demo', { body: { login: 'admin' } })).status).toBe(404);
    const tried = { login: 'demo-admin', password: 'demo-admin' };
    expect((await demo.ask('/api/v1/sign-in', { body: tried })).status).toBe(401);
  });
});

describe('the audit trail', () => {
  const entries = async (query: string) =>
    (
      (await (await secured.ask(`/api/v1/audit?${query}`, { cookie: admin.cookie })).json()) as {
        entries: Record<string, unknown>[];
      }
    ).entries;

  it('holds who did what with before and after, and what was denied', async () => {
    const { cookie, id } = await secured.enter('watched', 'viewer');
    await secured.ask('/api/v1/people', { cookie });
    await secured.ask('/api/v1/branches/far', { cookie });
    await secured.ask(`/api/v1/people/${id}/disable`, { cookie: admin.cookie, body: {} });
    await secured.kept.audit.settled();
    const denied = await entries('who=watched&outcome=denied');
    expect(denied.map(({ subject }) => subject).sort()).toEqual(['/api/v1/branches/far', '/api/v1/people']);
    const [disabled] = await entries('action=person.disabled');
    expect(disabled).toMatchObject({ who: 'admin', whoKind: 'person', subject: 'watched', outcome: 'done' });
    expect(String(disabled?.['before'])).toContain('active');
  });

  it('finds signs of search languages as they are', async () => {
    for (const text of ['%', '_', "'; drop table audit; --", '\\'])
      expect(
        (await secured.ask(`/api/v1/audit?text=${encodeURIComponent(text)}`, { cookie: admin.cookie }))
          .status,
      ).toBe(200);
    expect(await entries(`text=${encodeURIComponent('no%such')}`)).toEqual([]);
  });

  it('cannot be changed or emptied, even by the server itself', async () => {
    const { store } = secured.kept;
    for (const act of [sql`update audit set who = 'x'`, sql`delete from audit`])
      await expect(store.change((db) => act.execute(db))).rejects.toThrow('append-only');
  });

  it('as a table has no formulas', async () => {
    const name = '=HYPERLINK("http://evil.example")';
    await secured.ask('/api/v1/people', { cookie: admin.cookie, body: { login: '=cmd|calc', name } });
    const csv = await (await secured.ask('/api/v1/audit?format=csv', { cookie: admin.cookie })).text();
    expect(csv).toContain(",'=cmd|calc,");
    expect(csv).not.toMatch(/(^|,)"?[=+@]/m);
  });
});

describe('every answer', () => {
  it.each(['/', '/api/v1/me', '/api/v1/people', '/api/v1/no-such-thing', '/healthz'])(
    'of %s has its headers',
    async (path) => {
      const { headers } = await secured.ask(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('of a body that is too large, too deep, or poisons prototypes is a refusal', async () => {
    const post = (body: string) =>
      fetch(`${secured.server.address}/api/v1/sign-in`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      }).then(({ status }) => status);
    expect(await post(JSON.stringify({ login: 'x'.repeat(70_000), password: 'y' }))).toBe(413);
    expect(await post(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toBe(422);
    expect(await post('{"__proto__":{"admin":true},"login":"a","password":"b"}')).toBe(422);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

describe('a socket that says too much', () => {
  it('is closed', async () => {
    const seat = await openConsole(secured.server.address, admin.cookie);
    for (let i = 0; i < 200; i++) seat.socket.emit('unwatch', i);
    await until(() => !seat.socket.connected, 'the end of the socket');
  });
});
