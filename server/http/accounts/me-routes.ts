/** Who is signed in here, and what they change about themselves. */
import { type Response, Router } from 'express';
import { ACTIONS, leadingRole } from '#shared/access.ts';
import { ChangePassword, Code, ConfirmPassword, Display, type Me, Nothing } from '#shared/accounts.ts';
import type { Accounts, KeptAccounts } from '../../auth/accounts.ts';
import { authorize, type Person, type Principal } from '../../auth/authorize.ts';
import { caller } from '../../auth/caller.ts';
import type { OwnRefusal } from '../../auth/own-account.ts';
import { body, readBody } from '../body.ts';
import { Refusal } from '../refuse.ts';

/** Who looks at this page, and how one can come in. */
export async function meOf({ mode, kept }: Accounts, principal: Principal): Promise<Me> {
  if (kept === null)
    return {
      accounts: 'off',
      signedIn: null,
      device: null,
      waysIn: { password: false, sso: null, demo: [] },
    };
  const demo = mode === 'demo' ? (await kept.people.list()).filter((each) => each.demo) : [];
  return {
    accounts: mode,
    signedIn: principal.kind === 'person' ? await signedIn(kept, principal) : null,
    device: principal.kind === 'device' ? await deviceOf(kept.devices, principal.id) : null,
    waysIn: {
      password: true,
      sso: (await kept.sso.settings())?.label ?? null,
      demo: demo.map(({ login, name, grants }) => ({ login, name, role: leadingRole(grants) })),
    },
  };
}

async function deviceOf(devices: KeptAccounts['devices'], of: string): Promise<Me['device']> {
  const device = await devices.get(of);
  if (!device) return null;
  const { id, name, branch, view, inches, metres } = device;
  return { id, name, branch, view, inches, metres };
}

async function signedIn(
  { people, own }: KeptAccounts,
  principal: Person,
): Promise<NonNullable<Me['signedIn']>> {
  const { id, login, name, demo, hasPassword, hasTotp, ssoSubject } = await people.get(principal.id);
  return {
    id,
    login,
    name,
    demo,
    hasPassword,
    hasTotp,
    hasSso: ssoSubject !== null,
    grants: [...principal.grants],
    actions: ACTIONS.filter((action) => authorize(principal, action, 'somewhere')),
    display: await own.displayOf(principal),
    endsAt: principal.session?.endsAt ?? null,
  };
}

/** `GET /me`; the rest only while there are accounts. */
export function meRoutes(accounts: Accounts): Router {
  const routes = Router().get('/api/v1/me', async (_request, response) => {
    response.json(await meOf(accounts, caller().principal));
  });
  const { kept } = accounts;
  if (kept === null) return routes;
  const { own, sessions } = kept;
  return routes
    .post('/api/v1/me/display', readBody, async (request, response) => {
      await own.chooseDisplay(me(), body(Display, request));
      response.json({});
    })
    .post('/api/v1/me/password', readBody, async (request, response) => {
      const { current, next } = body(ChangePassword, request);
      done(response, await own.changePassword(me(), current, next));
    })
    .post('/api/v1/me/totp/begin', readBody, async (request, response) => {
      const begun = await own.beginTotp(me(), body(ConfirmPassword, request).password);
      if (typeof begun === 'string') done(response, begun);
      else response.json(begun);
    })
    .post('/api/v1/me/totp/confirm', readBody, async (request, response) => {
      done(response, await own.confirmTotp(me(), body(Code, request).code));
    })
    .post('/api/v1/me/totp/remove', readBody, async (request, response) => {
      done(response, await own.removeTotp(me(), body(ConfirmPassword, request).password));
    })
    .get('/api/v1/me/sessions', async (_request, response) => {
      response.json({ sessions: await sessions.list(me().id) });
    })
    .post('/api/v1/me/sessions/:id/end', readBody, async (request, response) => {
      body(Nothing, request);
      if (!(await own.endSession(me(), String(request.params['id'])))) throw new Refusal('not-found');
      response.json({});
    });
}

/** The person who asks; a visitor of the demonstration has no account of their own to change. */
function me(): Person {
  const { principal } = caller();
  if (principal.kind !== 'person' || principal.session === null) throw new Refusal('forbidden');
  return principal;
}

function done(response: Response, result: OwnRefusal | 'done'): void {
  if (result === 'too-often') throw new Refusal('too-many-requests');
  if (result !== 'done') throw new Refusal('invalid', result);
  response.json({});
}
