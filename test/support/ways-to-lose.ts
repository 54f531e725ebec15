/** Every way in which somebody who watches loses the right to, on a site of two nodes: how it is prepared, and how it is taken. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openConsole } from './console.ts';
import { type IdentityProvider, ssoSettings, startIdentityProvider } from './identity-provider.ts';
import { type AskOptions, cookieFrom, type Entered, pairWall, PASSWORD, type Secured } from './secured.ts';
import { until } from './until.ts';

export interface Site {
  /** The node that holds the sockets. */
  here: Secured;
  there: Secured;
  admin: Entered;
  provider: IdentityProvider;
  /** As the administrator, by default on the node that does not hold the socket; throws what is not answered by 200. */
  asAdmin(path: string, options: AskOptions, node?: Secured): Promise<unknown>;
  /** One more fact of the hall, so that whoever watches it gets a frame. */
  tellSomething(): Promise<void>;
}

/** A right that is about to be taken. */
export interface Loss {
  cookie: string;
  take(): Promise<unknown>;
  view?: 'customerWall';
  /** A password is checked before anything is taken: time counts from the answer. */
  slowly?: boolean;
}

/** The first administrator and an identity provider for two nodes on one folder. */
export async function openSite(here: Secured, there: Secured): Promise<Site> {
  const admin = await here.enter('admin', 'admin', { kind: 'all' });
  const provider = await startIdentityProvider();
  let told = 0;
  const asAdmin: Site['asAdmin'] = async (path, options, node = there) => {
    const response = await node.ask(path, { ...options, cookie: admin.cookie });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path} is answered ${response.status}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  await asAdmin('/api/v1/sso', { method: 'PUT', body: ssoSettings(provider) });
  return {
    here,
    there,
    admin,
    provider,
    asAdmin,
    async tellSomething() {
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
    },
  };
}

/** Ways that end all somebody may do; the socket is closed. Each can be prepared once on a site. */
export const ENDS: Record<string, (site: Site) => Promise<Loss>> = {
  async 'sign-out'({ here }) {
    const { cookie } = await here.enter('signs-out', 'viewer');
    return { cookie, take: () => here.ask('/api/v1/sign-out', { cookie, body: {} }) };
  },
  async 'session ended by an administrator'({ here, asAdmin }) {
    const { cookie, session } = await here.enter('ended', 'viewer');
    return { cookie, take: () => asAdmin(`/api/v1/sessions/${session}/end`, { body: {} }) };
  },
  async 'person disabled'({ here, asAdmin }) {
    const { cookie, id } = await here.enter('disabled', 'viewer');
    return { cookie, take: () => asAdmin(`/api/v1/people/${id}/disable`, { body: {} }) };
  },
  async 'account reset'({ here, asAdmin }) {
    const { cookie, id } = await here.enter('reset', 'viewer');
    return { cookie, take: () => asAdmin(`/api/v1/people/${id}/reset`, { body: {} }) };
  },
  async 'password changed elsewhere'({ here, there, asAdmin }) {
    const { id } = await here.enter('changes', 'viewer');
    const { link } = (await asAdmin(`/api/v1/people/${id}/reset`, { body: {} })) as {
      link: { path: string };
    };
    const token = link.path.split('#')[1];
    const used = await here.ask('/api/v1/links/use', { body: { token, password: PASSWORD } });
    const second = await there.ask('/api/v1/sign-in', { body: { login: 'changes', password: PASSWORD } });
    const body = { current: PASSWORD, next: 'another long password' };
    return {
      cookie: cookieFrom(used, 'muster-session'),
      take: () => there.ask('/api/v1/me/password', { cookie: cookieFrom(second, 'muster-session'), body }),
      slowly: true,
    };
  },
  async 'sign-out told by the identity provider'({ here, there, provider, asAdmin }) {
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
    const address = `${there.server.address}/api/v1/sso/back-channel-logout`;
    return {
      cookie: cookieFrom(returned, 'muster-session'),
      take: () => fetch(address, { method: 'POST', body: form }),
    };
  },
  async 'wall revoked'({ here, admin, asAdmin }) {
    const { id, cookie } = await pairWall(here, admin.cookie);
    return {
      cookie,
      take: () => asAdmin(`/api/v1/devices/${id}/revoke`, { body: {} }),
      view: 'customerWall',
    };
  },
};

/** Ways that leave something: the socket stays for it. */
export const NARROWS: typeof ENDS = {
  'role taken away': (site) => losesGrant(site, 'role', { kind: 'branch', id: 'hall' }),
  'region taken away': (site) => losesGrant(site, 'region', { kind: 'region', id: 'east' }),
};

async function losesGrant(
  { here, asAdmin }: Site,
  login: string,
  scope: { kind: 'branch' | 'region'; id: string },
): Promise<Loss> {
  const { cookie, id } = await here.enter(login, 'viewer', scope);
  await asAdmin(`/api/v1/people/${id}/grants`, {
    body: { role: 'viewer', scope: { kind: 'branch', id: 'far' } },
  });
  const { grants } = await here.kept.people.get(id);
  const grant = grants.find((each) => 'id' in each.scope && each.scope.id === scope.id);
  return {
    cookie,
    take: () => asAdmin(`/api/v1/people/${id}/grants/${grant?.id ?? ''}/remove`, { body: {} }),
  };
}

/** Facts come this often while a right is taken, ms. */
const TELL_EVERY_MS = 20;
/** Somebody who lost it is listened to for so long, ms. */
const LISTEN_MS = 1_500;

export interface LastByte {
  /** From the request that took the right to the last frame received, or to the word that it is over, ms. */
  ms: number;
  /** The socket was closed. */
  ended: boolean;
  /** What the console was told of it. */
  word: string;
}

/** Watches a view at `here` while facts come and the right to it is taken. */
export async function lastByte(site: Site, loss: Loss): Promise<LastByte> {
  const { cookie, take, view = 'floor', slowly = false } = loss;
  const seat = await openConsole(site.here.server.address, cookie);
  const { channel } = await seat.watch({ view, branch: 'hall' });
  let last = -Infinity;
  let word = '';
  for (const event of ['frame', 'heartbeat'] as const)
    seat.socket.on(event, (of: number) => {
      if (of === channel) last = performance.now();
    });
  seat.socket.on('access', (change) => {
    word = change;
    last = performance.now();
  });
  await site.tellSomething();
  await until(() => last > 0, 'a frame before the right is taken');
  const asked = performance.now();
  let taken = asked;
  const taking = take().then(() => {
    if (slowly) taken = performance.now();
  });
  while (performance.now() - asked < LISTEN_MS) {
    await site.tellSomething();
    await sleep(TELL_EVERY_MS);
  }
  await taking;
  const ended = !seat.socket.connected;
  seat.close();
  return { ms: Math.max(0, last - taken), ended, word };
}

/** A source's key is revoked on one node; until the other refuses its posts, ms. */
export async function keyRevoked({ here, asAdmin }: Site): Promise<number> {
  const { key, entry } = (await asAdmin('/api/v1/source-keys', {
    body: { source: 'ticket machine', branches: ['hall'], types: ['source.heartbeat'] },
  })) as { key: string; entry: { id: string } };
  let posts = 0;
  const post = async (): Promise<number> => {
    const beat = [{ id: `k${++posts}`, at: Date.now(), type: 'source.heartbeat' }];
    return (await here.server.post(beat, { key })).status;
  };
  await until(async () => (await post()) === 200, 'the key on the other node');
  const asked = performance.now();
  await asAdmin(`/api/v1/source-keys/${entry.id}/revoke`, { body: {} });
  await until(async () => (await post()) === 401, 'the key refused');
  return performance.now() - asked;
}
