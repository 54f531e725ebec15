/** Coming in: what holds against guessing, planting, replaying and flooding. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode, totpStep } from '#server/auth/totp.ts';
import { knock, openConsole } from '#test/support/console.ts';
import {
  type AskOptions,
  cookieFrom,
  type Entered,
  type OwnSite,
  PASSWORD,
  type Secured,
  startOwnSite,
} from '#test/support/secured.ts';

const FLOOD = 10_000;

let site: OwnSite;
let secured: Secured;
let admin: Entered;

beforeAll(async () => {
  site = await startOwnSite('root-person');
  ({ secured, admin } = site);
});
afterAll(() => site.remove());

const ask = (path: string, options?: AskOptions) => secured.ask(path, options);
const json = async (response: Response) => (await response.json()) as Record<string, never>;

/** Somebody invited and in, with a password; the cookie. */
async function invited(login: string): Promise<string> {
  const made = await ask('/api/v1/people', {
    cookie: admin.cookie,
    body: { login, name: login, grants: [{ role: 'viewer', scope: { kind: 'all' } }] },
  });
  const { link } = (await made.json()) as { link: { path: string } };
  const token = link.path.split('#')[1];
  const used = await ask('/api/v1/links/use', { body: { token, password: PASSWORD } });
  expect(used.status).toBe(200);
  const again = await ask('/api/v1/links/use', { body: { token, password: PASSWORD } });
  expect(again.status, 'a link works once').toBe(404);
  return cookieFrom(used, 'muster-session');
}
const signIn = (login: string, password: string, more: object = {}, options: AskOptions = {}) =>
  ask('/api/v1/sign-in', { body: { login, password, ...more }, ...options });

describe('a session', () => {
  it('is a cookie pages cannot read, new at each sign-in, and the one before is over', async () => {
    const first = await invited('fixation');
    const planted = 'muster-session=planted-by-somebody';
    const response = await signIn('fixation', PASSWORD, {}, { cookie: first });
    const set = response.headers.getSetCookie()[0] ?? '';
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    expect(set).toMatch(/Path=\//);
    expect(cookieFrom(response, 'muster-session')).not.toBe(first);
    expect((await ask('/api/v1/branches', { cookie: first })).status).toBe(401);
    const onPlanted = await signIn('fixation', PASSWORD, {}, { cookie: planted });
    expect(cookieFrom(onPlanted, 'muster-session')).not.toBe(planted);
    expect((await ask('/api/v1/branches', { cookie: planted })).status).toBe(401);
  });

  it('is not taken from an address, and no answer about it may be kept', async () => {
    const token = admin.cookie.split('=')[1] ?? '';
    for (const name of ['token', 'session', 'muster-session']) {
      expect((await ask(`/api/v1/branches?${name}=${token}`)).status).toBe(401);
      expect(await knock(`${secured.server.address}?${name}=${token}`, secured.server.address)).toBe(
        'unauthorized',
      );
    }
    const me = await ask('/api/v1/me', { cookie: admin.cookie });
    expect(me.headers.get('cache-control')).toBe('no-store');
  });

  it('is kept as a hash', async () => {
    const token = admin.cookie.split('=')[1] ?? '';
    const rows = await secured.kept.store.read((db) => db.selectFrom('sessions').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('another page in the browser of somebody signed in', () => {
  const foreign = 'https://evil.example';
  it.each([foreign, 'null', 'http://localhost:1'])('cannot open a socket from %s', async (origin) => {
    expect(await knock(secured.server.address, origin, admin.cookie)).not.toBe('connected');
  });

  it('cannot poll instead of opening a socket', async () => {
    const path = '/live/?EIO=4&transport=polling';
    const polled = await ask(path, { cookie: admin.cookie, headers: { Origin: secured.server.address } });
    expect(polled.status).toBe(400);
    expect(await polled.text()).not.toContain('sid');
  });

  it.each([
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['JSON as text', { 'Content-Type': 'text/plain' }, 415],
    ['a foreign origin', { Origin: foreign }, 403],
    ['a sandboxed page', { Origin: 'null' }, 403],
    ['another site by its own word', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ])('cannot change anything by %s', async (_how, headers, status) => {
    const before = (await secured.kept.people.list()).length;
    const body = { login: 'made-by-evil', name: 'x' };
    expect((await ask('/api/v1/people', { cookie: admin.cookie, body, headers })).status).toBe(status);
    expect((await secured.kept.people.list()).length).toBe(before);
  });
});

describe('a password', () => {
  it.each([
    ['short', 'password', 422],
    ['a pattern', 'aaaaaaaaaaaa', 422],
    ['common', 'password123456', 422],
    ['the login', 'guessable-person-1', 422],
  ])('that is %s is refused, and the link stays good', async (_why, password, status) => {
    const made = await ask('/api/v1/people', {
      cookie: admin.cookie,
      body: { login: `guessable-${password.length}-${status}-${_why.length}`, name: 'guessable-person' },
    });
    const { link } = (await made.json()) as { link: { path: string } };
    const token = link.path.split('#')[1];
    expect((await ask('/api/v1/links/use', { body: { token, password } })).status).toBe(status);
    expect((await ask('/api/v1/links/open', { body: { token } })).status).toBe(200);
  });

  it('takes as long to refuse when there is no such login', async () => {
    await invited('timed');
    const took: Record<string, number[]> = { timed: [], 'no-such-login': [] };
    // By turns, so that whatever else the machine does slows both.
    for (let i = 0; i < 9; i++)
      for (const [login, all] of Object.entries(took)) {
        const from = performance.now();
        await secured.kept.desk.byPassword({ login, password: 'wrong password' }, 'test');
        all.push(performance.now() - from);
      }
    const [known = 0, unknown = 0] = Object.values(took).map((all) => all.toSorted((a, b) => a - b)[4]);
    // Both are one Argon2id; without it the unknown one would take nothing.
    expect(unknown).toBeGreaterThan(known / 2);
    expect(unknown).toBeLessThan(known * 2);
  });

  it('guessed too often from one place is stopped there, and its owner comes in from another', async () => {
    await invited('victim');
    const { desk } = secured.kept;
    const tries = await Promise.all(
      Array.from({ length: 14 }, () =>
        signIn('victim', 'a wrong guess', {}, {}).then(({ status }) => status),
      ),
    );
    expect(tries.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(tries).toContain(429);
    expect((await signIn('victim', PASSWORD)).status).toBe(429);
    // The desk counts by where a request comes from; outside of a request that is nowhere, another place.
    expect(await desk.byPassword({ login: 'victim', password: PASSWORD }, 'test')).toHaveProperty('token');
  });
});

describe('a code beside the password', () => {
  it('is asked for when it is on, counts once, and cannot be removed without the password', async () => {
    const cookie = await invited('careful');
    const begun = await ask('/api/v1/me/totp/begin', { cookie, body: { password: PASSWORD } });
    const { secret, uri } = (await begun.json()) as { secret: string; uri: string };
    expect(uri).toContain(secret);
    expect((await signIn('careful', PASSWORD)).status, 'not on before it is confirmed').toBe(200);
    const step = totpStep(Date.now());
    const confirm = await ask('/api/v1/me/totp/confirm', {
      cookie: cookieFrom(await signIn('careful', PASSWORD), 'muster-session'),
      body: { code: totpCode(secret, step) },
    });
    expect(confirm.status).toBe(200);
    expect(await json(await signIn('careful', PASSWORD))).toEqual({ step: 'code' });
    expect((await signIn('careful', 'wrong', { code: totpCode(secret, step) })).status).toBe(401);
    expect((await signIn('careful', PASSWORD, { code: totpCode(secret, step) })).status, 'used').toBe(401);
    expect((await signIn('careful', PASSWORD, { code: '000000' })).status).toBe(401);
    const next = { code: totpCode(secret, step + 1) };
    const both = await Promise.all([signIn('careful', PASSWORD, next), signIn('careful', PASSWORD, next)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const entered = both.find(({ status }) => status === 200);
    const mine = cookieFrom(entered ?? new Response(), 'muster-session');
    const removed = await ask('/api/v1/me/totp/remove', { cookie: mine, body: { password: 'not it' } });
    expect(removed.status).toBe(422);
  });
});

describe('with Redis away', () => {
  it('guessing is stopped as before, and who knows the password comes in', async () => {
    await invited('unaware');
    await site.redis.kill();
    const tries: number[] = [];
    for (let i = 0; i < 14; i++) tries.push((await signIn('guessed-at', 'a wrong guess')).status);
    expect(tries.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(tries.slice(10)).toEqual(Array(4).fill(429));
    expect((await signIn('unaware', PASSWORD)).status).toBe(200);
    await site.redis.start();
  });
});

describe('a flood of sign-ins', () => {
  it(`of ${FLOOD} at once leaves the loop and the live frames alone`, async () => {
    const console_ = await openConsole(secured.server.address, admin.cookie);
    await console_.watch({ view: 'floor', branch: 'hall' });
    const { desk } = secured.kept;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const beats = console_.raw.length;
    const outcomes = await Promise.all(
      Array.from({ length: FLOOD }, (_, i) =>
        desk
          .byPassword({ login: `flood-${i % 500}`, password: 'wrong password' }, 'test')
          .catch((error: unknown) => (error instanceof Error ? error.name : 'unknown')),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    delay.disable();
    const p99 = delay.percentile(99) / 1e6;
    const counts = Object.entries(Object.groupBy(outcomes, String)).map(
      ([outcome, all]) => `${outcome} ${all?.length ?? 0}`,
    );
    process.stderr.write(`sign-in flood: loop p99 ${p99.toFixed(1)} ms; ${counts.join(', ')}\n`);
    expect(outcomes.filter((outcome) => typeof outcome === 'object')).toEqual([]);
    expect(console_.raw.length, 'heartbeats go on').toBeGreaterThan(beats);
    console_.close();
  });
});
