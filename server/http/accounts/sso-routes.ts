/** Single sign-on: there and back, sign-out told by the provider, and its settings. */
import express, { Router } from 'express';
import { z } from 'zod';
import { Nothing } from '#shared/accounts.ts';
import { NewSsoSettings, type SsoSettings } from '#shared/administration.ts';
import type { KeptAccounts } from '../../auth/accounts.ts';
import { caller } from '../../auth/caller.ts';
import { SsoFailed } from '../../auth/sso-failed.ts';
import type { Logger } from '../../logger.ts';
import { body, readBody } from '../body.ts';
import type { Cookies } from '../cookies.ts';
import { query } from '../query.ts';
import { Refusal } from '../refuse.ts';
import { browserOf } from './sign-in-routes.ts';

const StartQuery = z.strictObject({ link: z.literal('yes').optional() });
const LogoutForm = z.object({ logout_token: z.string().max(16_384) });
const FLOW_COOKIE_MS = 600_000;
const CALLBACK = '/api/v1/sso/callback';
const LOGOUT = '/api/v1/sso/back-channel-logout';

export interface SsoRouteParts {
  kept: KeptAccounts;
  cookies: Cookies;
  /** The origin browsers use. */
  ownOrigin: () => string;
  now: () => number;
  logger: Logger;
}

/** The routes. */
export function ssoRoutes({ kept, cookies, ownOrigin, now, logger }: SsoRouteParts): Router {
  const { sso, desk, store, sessions, people, audit, announce } = kept;
  const settings = async (): Promise<SsoSettings> => {
    const known = await sso.settings();
    return {
      configured: known !== null,
      label: known?.label ?? '',
      issuer: known?.issuer ?? '',
      clientId: known?.clientId ?? '',
      hasSecret: (known?.secret ?? null) !== null,
      redirectUri: ownOrigin() + CALLBACK,
      backChannelLogoutUri: ownOrigin() + LOGOUT,
    };
  };

  return Router()
    .get('/api/v1/sso/start', async (request, response) => {
      const { link } = query(StartQuery, request);
      const { principal } = caller();
      const joins = link === 'yes' && principal.kind === 'person' && principal.session !== null;
      if (link === 'yes' && !joins) throw new Refusal('unauthorized');
      try {
        const { url, flow } = await sso.start(ownOrigin() + CALLBACK, joins ? principal.id : null);
        cookies.set(response, 'sso', flow, now() + FLOW_COOKIE_MS);
        response.redirect(url);
      } catch (error) {
        if (!(error instanceof SsoFailed)) throw error;
        logger.warn({ err: error }, 'single sign-on did not start');
        response.redirect('/sign-in?sso=failed');
      }
    })
    .get(CALLBACK, async (request, response) => {
      const flow = cookies.read(request, 'sso') ?? '';
      cookies.clear(response, 'sso');
      try {
        const current = new URL(request.originalUrl, ownOrigin());
        const started = await desk.bySso(current, flow, browserOf(request));
        if (started === null) {
          response.redirect('/sign-in?sso=unknown');
          return;
        }
        if (started !== 'joined') cookies.set(response, 'session', started.token, started.endsAt);
        response.redirect('/');
      } catch (error) {
        if (!(error instanceof SsoFailed)) throw error;
        logger.warn({ err: error }, 'single sign-on failed');
        audit.note({ action: 'signIn', outcome: 'denied', after: { how: 'sso' } });
        response.redirect('/sign-in?sso=failed');
      }
    })
    .post(LOGOUT, express.urlencoded({ extended: false, limit: '20kb' }), async (request, response) => {
      const form = LogoutForm.safeParse(request.body);
      if (!form.success) throw new Refusal('invalid', 'logout_token');
      let told: Awaited<ReturnType<typeof sso.loggedOut>>;
      try {
        told = await sso.loggedOut(form.data.logout_token);
      } catch (error) {
        if (!(error instanceof SsoFailed)) throw error;
        logger.warn({ err: error }, 'a sign-out of the identity provider was refused');
        throw new Refusal('invalid', 'logout_token');
      }
      const person = told.subject === undefined ? undefined : await people.bySubject(told.subject);
      const ended = await store.change(async (db) => {
        const gone =
          told.sid !== undefined
            ? await sessions.end(db, { ssoSid: told.sid })
            : person === undefined
              ? []
              : await sessions.end(db, { person: person.id });
        await audit.within(db, {
          action: 'sso.signedOut',
          subject: person?.login ?? '',
          after: { sessions: gone.length },
        });
        return gone;
      });
      for (const session of ended) announce({ session });
      response.json({});
    })
    .get('/api/v1/sso', async (_request, response) => {
      response.json(await settings());
    })
    .put('/api/v1/sso', readBody, async (request, response) => {
      await sso.set(body(NewSsoSettings, request));
      response.json(await settings());
    })
    .post('/api/v1/sso/remove', readBody, async (request, response) => {
      body(Nothing, request);
      await sso.remove();
      response.json({});
    });
}
