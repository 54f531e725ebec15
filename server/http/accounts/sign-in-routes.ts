/** Coming in and going out. */
import { type Request, type Response, Router } from 'express';
import { DemoSignIn, LinkToken, Nothing, SignIn, type SignInAnswer, UseLink } from '#shared/accounts.ts';
import type { Accounts, KeptAccounts } from '../../auth/accounts.ts';
import { hashOf } from '../../auth/secrets.ts';
import type { Started } from '../../auth/sign-in.ts';
import { body, readBody } from '../body.ts';
import type { Cookies } from '../cookies.ts';
import { Refusal } from '../refuse.ts';
import { meOf } from './me-routes.ts';

/** The routes; `kept` are the accounts' parts. */
export function signInRoutes(accounts: Accounts, { desk }: KeptAccounts, cookies: Cookies): Router {
  /** The browser has a new session; the one it had before is over, so that none can be planted on it. */
  const enter = async (request: Request, response: Response, { token, endsAt }: Started) => {
    await leave(request);
    cookies.set(response, 'session', token, endsAt);
    const { credential, principal } = await accounts.identify({
      session: token,
      device: undefined,
      address: '',
    });
    if (credential?.hash !== hashOf(token)) throw new Refusal('unauthorized');
    return meOf(accounts, principal);
  };
  const leave = async (request: Request): Promise<void> => {
    const before = cookies.read(request, 'session');
    if (before === undefined) return;
    const { principal } = await accounts.identify({ session: before, device: undefined, address: '' });
    if (principal.kind === 'person' && principal.session !== null) await desk.signOut(principal.session.id);
  };

  return Router()
    .post('/api/v1/sign-in', readBody, async (request, response) => {
      const tried = body(SignIn, request);
      const started = await desk.byPassword(tried, browserOf(request));
      if (started === 'wrong') throw new Refusal('unauthorized');
      if (started === 'too-often') throw new Refusal('too-many-requests');
      const answer: SignInAnswer =
        started === 'code-needed'
          ? { step: 'code' }
          : { step: 'done', me: await enter(request, response, started) };
      response.json(answer);
    })
    .post('/api/v1/sign-in/demo', readBody, async (request, response) => {
      const { login } = body(DemoSignIn, request);
      const mayVisit = accounts.mode === 'demo' && (await isVisitor(accounts, request));
      const started = mayVisit ? await desk.asDemo(login, browserOf(request)) : null;
      if (started === null) throw new Refusal('not-found');
      response.json(await enter(request, response, started));
    })
    .post('/api/v1/sign-out', readBody, async (request, response) => {
      body(Nothing, request);
      await leave(request);
      cookies.clear(response, 'session');
      response.json({});
    })
    .post('/api/v1/links/open', readBody, async (request, response) => {
      const link = await desk.openLink(body(LinkToken, request).token);
      if (link === null) throw new Refusal('not-found');
      response.json(link);
    })
    .post('/api/v1/links/use', readBody, async (request, response) => {
      const started = await desk.useLink(body(UseLink, request), browserOf(request));
      if (started === 'token') throw new Refusal('not-found');
      if (typeof started === 'string') throw new Refusal('invalid', started);
      response.json(await enter(request, response, started));
    });
}

/** What the browser says it is. */
export const browserOf = (request: Request): string => request.headers['user-agent'] ?? '';

/** True when whoever comes from there without a session is let into the demonstration. */
async function isVisitor(accounts: Accounts, request: Request): Promise<boolean> {
  const address = request.socket.remoteAddress ?? '';
  const { principal } = await accounts.identify({ session: undefined, device: undefined, address });
  return principal.kind === 'person';
}
