/** Single sign-on with an honest provider, and with every lie a provider or somebody between could tell. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type IdentityProvider,
  ssoSettings,
  startIdentityProvider,
} from '#test/support/identity-provider.ts';
import { cookieFrom, type Entered, type OwnSite, type Secured, startOwnSite } from '#test/support/secured.ts';

let site: OwnSite;
let secured: Secured;
let admin: Entered;
let provider: IdentityProvider;

beforeAll(async () => {
  site = await startOwnSite();
  ({ secured, admin } = site);
  provider = await startIdentityProvider();
  await secured.ask('/api/v1/sso', { method: 'PUT', cookie: admin.cookie, body: ssoSettings(provider) });
  const person = { login: 'sso-person', name: 'S', ssoSubject: provider.subject };
  await secured.ask('/api/v1/people', { cookie: admin.cookie, body: person });
});
afterEach(() => {
  provider.lie = {};
});
afterAll(async () => {
  await site.remove();
  await provider.close();
});

interface Begun {
  flow: string;
  /** Where the provider sends the browser. */
  back: URL;
}
async function begin(path = '/api/v1/sso/start', cookie?: string): Promise<Begun> {
  const start = await secured.ask(path, { cookie });
  expect(start.status).toBe(302);
  return {
    flow: cookieFrom(start, 'muster-sso'),
    back: new URL(provider.signIn(start.headers.get('location') ?? '')),
  };
}
const finish = ({ flow, back }: Begun, cookie = flow) => secured.ask(back.pathname + back.search, { cookie });
const entered = (response: Response): boolean =>
  response.headers.getSetCookie().some((each) => /^muster-session=.{20}/.test(each));

describe('single sign-on', () => {
  it('lets in who is known by issuer and subject', async () => {
    const response = await finish(await begin());
    expect(response.headers.get('location')).toBe('/');
    const cookie = cookieFrom(response, 'muster-session');
    const me = (await (await secured.ask('/api/v1/me', { cookie })).json()) as {
      signedIn: { login: string };
    };
    expect(me.signedIn.login).toBe('sso-person');
  });

  it('never shows the secret of the client', async () => {
    const shown = await (await secured.ask('/api/v1/sso', { cookie: admin.cookie })).text();
    expect(shown).not.toContain('a secret of the client');
    const rows = await secured.kept.store.read((db) => db.selectFrom('settings').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain('a secret of the client');
  });

  it.each([
    ['another nonce', { nonce: 'of somebody else' }],
    ['another issuer in the token', { iss: 'https://evil.example' }],
    ['another issuer on the way back (mix-up)', { returnIss: 'https://evil.example' }],
    ['a token for another client', { aud: 'another client' }],
    ['a token that is over', { expired: true }],
    ['a token nobody signed', { unsigned: true }],
    ['a token signed with another key', { otherKey: true }],
  ] as const)('does not believe %s', async (_lie, lie) => {
    provider.lie = lie;
    const response = await finish(await begin());
    expect(response.headers.get('location')).toBe('/sign-in?sso=failed');
    expect(entered(response)).toBe(false);
  });

  it('does not let in with another state, without the cookie of its start, or twice', async () => {
    const changed = await begin();
    changed.back.searchParams.set('state', 'another');
    expect(entered(await finish(changed))).toBe(false);
    const stolen = await begin();
    expect(entered(await finish(stolen, ''))).toBe(false);
    expect(entered(await finish(stolen, (await begin()).flow))).toBe(false);
    const once = await begin();
    expect(entered(await finish(once))).toBe(true);
    expect(entered(await finish(once))).toBe(false);
  });

  it('does not let in somebody nobody added', async () => {
    provider.subject = 'a stranger';
    const response = await finish(await begin());
    provider.subject = 'subject-1';
    expect(response.headers.get('location')).toBe('/sign-in?sso=unknown');
    expect(entered(response)).toBe(false);
  });

  it('joins the account that is signed in, and sends to no address but its own', async () => {
    const { cookie } = await secured.enter('joins', 'viewer');
    provider.subject = 'subject-2';
    const begun = await begin('/api/v1/sso/start?link=yes', cookie);
    expect((await finish(begun)).headers.get('location')).toBe('/');
    provider.subject = 'subject-1';
    expect((await secured.kept.people.bySubject('subject-2'))?.login).toBe('joins');
    for (const name of ['next', 'return', 'redirect'])
      expect((await secured.ask(`/api/v1/sso/start?${name}=https://evil.example`)).status).toBe(422);
  });

  it.each([
    ['no event', { events: {} }],
    ['a nonce', { nonce: 'x' }],
    ['an age', { iat: Math.floor(Date.now() / 1_000) - 3_600 }],
  ])('ends no session for a sign-out token with %s', async (_fault, claims) => {
    const cookie = cookieFrom(await finish(await begin()), 'muster-session');
    const token = 'iat' in claims ? 'not.a.token' : await provider.logoutToken(claims);
    const response = await fetch(`${secured.server.address}/api/v1/sso/back-channel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
    expect(response.status).toBe(422);
    expect((await secured.ask('/api/v1/branches', { cookie })).status).toBe(403);
  });
});
