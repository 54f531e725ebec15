/** Single sign-on: OpenID Connect's code flow with PKCE, state and nonce; people are known by issuer and subject, never by e-mail. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { NewSsoSettings } from '#shared/administration.ts';
import type { Clock } from '../clock.ts';
import type { AccountStore } from './account-store.ts';
import type { Audit } from './audit.ts';
import type { Seal } from './secrets.ts';
import { SsoFailed } from './sso-failed.ts';

/** What is kept; the secret is sealed. */
const Kept = z.object({
  label: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  secret: z.string().nullable(),
});
type Kept = z.infer<typeof Kept>;

const SETTING = 'sso';
/** The provider's own description is read again after this, ms. */
const DISCOVER_EVERY_MS = 600_000;
/** From the start at our side to the return, ms. */
const FLOW_MS = 600_000;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** A logout token may be this old, s. */
const LOGOUT_MAX_AGE_S = 120;
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/;

/** What a browser carries through the provider and back, sealed in a cookie. */
const Flow = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  /** Epoch ms. */
  until: z.number(),
  /** The person whose account is to be joined. */
  link: z.string().nullable(),
});

export interface SsoReturn {
  subject: string;
  /** The provider's name of its session. */
  sid: string | undefined;
  link: string | null;
}

export interface Sso {
  settings(): Promise<Kept | null>;
  set(settings: z.output<typeof NewSsoSettings>): Promise<void>;
  remove(): Promise<void>;
  /** Where to send the browser, and what it must bring back. Throws {@link SsoFailed}. */
  start(redirectUri: string, link: string | null): Promise<{ url: string; flow: string }>;
  /** Who came back. Throws {@link SsoFailed}. */
  finish(current: URL, flow: string): Promise<SsoReturn>;
  /** Whose sessions a logout token of the provider ends. Throws {@link SsoFailed}. */
  loggedOut(token: string): Promise<{ subject?: string | undefined; sid?: string | undefined }>;
}

/** Single sign-on as set in a store. */
export function createSso(parts: { store: AccountStore; audit: Audit; seal: Seal; clock: Clock }): Sso {
  const { store, audit, seal, clock } = parts;
  let discovered: { key: string; at: number; configuration: oidc.Configuration } | undefined;

  const settings = async (): Promise<Kept | null> => {
    const row = await store.read((db) =>
      db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst(),
    );
    return row === undefined ? null : Kept.parse(JSON.parse(row.value));
  };

  const discover = async (): Promise<{ kept: Kept; configuration: oidc.Configuration }> => {
    const kept = await settings();
    if (kept === null) throw new SsoFailed('it is not set up');
    const key = JSON.stringify(kept);
    if (discovered?.key === key && clock.now() - discovered.at < DISCOVER_EVERY_MS)
      return { kept, configuration: discovered.configuration };
    const secret = kept.secret === null ? undefined : (seal.open(kept.secret) ?? undefined);
    const configuration = await failing(() =>
      oidc.discovery(
        new URL(kept.issuer),
        kept.clientId,
        secret,
        secret === undefined ? oidc.None() : undefined,
        {
          execute: [
            // Who came is believed for the provider's signature, not only for the connection it was fetched over.
            oidc.enableNonRepudiationChecks,
            // Plain HTTP only to a provider on this machine.
            ...(LOOPBACK.test(kept.issuer) ? [oidc.allowInsecureRequests] : []),
          ],
        },
      ),
    );
    discovered = { key, at: clock.now(), configuration };
    return { kept, configuration };
  };

  return {
    settings,
    async set({ label, issuer, clientId, clientSecret }) {
      const before = await settings();
      const secret = clientSecret === undefined ? (before?.secret ?? null) : seal.seal(clientSecret);
      const value = JSON.stringify({ label, issuer, clientId, secret } satisfies Kept);
      await store.change(async (db) => {
        await db
          .insertInto('settings')
          .values({ name: SETTING, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute();
        const shown = before && { label: before.label, issuer: before.issuer, clientId: before.clientId };
        await audit.within(db, { action: 'sso.set', before: shown, after: { label, issuer, clientId } });
      });
    },
    async remove() {
      await store.change(async (db) => {
        await db.deleteFrom('settings').where('name', '=', SETTING).execute();
        await audit.within(db, { action: 'sso.removed' });
      });
    },
    async start(redirectUri, link) {
      const { configuration } = await discover();
      const flow = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        until: clock.now() + FLOW_MS,
        link,
      };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, flow: seal.seal(JSON.stringify(flow)) };
    },
    async finish(current, sealed) {
      const opened = seal.open(sealed);
      const flow = opened === null ? null : Flow.parse(JSON.parse(opened));
      if (flow === null || flow.until <= clock.now())
        throw new SsoFailed('it took too long, or began elsewhere');
      const { configuration } = await discover();
      const tokens = await failing(() =>
        oidc.authorizationCodeGrant(configuration, current, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        }),
      );
      const claims = tokens.claims();
      if (!claims) throw new SsoFailed('the provider said nothing of who came');
      const sid = claims['sid'];
      return { subject: claims.sub, sid: typeof sid === 'string' ? sid : undefined, link: flow.link };
    },
    async loggedOut(token) {
      const { kept, configuration } = await discover();
      const { issuer, jwks_uri } = configuration.serverMetadata();
      if (jwks_uri === undefined) throw new SsoFailed('the provider shows no keys');
      const { payload } = await failing(() =>
        jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
          issuer,
          audience: kept.clientId,
          maxTokenAge: LOGOUT_MAX_AGE_S,
          requiredClaims: ['events', 'jti'],
        }),
      );
      const { sub, sid, nonce, events } = payload as typeof payload & {
        sid?: unknown;
        nonce?: unknown;
        events?: unknown;
      };
      const isLogout = typeof events === 'object' && events !== null && LOGOUT_EVENT in events;
      if (!isLogout || nonce !== undefined) throw new SsoFailed('that is no logout token');
      const known = typeof sid === 'string' ? sid : undefined;
      if (sub === undefined && known === undefined) throw new SsoFailed('the logout token names nobody');
      return { subject: sub, sid: known };
    },
  };
}

async function failing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new SsoFailed(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
