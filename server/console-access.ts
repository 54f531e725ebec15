/** Joins accounts with the edges: who a request or a socket is of, what they get, and who hears when that changes. */
import type { RequestHandler, Router } from 'express';
import type { Action } from '#shared/access.ts';
import type { WatchRequest } from '#shared/protocol.ts';
import type { Accounts } from './auth/accounts.ts';
import { authorize, type Principal, type SourcePrincipal } from './auth/authorize.ts';
import { caller } from './auth/caller.ts';
import type { Change } from './auth/changes.ts';
import { narrowed, placeOf } from './auth/visible.ts';
import type { Clock } from './clock.ts';
import { auditRoutes } from './http/accounts/audit-routes.ts';
import { deviceRoutes } from './http/accounts/device-routes.ts';
import { meRoutes } from './http/accounts/me-routes.ts';
import { peopleRoutes } from './http/accounts/people-routes.ts';
import { signInRoutes } from './http/accounts/sign-in-routes.ts';
import { sourceKeyRoutes } from './http/accounts/source-key-routes.ts';
import { ssoRoutes } from './http/accounts/sso-routes.ts';
import type { OriginRule } from './http/allowed-origin.ts';
import { clientAddress } from './http/client-address.ts';
import { createCookies } from './http/cookies.ts';
import { gate, presented } from './http/gate.ts';
import type { Logger } from './logger.ts';
import type { Network } from './network.ts';
import type { ViewRequest } from './publish/view-source.ts';
import type { GatewayParts } from './realtime/gateway.ts';
import type { RightsCheck } from './realtime/rights-check.ts';

/** Rights of open sockets are looked at again this often, whatever was heard, ms. */
const SWEEP_MS = 15_000;

export interface ConsoleAccess {
  gate: RequestHandler;
  routes: Router[];
  /** What the gateway needs to know of whoever opens a socket. */
  sockets: Pick<GatewayParts, 'identify' | 'renew' | 'narrowed'>;
  /** True when whoever asks may do this in this branch. */
  may(action: Action, branch: string): boolean;
  /** True when whoever asks may do this in all branches, those that come too. */
  mayEverywhere(action: Action): boolean;
  /** A view as whoever asks may have it. */
  narrowed(request: WatchRequest): ViewRequest | null;
  /** The name of whoever asks, for records. */
  callerName(): string;
  sourceOf(key: string): SourcePrincipal | undefined;
  /** Keeps open sockets in step with rights; to be ended by what it gives. */
  follow(recheck: RightsCheck): () => void;
}

/** Access to one server. */
export function createConsoleAccess(parts: {
  accounts: Accounts;
  network: Network;
  origin: OriginRule;
  /** The origin browsers use. */
  ownOrigin: () => string;
  secure: boolean;
  proxies: number;
  clock: Clock;
  logger: Logger;
}): ConsoleAccess {
  const { accounts, network, origin, ownOrigin, secure, proxies, clock, logger } = parts;
  const cookies = createCookies(secure);
  const request = { cookies, addressOf: clientAddress(proxies) };
  const may = (action: Action, branch: string): boolean =>
    authorize(caller().principal, action, placeOf(network, branch));

  const { kept } = accounts;
  const routes = [meRoutes(accounts)];
  if (kept !== null) {
    const mayKeep = (branch: string): boolean =>
      network.branch(branch) !== undefined && may('keepDevices', branch);
    routes.push(
      signInRoutes(accounts, kept, cookies),
      peopleRoutes(kept),
      deviceRoutes({ kept, cookies, clock, mayKeep }),
      sourceKeyRoutes(kept, network),
      ssoRoutes({ kept, cookies, ownOrigin, now: clock.now, logger }),
      auditRoutes(kept),
    );
  }

  return {
    gate: gate({ accounts, origin, ...request }),
    routes,
    sockets: {
      identify: (handshake) => accounts.identify(presented(handshake, request)),
      renew: accounts.renew,
      narrowed: (principal, asked) => narrowed(principal, asked, network),
    },
    may,
    mayEverywhere: (action) => authorize(caller().principal, action, 'everywhere'),
    narrowed: (asked) => narrowed(caller().principal, asked, network),
    callerName: () => nameOf(caller().principal),
    sourceOf(key) {
      const ofFile = network.sourceKey(key);
      return ofFile === undefined
        ? accounts.sourceOf(key)
        : { kind: 'source', source: ofFile.source, branches: ofFile.branches };
    },
    follow(recheck) {
      const check = (concerns?: (principal: Principal) => boolean): Promise<string[]> =>
        recheck(concerns).catch((error: unknown) => {
          logger.warn({ err: error }, 'rights of open sockets could not be checked');
          return [];
        });
      accounts.hear((change) => {
        if (!('keys' in change)) void check((principal) => isAbout(change, principal));
      });
      const sweeping = setInterval(() => {
        // A console on screen is in use, though nobody touches it.
        void check().then((hashes) => accounts.kept?.sessions.touch(hashes).catch(() => undefined));
      }, SWEEP_MS);
      return () => {
        clearInterval(sweeping);
      };
    },
  };
}

function isAbout(change: Exclude<Change, { keys: true }>, principal: Principal): boolean {
  if ('device' in change) return principal.kind === 'device' && principal.id === change.device;
  if (principal.kind !== 'person') return false;
  return 'person' in change ? principal.id === change.person : principal.session?.id === change.session;
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'person':
      return principal.name;
    case 'device':
      return principal.name;
    case 'source':
      return principal.source;
    case 'console':
      return 'console';
    case 'nobody':
      return '';
    default:
      return principal satisfies never;
  }
}
