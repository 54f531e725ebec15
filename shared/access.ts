/**
 * Who may do what, in one table for HTTP, sockets and pages (rule SF1). What is not here is refused: a server with a
 * route or socket event that is missing from the table does not start, and a test names it.
 */
import { z } from 'zod';
import { Id } from './ids.ts';
import type { ClientEvents } from './protocol.ts';

export const ROLES = ['viewer', 'shiftLead', 'supervisor', 'manager', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What somebody can do with a branch, or with the installation. */
export const ACTIONS = [
  /** Live views. */
  'see',
  /** History: intervals, visits, quality, forecasts, scorecards; also as files. */
  'readRecords',
  /** Facts of sources. */
  'tell',
  /** Acknowledge and shelve alerts. */
  'acknowledge',
  /** Accept or reject what stays inside one hall. */
  'decideHall',
  /** Accept, reject and follow moves between halls. */
  'decideMove',
  /** Targets, alert rules, limits. */
  'configure',
  /** Walls: pair, list, end. */
  'keepDevices',
  /** People, grants, sessions of others, source keys, single sign-on. */
  'administer',
  /** The audit trail. */
  'audit',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What each role may do where it is granted. */
export const ROLE_ACTIONS: Record<Role, readonly Action[]> = {
  viewer: ['see', 'readRecords'],
  shiftLead: ['see', 'readRecords', 'acknowledge', 'decideHall'],
  supervisor: ['see', 'readRecords', 'acknowledge', 'decideHall', 'keepDevices'],
  manager: ['see', 'readRecords', 'acknowledge', 'decideHall', 'decideMove', 'configure', 'keepDevices'],
  admin: ['see', 'readRecords', 'configure', 'keepDevices', 'administer', 'audit'],
  auditor: ['see', 'readRecords', 'audit'],
};

/** The one role to name somebody by who has several, in whatever order they were granted. */
export const leadingRole = (grants: readonly { role: Role }[]): Role =>
  ROLES.findLast((role) => grants.some((grant) => grant.role === role)) ?? 'viewer';

/** Where a grant holds: everywhere, in a region, in one branch. */
export const Scope = z.union([
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('region'), id: Id }),
  z.strictObject({ kind: z.literal('branch'), id: Id }),
]);
export type Scope = z.infer<typeof Scope>;

/** Who a request may come from: `open` anybody, `person` whoever is signed in, else who holds the action somewhere. */
export type Needs = 'open' | 'person' | 'source' | Action;

export interface Access {
  needs: Needs;
  /**
   * How its places are checked: `none` it has none, `each` the answer holds the caller's branches only, `named` the
   * branches it names must be the caller's, `all` the action must be granted everywhere.
   */
  places: 'none' | 'each' | 'named' | 'all';
  /** Devices may use it too. */
  devices?: true;
}

const access = (needs: Needs, places: Access['places'] = 'none'): Access => ({ needs, places });

/** Every HTTP route under `/api`, and those beside it. */
export const ROUTES: Record<string, Access> = {
  'GET /healthz': access('open'),
  'GET /readyz': access('open'),
  'GET /metrics': access('open'),
  'POST /api/v1/events': access('source', 'named'),

  'GET /api/v1/branches': { ...access('see', 'each'), devices: true },
  'GET /api/v1/branches/:id': { ...access('see', 'named'), devices: true },
  'GET /api/v1/branches/:id/waiting': access('see', 'named'),
  'GET /api/v1/network': access('see', 'each'),
  'GET /api/v1/intervals': access('readRecords', 'named'),
  'GET /api/v1/visits': access('readRecords', 'named'),
  'GET /api/v1/quality': access('readRecords', 'named'),
  'GET /api/v1/drivers': access('readRecords', 'named'),
  'GET /api/v1/figures': access('readRecords', 'named'),
  'GET /api/v1/forecast': access('readRecords', 'named'),
  'GET /api/v1/forecast/accuracy': access('readRecords', 'each'),
  'GET /api/v1/requirements': access('readRecords', 'named'),
  'GET /api/v1/monthly-note': access('readRecords', 'named'),
  'GET /api/v1/shifts': access('see', 'named'),
  'POST /api/v1/what-if': access('readRecords', 'named'),

  'GET /api/v1/alerts': access('see', 'each'),
  'GET /api/v1/alerts/log': access('readRecords', 'each'),
  'POST /api/v1/alerts/:id/:command': access('acknowledge', 'named'),
  'GET /api/v1/alert-rules': access('readRecords', 'named'),
  'PUT /api/v1/alert-rules/:rule': access('configure', 'named'),
  'POST /api/v1/alert-rules/back-test': access('readRecords', 'named'),

  'GET /api/v1/suggestions': access('see', 'each'),
  'GET /api/v1/suggestions/record': access('readRecords', 'each'),
  'GET /api/v1/suggestions/:id': access('see', 'each'),
  'POST /api/v1/suggestions/:id/:command': access('decideHall', 'named'),
  'GET /api/v1/notices': access('see', 'each'),
  'GET /api/v1/webhooks': access('configure', 'all'),
  'PUT /api/v1/webhooks/:id': access('configure', 'all'),
  'POST /api/v1/webhooks/:id/rotate': access('configure', 'all'),
  'POST /api/v1/webhooks/:id/test': access('configure', 'all'),
  'POST /api/v1/webhooks/:id/remove': access('configure', 'all'),
  'GET /api/v1/staffing-world': access('configure', 'all'),
  'PUT /api/v1/staffing-world': access('configure', 'all'),
  'POST /api/v1/staffing-world/tables': access('configure', 'all'),
  'GET /api/v1/staffing-world/tables/:table': access('configure', 'all'),
  'GET /api/v1/limits': access('configure', 'all'),
  'PUT /api/v1/limits': access('configure', 'all'),
  'GET /api/v1/nouns': access('configure', 'all'),
  'PUT /api/v1/nouns': access('configure', 'all'),
  'GET /api/v1/feeds': access('readRecords', 'each'),

  'GET /api/v1/targets': access('readRecords', 'named'),
  'GET /api/v1/target-versions': access('readRecords', 'each'),
  'POST /api/v1/target-versions/preview': access('configure', 'named'),
  'POST /api/v1/target-versions': access('configure', 'named'),
  'POST /api/v1/target-versions/remove': access('configure', 'named'),
  'GET /api/v1/branch-profiles': access('configure', 'all'),
  'GET /api/v1/branch-profiles/:id': access('configure', 'all'),
  'PUT /api/v1/branch-profiles/:id': access('configure', 'all'),

  'GET /api/v1/me': { ...access('open'), devices: true },
  'POST /api/v1/sign-in': access('open'),
  'POST /api/v1/sign-in/demo': access('open'),
  'POST /api/v1/sign-out': access('open'),
  'POST /api/v1/links/open': access('open'),
  'POST /api/v1/links/use': access('open'),
  'GET /api/v1/sso/start': access('open'),
  'GET /api/v1/sso/callback': access('open'),
  'POST /api/v1/sso/back-channel-logout': access('open'),
  'POST /api/v1/pairing': access('open'),
  'POST /api/v1/pairing/poll': access('open'),

  'POST /api/v1/me/report': { ...access('see'), devices: true },
  'POST /api/v1/me/display': access('person'),
  'POST /api/v1/me/password': access('person'),
  'POST /api/v1/me/totp/begin': access('person'),
  'POST /api/v1/me/totp/confirm': access('person'),
  'POST /api/v1/me/totp/remove': access('person'),
  'GET /api/v1/me/sessions': access('person'),
  'POST /api/v1/me/sessions/:id/end': access('person'),

  'GET /api/v1/people': access('administer', 'all'),
  'POST /api/v1/people': access('administer', 'all'),
  'POST /api/v1/people/:id/disable': access('administer', 'all'),
  'POST /api/v1/people/:id/enable': access('administer', 'all'),
  'POST /api/v1/people/:id/reset': access('administer', 'all'),
  'POST /api/v1/people/:id/grants': access('administer', 'all'),
  'POST /api/v1/people/:id/grants/:grant/remove': access('administer', 'all'),
  'GET /api/v1/sessions': access('administer', 'all'),
  'POST /api/v1/sessions/:id/end': access('administer', 'all'),
  'GET /api/v1/source-keys': access('administer', 'all'),
  'POST /api/v1/source-keys': access('administer', 'all'),
  'POST /api/v1/source-keys/:id/rotate': access('administer', 'all'),
  'POST /api/v1/source-keys/:id/revoke': access('administer', 'all'),
  'GET /api/v1/sso': access('administer', 'all'),
  'PUT /api/v1/sso': access('administer', 'all'),
  'POST /api/v1/sso/remove': access('administer', 'all'),

  'GET /api/v1/devices': access('keepDevices', 'each'),
  'POST /api/v1/devices': access('keepDevices', 'named'),
  'POST /api/v1/devices/:id/revoke': access('keepDevices', 'named'),

  'GET /api/v1/audit': access('audit', 'all'),
};

/** Every event a socket may send. */
export const SOCKET_EVENTS: Record<keyof ClientEvents, Access> = {
  watch: { ...access('see', 'named'), devices: true },
  unwatch: { ...access('see'), devices: true },
  resync: { ...access('see'), devices: true },
};
