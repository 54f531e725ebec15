/** What administration sends and gets: people, walls, source keys, single sign-on, audit; the routes are in accounts.ts. */
import { z } from 'zod';
import { ROLES, Scope } from './access.ts';
import { type Grant, Login, Name, WALL_VIEWS, type WallView } from './accounts.ts';
import { SourceEvent } from './events.ts';
import { Id, Text } from './ids.ts';
import { INCHES, METRES, USUAL_PLACING, type WallPlacing } from './wall-sizing.ts';

export interface Person {
  id: string;
  login: string;
  name: string;
  demo: boolean;
  /** `invited`: has not used the link yet. */
  state: 'invited' | 'active' | 'disabled';
  hasPassword: boolean;
  hasTotp: boolean;
  /** Subject at the identity provider. */
  ssoSubject: string | null;
  grants: Grant[];
  createdAt: number;
  seenAt: number | null;
}
export const NewGrant = z.strictObject({ role: z.enum(ROLES), scope: Scope });
export const NewPerson = z.strictObject({
  login: Login,
  name: Name,
  grants: z.array(NewGrant).max(100).default([]),
  /** With one, the person may come by single sign-on at once. */
  ssoSubject: z.string().min(1).max(255).optional(),
});
export interface NewPersonAnswer {
  person: Person;
  /** Path with the token in its fragment; shown once. */
  link: { path: string; expiresAt: number };
}

export const PairDevice = z.strictObject({
  code: z.string().regex(/^\d{6}$/, 'is not six digits'),
  name: Name,
  branch: Id,
  view: z.enum(WALL_VIEWS),
  inches: z.number().min(INCHES.min).max(INCHES.max).default(USUAL_PLACING.inches),
  metres: z.number().min(METRES.min).max(METRES.max).default(USUAL_PLACING.metres),
  /** Why it hangs there although some of it cannot be read from the last seat; without it that is refused. */
  note: Text.default(''),
});

/** A wall says of itself how it is, once a minute. */
export const DeviceReport = z.strictObject({
  board: z.enum(WALL_VIEWS),
  /** Of the page, by its files. */
  version: z.string().max(64),
  state: z.enum(['connecting', 'live', 'delayed', 'stale', 'disconnected']),
  /** Age of what it shows, ms; `null` when it shows nothing. */
  ageMs: z.number().int().min(0).nullable(),
  /** Memory in use, bytes; `null` where the browser does not say. */
  heap: z.number().int().min(0).nullable(),
  /** Since the page was loaded, ms. */
  uptime: z.number().int().min(0),
});
export type DeviceReport = z.infer<typeof DeviceReport>;

export interface Device extends WallPlacing {
  id: string;
  name: string;
  branch: string;
  view: WallView;
  pairedAt: number;
  pairedBy: string;
  seenAt: number | null;
  note: string;
  /** What it said of itself last, and when; `null` before it ever did. */
  report: DeviceReport | null;
  reportedAt: number | null;
}

/** Types of facts a source may tell. */
export const EVENT_TYPES = SourceEvent.options.map(({ shape }) => shape.type.value);

export const NewSourceKey = z.strictObject({
  source: Id,
  /** `*` for all. */
  branches: z.array(Id).min(1).max(3_000),
  /** Types of facts it may tell; without them all. */
  types: z.array(z.enum(EVENT_TYPES)).min(1).optional(),
  /** Without it a year. */
  validDays: z.number().int().min(1).max(3_650).default(365),
  note: Text.optional(),
});
export interface SourceKeyEntry {
  id: string;
  source: string;
  branches: string[];
  /** `null`: all. */
  types: string[] | null;
  note: string;
  /** `file`: stands in network.json and is kept there. */
  from: 'accounts' | 'file';
  createdAt: number | null;
  expiresAt: number | null;
  usedAt: number | null;
  /** Two are live while a source is switched over. */
  state: 'live' | 'expired' | 'revoked';
}
export interface SourceKeysAnswer {
  keys: SourceKeyEntry[];
  /** Types of facts that keys can be narrowed to. */
  types: string[];
}
export interface NewSourceKeyAnswer {
  entry: SourceKeyEntry;
  /** Shown once. */
  key: string;
}

export interface SsoSettings {
  configured: boolean;
  label: string;
  issuer: string;
  clientId: string;
  /** The secret is never shown. */
  hasSecret: boolean;
  /** To be registered at the identity provider. */
  redirectUri: string;
  backChannelLogoutUri: string;
}
export const NewSsoSettings = z.strictObject({
  label: Name,
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().min(1).max(500),
  /** Without one the old stays. */
  clientSecret: z.string().min(1).max(1_000).optional(),
});

export const AUDIT_OUTCOMES = ['done', 'denied', 'failed'] as const;
const Limit = z.coerce.number().int().min(1).max(1_000).default(100);
export const AuditQuery = z.strictObject({
  /** Epoch ms; `to` is exclusive. */
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  /** Login, device or source. */
  who: z.string().max(64).optional(),
  action: z.string().max(100).optional(),
  branch: z.string().max(64).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  /** Part of anything in the entry. */
  text: z.string().max(100).optional(),
  /** `next` of the page before. */
  cursor: z.coerce.number().int().optional(),
  limit: Limit,
  format: z.enum(['json', 'csv']).default('json'),
});
export interface AuditEntry {
  /** Number in the chain. */
  seq: number;
  at: number;
  whoKind: 'nobody' | 'person' | 'device' | 'source' | 'system';
  /** Login, device id or source. */
  who: string;
  /** First characters of the session's name. */
  session: string;
  /** For example `person.disabled`, `signIn`, `GET /api/v1/visits`. */
  action: string;
  branch: string | null;
  /** What it was done to. */
  subject: string;
  outcome: (typeof AUDIT_OUTCOMES)[number];
  /** JSON, or `null`. */
  before: string | null;
  after: string | null;
  address: string;
  requestId: string;
}
export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  next: number | null;
}
