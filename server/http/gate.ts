/** What every request passes before it reaches a route: is it ours, who is it, may they; deny by default. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Access } from '#shared/access.ts';
import type { Accounts, Presented } from '../auth/accounts.ts';
import { authorize, type Principal } from '../auth/authorize.ts';
import { type Caller, runAs } from '../auth/caller.ts';
import { accessOf } from './access-table.ts';
import type { OriginRule } from './allowed-origin.ts';
import type { Cookies } from './cookies.ts';
import { Refusal } from './refuse.ts';

export interface GateParts {
  accounts: Accounts;
  cookies: Cookies;
  origin: OriginRule;
  /** Where a connection comes from, behind as many proxies as are ours. */
  addressOf: (request: IncomingMessage) => string;
}

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
/** Steps that change nothing yet, asked again and again; what comes of them is told. */
const UNTOLD = new Set([
  'POST /api/v1/me/report',
  'POST /api/v1/pairing',
  'POST /api/v1/pairing/poll',
  'POST /api/v1/links/open',
  'POST /api/v1/sign-in',
]);
/** Questions too long for an address, and how somebody's own pages look: nothing of the organisation changes. Denials are told. */
const CHANGES_NOTHING = new Set([
  'POST /api/v1/what-if',
  'POST /api/v1/alert-rules/back-test',
  'POST /api/v1/target-versions/preview',
  'POST /api/v1/me/display',
]);
/** A password is checked; when too many wait they are turned away before more is read of them. */
const CHECKS_PASSWORD = new Set([
  'POST /api/v1/sign-in',
  'POST /api/v1/links/use',
  'POST /api/v1/me/password',
  'POST /api/v1/me/totp/begin',
  'POST /api/v1/me/totp/remove',
]);
/** Called by an identity provider, not by a page; its token says who it is. */
const FROM_OUTSIDE = 'POST /api/v1/sso/back-channel-logout';

/** What a request brings along. */
export const presented = (
  request: IncomingMessage,
  { cookies, addressOf }: Pick<GateParts, 'cookies' | 'addressOf'>,
): Presented => ({
  session: cookies.read(request, 'session'),
  device: cookies.read(request, 'device'),
  address: addressOf(request),
});

/** The gate in front of everything under `/api`. */
export function gate(parts: GateParts): RequestHandler {
  const { accounts, origin } = parts;
  return async (request, response, next) => {
    if (!request.path.startsWith('/api/')) {
      next();
      return;
    }
    const access = accessOf(request.method, request.path);
    if (!access) throw new Refusal('not-found');
    if (CHECKS_PASSWORD.has(access.route) && accounts.kept?.passwords.isFull() === true)
      throw new Refusal('too-many-requests');
    if (access.route !== FROM_OUTSIDE) refuseForgery(request, origin);
    response.set('Cache-Control', 'no-store');
    const brought = presented(request, parts);
    const { principal } = await accounts.identify(brought);
    const asking: Caller = { principal, address: brought.address, requestId: randomUUID() };
    runAs(asking, () => {
      noteWhatBecame(accounts, asking, access.route, request, response);
      const refusal = refusalFor(principal, access);
      if (refusal === null) next();
      else next(new Refusal(refusal));
    });
  };
}

/** Another page in somebody's browser may make it send requests, with its cookies: not of this kind, and not from there. */
function refuseForgery(request: Request, origin: OriginRule): void {
  if (!CHANGES.has(request.method)) return;
  if (request.headers.origin !== undefined && !origin.allowsSocket(request)) throw new Refusal('forbidden');
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Refusal('forbidden');
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new Refusal('unsupported-media-type');
}

function refusalFor(
  principal: Principal,
  { needs, places, devices }: Access,
): 'unauthorized' | 'forbidden' | null {
  if (needs === 'open') return null;
  if (principal.kind === 'nobody') return 'unauthorized';
  if (principal.kind === 'device' && devices !== true) return 'forbidden';
  if (needs === 'person') return principal.kind === 'person' ? null : 'forbidden';
  if (needs === 'source') return 'unauthorized';
  return authorize(principal, needs, places === 'all' ? 'everywhere' : 'somewhere') ? null : 'forbidden';
}

/** Denied acts, and changes whose own code wrote no entry, are in the audit trail all the same. */
function noteWhatBecame(
  accounts: Accounts,
  asking: Caller,
  route: string,
  request: Request,
  response: Response,
): void {
  if (accounts.mode === 'off' || UNTOLD.has(route)) return;
  const { originalUrl } = request;
  response.once('finish', () => {
    const { statusCode } = response;
    const isDenied = statusCode === 403 || (statusCode === 404 && asking.principal.kind !== 'nobody');
    const mayChange = CHANGES.has(request.method) && !CHANGES_NOTHING.has(route);
    const isDone = mayChange && statusCode < 400 && asking.audited !== true;
    if (!isDenied && !isDone) return;
    const act = { action: route, subject: originalUrl };
    // An event of the response knows nothing of its request.
    runAs(asking, () => {
      accounts.note(isDenied ? { ...act, outcome: 'denied', after: { status: statusCode } } : act);
    });
  });
}
