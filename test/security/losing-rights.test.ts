/** Ways to lose a right while watching: from the request that takes it to the last byte, on the node of the socket and another. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinRedisSignals } from '#server/log/redis-signals.ts';
import { keys } from '#server/log/keys.ts';
import { pino } from 'pino';
import { knock, openConsole } from '#test/support/console.ts';
import {
  type IdentityProvider,
  ssoSettings,
  startIdentityProvider,
} from '#test/support/identity-provider.ts';
import { type OwnRedis, startOwnRedis } from '#test/support/own-redis.ts';
import { openTestLog } from '#test/support/running-app.ts';
import {
  accountsFolder,
  type AskOptions,
  cookieFrom,
  type Entered,
  pairWall,
  PASSWORD,
  type Secured,
  startSecured,
} from '#test/support/secured.ts';
import { until } from '#test/support/until.ts';

/** From the request that takes the right away until nothing more comes, ms. */
const LIMIT_MS = 1_000;
/** The same where no push comes through, ms. */
const SWEEP_LIMIT_MS = 15_500;
/** Facts come this often while the right is taken, ms. */
const TELL_EVERY_MS = 20;

let redis: OwnRedis;
let here: Secured;
let there: Secured;
let admin: Entered;
let provider: IdentityProvider;
const folder = accountsFolder();
const measured: Record<string, number> = {};
let told = 0;

beforeAll(async () => {
  redis = await startOwnRedis();
  const signals = () =>
    joinRedisSignals({ socketPath: redis.socketPath }, keys.rights, pino({ level: 'silent' }));
  here = await startSecured(await openTestLog(redis.socketPath), folder.path, { signals: signals() });
  there = await startSecured(await openTestLog(redis.socketPath), folder.path, { signals: signals() });
  admin = await here.enter('admin', 'admin', { kind: 'all' });
  provider = await startIdentityProvider();
  await asAdmin('/api/v1/sso', { method: 'PUT', body: ssoSettings(provider) });
});
afterAll(async () => {
  process.stderr.write(`ms to the last byte: ${JSON.stringify(measured)}\n`);
  await here.stop();
  await there.stop();
  await provider.close();
  await redis.remove();
  folder.remove();
});

/** As the administrator, on the node that does not hold the socket unless told. */
async function asAdmin(path: string, options: AskOptions, node = there): Promise<unknown> {
  const response = await node.ask(path, { ...options, cookie: admin.cookie });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text) as unknown;
}

async function tellSomething(): Promise<void> {
  const contact = `t${++told}`;
  await here.server.tell([
    {
      id: contact,
      at: Date.now(),
      type: 'contact.queued',
      branch: 'hall',
      contact,
      queue: 'personal',
      ticket: contact,
    },
  ]);
}

/** Watches a view at `here` while facts come; when the last frame of it was received after the right was taken. */
async function lastByte(
  cookie: string,
  take: () => Promise<unknown>,
  { view = 'floor', slowly = false }: { view?: 'floor' | 'customerWall'; slowly?: boolean } = {},
): Promise<{ ms: number; ended: boolean }> {
  const seat = await openConsole(here.server.address, cookie);
  const { channel } = await seat.watch({ view, branch: 'hall' });
  let last = -Infinity;
  let word = '';
  for (const event of ['frame', 'heartbeat'] as const)
    seat.socket.on(event, (of: number) => {
      if (of === channel) last = performance.now();
    });
  seat.socket.on('access', (change) => (word = change));
  await tellSomething();
  await until(() => last > 0, 'a frame before the right is taken');
  const asked = performance.now();
  let taken = asked;
  const taking = take().then((done) => {
    // Checking a password before takes its time; nothing is taken yet.
    if (slowly) taken = performance.now();
    return done;
  });
  while (performance.now() - asked < LIMIT_MS * 1.5) {
    await tellSomething();
    await sleep(TELL_EVERY_MS);
  }
  await taking;
  const ended = !seat.socket.connected;
  expect(word).toBe(ended ? 'ended' : 'changed');
  seat.close();
  return { ms: Math.max(0, last - taken), ended };
}

async function losesAll(
  name: string,
  cookie: string,
  take: () => Promise<unknown>,
  how: { view?: 'customerWall'; slowly?: boolean } = {},
): Promise<void> {
  const { ms, ended } = await lastByte(cookie, take, how);
  measured[name] = Math.round(ms);
  expect(ms).toBeLessThanOrEqual(LIMIT_MS);
  expect(ended).toBe(true);
  for (const node of [here, there]) {
    expect((await node.ask('/api/v1/branches', { cookie })).status).toBe(401);
    expect(await knock(node.server.address, node.server.address, cookie)).toBe('unauthorized');
  }
}

describe('[SF1] who watches stops seeing within a second', () => {
  it('when they sign out', async () => {
    const { cookie } = await here.enter('signs-out', 'viewer');
    await losesAll('sign-out', cookie, () => here.ask('/api/v1/sign-out', { cookie, body: {} }));
  });

  it('when an administrator ends the session', async () => {
    const { cookie, session } = await here.enter('ended', 'viewer');
    await losesAll('session ended', cookie, () => asAdmin(`/api/v1/sessions/${session}/end`, { body: {} }));
  });

  it('when they are disabled', async () => {
    const { cookie, id } = await here.enter('disabled', 'viewer');
    await losesAll('disabled', cookie, () => asAdmin(`/api/v1/people/${id}/disable`, { body: {} }));
  });

  it('when an administrator resets the account', async () => {
    const { cookie, id } = await here.enter('reset', 'viewer');
    await losesAll('reset', cookie, () => asAdmin(`/api/v1/people/${id}/reset`, { body: {} }));
  });

  it('when the password is changed elsewhere', async () => {
    const { cookie, id } = await here.enter('changes', 'viewer');
    const { link } = (await asAdmin(`/api/v1/people/${id}/reset`, { body: {} })) as {
      link: { path: string };
    };
    expect(cookie).not.toBe('');
    const token = link.path.split('#')[1];
    const used = await here.ask('/api/v1/links/use', { body: { token, password: PASSWORD } });
    const first = cookieFrom(used, 'muster-session');
    const second = await there.ask('/api/v1/sign-in', { body: { login: 'changes', password: PASSWORD } });
    await losesAll(
      'password changed',
      first,
      () =>
        there.ask('/api/v1/me/password', {
          cookie: cookieFrom(second, 'muster-session'),
          body: { current: PASSWORD, next: 'another long password' },
        }),
      { slowly: true },
    );
  });

  it('when the identity provider says that they signed out', async () => {
    await asAdmin('/api/v1/people', {
      body: {
        login: 'comes-by-sso',
        name: 'S',
        ssoSubject: provider.subject,
        grants: [{ role: 'viewer', scope: { kind: 'branch', id: 'hall' } }],
      },
    });
    const start = await here.ask('/api/v1/sso/start');
    const flow = cookieFrom(start, 'muster-sso');
    const back = new URL(provider.signIn(start.headers.get('location') ?? ''));
    const returned = await here.ask(back.pathname + back.search, { cookie: flow });
    const form = new URLSearchParams({ logout_token: await provider.logoutToken() });
    await losesAll('back-channel sign-out', cookieFrom(returned, 'muster-session'), () =>
      fetch(`${there.server.address}/api/v1/sso/back-channel-logout`, { method: 'POST', body: form }),
    );
  });

  it('when the wall is revoked', async () => {
    const wall = await pairWall(here, admin.cookie);
    await losesAll(
      'wall revoked',
      wall.cookie,
      () => asAdmin(`/api/v1/devices/${wall.id}/revoke`, { body: {} }),
      { view: 'customerWall' },
    );
  });

  it.each([
    ['role removed', { kind: 'branch', id: 'hall' }],
    ['region removed', { kind: 'region', id: 'east' }],
  ] as const)('when it is a grant: %s; the socket stays for what is left', async (name, scope) => {
    const { cookie, id } = await here.enter(name.replace(' ', '-'), 'viewer', scope);
    await asAdmin(`/api/v1/people/${id}/grants`, {
      body: { role: 'viewer', scope: { kind: 'branch', id: 'far' } },
    });
    const [grant] = (await here.kept.people.get(id)).grants.filter(
      (each) => each.scope.kind === scope.kind && !('id' in each.scope && each.scope.id === 'far'),
    );
    const { ms, ended } = await lastByte(cookie, () =>
      asAdmin(`/api/v1/people/${id}/grants/${grant?.id ?? ''}/remove`, { body: {} }),
    );
    measured[name] = Math.round(ms);
    expect(ms).toBeLessThanOrEqual(LIMIT_MS);
    expect(ended).toBe(false);
    expect((await here.ask('/api/v1/branches/hall', { cookie })).status).toBe(404);
    expect((await here.ask('/api/v1/branches/far', { cookie })).status).toBe(200);
  });

  it('when it is the key of a source: the next post is refused', async () => {
    const { key, entry } = (await asAdmin('/api/v1/source-keys', {
      body: { source: 'ticket machine', branches: ['hall'], types: ['source.heartbeat'] },
    })) as { key: string; entry: { id: string } };
    const post = () =>
      here.server.post([{ id: `k${++told}`, at: Date.now(), type: 'source.heartbeat' }], { key });
    await until(async () => (await post()).status === 200, 'the key on the other node');
    const other = [{ id: 'k', at: Date.now(), type: 'contact.queued', contact: 'k', queue: 'personal' }];
    expect(await (await here.server.post(other, { key })).json()).toMatchObject({
      rejected: [{ reason: 'type-not-allowed' }],
    });
    const asked = performance.now();
    await asAdmin(`/api/v1/source-keys/${entry.id}/revoke`, { body: {} });
    await until(async () => (await post()).status === 401, 'the key refused', LIMIT_MS);
    measured['source key revoked'] = Math.round(performance.now() - asked);
  });
});

describe('[SF1] a right that is given', () => {
  it('is there at once, without a new sign-in', async () => {
    const { cookie, id } = await here.enter('gains', 'viewer', { kind: 'branch', id: 'far' });
    const seat = await openConsole(here.server.address, cookie);
    expect((await seat.ask({ view: 'floor', branch: 'hall' })).ok).toBe(false);
    const asked = performance.now();
    await asAdmin(`/api/v1/people/${id}/grants`, {
      body: { role: 'viewer', scope: { kind: 'branch', id: 'hall' } },
    });
    await until(async () => (await seat.ask({ view: 'floor', branch: 'hall' })).ok, 'the branch', LIMIT_MS);
    measured['branch added'] = Math.round(performance.now() - asked);
    seat.close();
  });
});

describe('[SF1] with Redis away', () => {
  it('the node that took the right closes its socket at once, another one at its next sweep', async () => {
    const { cookie, session } = await here.enter('cut-off', 'viewer');
    const seat = await openConsole(here.server.address, cookie);
    const far = await openConsole(there.server.address, cookie);
    await redis.kill();
    const asked = performance.now();
    await asAdmin(`/api/v1/sessions/${session}/end`, { body: {} }, here);
    await until(() => !seat.socket.connected, 'the end of the socket', LIMIT_MS);
    measured['with Redis away, same node'] = Math.round(performance.now() - asked);
    await until(() => !far.socket.connected, 'the end of the other socket', SWEEP_LIMIT_MS);
    measured['with Redis away, other node'] = Math.round(performance.now() - asked);
    await redis.start();
  });
});
