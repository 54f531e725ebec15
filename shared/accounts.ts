/**
 * Sign-in and administration over HTTP, in one place for server and browser. All under `/api/v1`; bodies and answers are
 * JSON. A request that changes something has `Content-Type: application/json` and comes from our own origin; the session
 * is a cookie the page cannot read. Refusals are as in failure.ts; 401 means: sign in (again).
 *
 * | route | body or query | answer |
 * |---|---|---|
 * | GET  /me | | Me (200 also when nobody is signed in) |
 * | POST /sign-in | SignIn | SignInAnswer; 401 wrong, 429 too often |
 * | POST /sign-in/demo | DemoSignIn | Me; only in the demonstration |
 * | POST /sign-out | {} | {} ; the browser then stands where it was signed out |
 * | POST /links/open | LinkToken | OpenedLink; 404 when it is used, over or unknown |
 * | POST /links/use | UseLink | Me, signed in |
 * | GET  /sso/start?link=yes | | to the identity provider; `link` joins it to the account signed in |
 * | GET  /sso/callback | | back to `/`, or to `/sign-in?sso=failed` |
 * | POST /pairing | {} | StartedPairing: the wall shows `code` |
 * | POST /pairing/poll | PollPairing | PairingState; `paired` also sets the device's cookie |
 * | POST /me/display | Display | {}; what is named is kept, the rest stays as it was |
 * | POST /me/password | ChangePassword | {} ; other sessions end |
 * | POST /me/totp/begin | ConfirmPassword | TotpSecret |
 * | POST /me/totp/confirm | Code | {} |
 * | POST /me/totp/remove | ConfirmPassword | {} |
 * | GET  /me/sessions | | { sessions: SessionEntry[] } |
 * | POST /me/sessions/:id/end | {} | {} |
 * | GET  /people | | { people: Person[] } |
 * | POST /people | NewPerson | NewPersonAnswer: the link is shown once |
 * | POST /people/:id/disable · /enable | {} | { person: Person } |
 * | POST /people/:id/reset | {} | NewPersonAnswer: password and code are void, sessions end |
 * | POST /people/:id/grants | NewGrant | { person: Person } |
 * | POST /people/:id/grants/:grant/remove | {} | { person: Person } |
 * | GET  /sessions | | { sessions: SessionEntry[] } of everybody |
 * | POST /sessions/:id/end | {} | {} |
 * | GET  /devices | | { devices: Device[] } |
 * | POST /devices | PairDevice | { device: Device }; 404 field `code` when no wall shows it, 422 field `note` when it cannot be read from the last seat and nobody says why |
 * | POST /devices/:id/revoke | {} | {} |
 * | POST /me/report | DeviceReport | {}; of a device, about itself |
 * | GET  /source-keys | | SourceKeysAnswer |
 * | POST /source-keys | NewSourceKey | NewSourceKeyAnswer: the key is shown once |
 * | POST /source-keys/:id/rotate | {} | NewSourceKeyAnswer: the old one stays until it is revoked |
 * | POST /source-keys/:id/revoke | {} | {} |
 * | GET  /sso | | SsoSettings |
 * | PUT  /sso | NewSsoSettings | SsoSettings |
 * | POST /sso/remove | {} | {} |
 * | GET  /audit | AuditQuery | AuditPage, or a file with `format=csv` |
 *
 * What administration sends and gets is in administration.ts.
 * Pages: `/sign-in`, `/setup#<token>` (first set-up, invitation and reset alike), `/wall/pair`.
 */
import { z } from 'zod';
import type { Action, Role, Scope } from './access.ts';
import { DENSITIES } from './densities.ts';
import { Id, Text } from './ids.ts';
import { MIN_PASSWORD_LENGTH } from './password-length.ts';
import { LEAST_UNDO_SECONDS, MOST_UNDO_SECONDS } from './undo-window.ts';
import type { ViewName } from './views.ts';
import type { WallPlacing } from './wall-sizing.ts';

const MAX_PASSWORD_LENGTH = 128;
const MAX_TOKEN_LENGTH = 128;

/** What people sign in with; compared without regard to case. */
export const Login = Id.transform((login) => login.trim().toLowerCase()).pipe(Id);
const AnyPassword = z.string().min(1).max(MAX_PASSWORD_LENGTH);
const NewPassword = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);
const Token = z.string().min(1).max(MAX_TOKEN_LENGTH);
const TotpCode = z.string().regex(/^\d{6}$/, 'is not six digits');
export const Name = Text.min(1);

/** Nothing to say. */
export const Nothing = z.strictObject({});

export const SignIn = z.strictObject({ login: Login, password: AnyPassword, code: TotpCode.optional() });
/** `code`: the password is right, send all again with the six digits. */
export type SignInAnswer = { step: 'code' } | { step: 'done'; me: Me };
export const DemoSignIn = z.strictObject({ login: Login });

export interface Grant {
  id: string;
  role: Role;
  scope: Scope;
}

export interface DemoUser {
  login: string;
  name: string;
  role: Role;
}

/** Who looks at this page, and how one can sign in. */
export interface Me {
  /** `off`: accounts are switched off, everybody here sees everything; `demo`: visitors are signed in by themselves. */
  accounts: 'on' | 'demo' | 'off';
  signedIn: null | SignedIn;
  /** The device this browser is, when a wall was paired. */
  device: null | ({ id: string; name: string; branch: string; view: WallView } & WallPlacing);
  waysIn: {
    password: boolean;
    /** What the button says. */
    sso: string | null;
    demo: DemoUser[];
  };
}
export interface SignedIn {
  id: string;
  login: string;
  name: string;
  demo: boolean;
  hasPassword: boolean;
  hasTotp: boolean;
  hasSso: boolean;
  grants: Grant[];
  /** What at least one grant allows somewhere; the server decides each case. */
  actions: Action[];
  /** What they chose so far. */
  display: Display;
  /** When the session ends by itself, epoch ms; `null` for a visitor of the demonstration. */
  endsAt: number | null;
}

export const LinkToken = z.strictObject({ token: Token });
export const LINK_PURPOSES = ['setUp', 'invite', 'reset'] as const;
export interface OpenedLink {
  purpose: (typeof LINK_PURPOSES)[number];
  /** Of the person it is for; `null` at the first set-up, where they are chosen. */
  login: string | null;
  name: string | null;
  expiresAt: number;
}
/** `login` and `name` only at the first set-up. 422 with field `password` when it is too easy to guess. */
export const UseLink = z.strictObject({
  token: Token,
  login: Login.optional(),
  name: Name.optional(),
  password: NewPassword,
});

/** How one wants pages to look, in whatever browser; what is left out each browser decides by itself. */
export const Display = z.strictObject({
  language: z.enum(['zh-CN', 'en']).exactOptional(),
  /** `null` follows the system. */
  theme: z.enum(['light', 'dark']).nullable().exactOptional(),
  /** How high rows are; `null`: as each screen is drawn. */
  density: z.enum(DENSITIES).nullable().exactOptional(),
  undoSeconds: z.int().min(LEAST_UNDO_SECONDS).max(MOST_UNDO_SECONDS).exactOptional(),
  /** Whether single keys do something. */
  shortcuts: z.boolean().exactOptional(),
});
export type Display = z.infer<typeof Display>;

export const ChangePassword = z.strictObject({ current: AnyPassword, next: NewPassword });
export const ConfirmPassword = z.strictObject({ password: AnyPassword });
export const Code = z.strictObject({ code: TotpCode });
export interface TotpSecret {
  /** Base32, for typing. */
  secret: string;
  /** `otpauth://…`, for a code reader. */
  uri: string;
}

export interface SessionEntry {
  /** Not the token: a name of the session. */
  id: string;
  person: { id: string; login: string; name: string };
  how: 'password' | 'sso' | 'demo' | 'link';
  createdAt: number;
  seenAt: number;
  endsAt: number;
  address: string;
  browser: string;
  /** The session that asks. */
  isThis: boolean;
}

/** Faces a wall may show. */
export const WALL_VIEWS = ['customerWall', 'staffWall'] as const satisfies readonly ViewName[];
export type WallView = (typeof WALL_VIEWS)[number];
export interface StartedPairing {
  pairing: string;
  /** Known to this wall only; goes with each poll. */
  secret: string;
  /** Six digits. */
  code: string;
  expiresAt: number;
  pollEveryMs: number;
}
export const PollPairing = z.strictObject({ pairing: Token, secret: Token });
export type PairingState =
  { state: 'waiting' } | { state: 'over' } | { state: 'paired'; branch: string; view: WallView };
