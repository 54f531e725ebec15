/** What is kept of accounts, as rows. Times are epoch ms, tokens and keys are kept as hashes, lists as JSON. */
import type { AuditEntry, Person } from '#shared/administration.ts';
import type { Role, Scope } from '#shared/access.ts';
import type { LINK_PURPOSES, SessionEntry, WallView } from '#shared/accounts.ts';

export type AccountTables = {
  people: {
    id: string;
    login: string;
    name: string;
    /** PHC string. */
    password: string | null;
    /** Sealed; without `totp_since` it is not confirmed yet. */
    totp_secret: string | null;
    totp_since: number | null;
    /** The last 30 s step whose code was used. */
    totp_step: number;
    sso_subject: string | null;
    demo: number;
    state: Person['state'];
    /** Rises with every change of what this person may do. */
    epoch: number;
    created_at: number;
    seen_at: number | null;
    /** JSON of what was chosen. */
    display: string | null;
  };
  grants: { id: string; person: string; role: Role; scope_kind: Scope['kind']; scope_id: string };
  sessions: {
    hash: string;
    id: string;
    person: string;
    how: SessionEntry['how'];
    created_at: number;
    seen_at: number;
    ends_at: number;
    address: string;
    browser: string;
    /** The identity provider's name of it. */
    sso_sid: string | null;
  };
  links: {
    hash: string;
    purpose: (typeof LINK_PURPOSES)[number];
    person: string | null;
    expires_at: number;
  };
  devices: {
    id: string;
    /** `null` until the wall has fetched its token. */
    hash: string | null;
    name: string;
    branch: string;
    view: WallView;
    paired_at: number;
    paired_by: string;
    seen_at: number | null;
    /** Empty for walls that were paired before anybody asked. */
    inches: number | null;
    seat_cm: number | null;
    note: string | null;
    reported_at: number | null;
    /** What the wall said of itself last, JSON. */
    report: string | null;
  };
  pairings: { id: string; hash: string; code: string; expires_at: number; device: string | null };
  source_keys: {
    id: string;
    hash: string;
    source: string;
    branches: string;
    types: string | null;
    note: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
  settings: { name: string; value: string };
  audit: AuditRow;
};

/** An entry as it stands in the chain. */
export type AuditRow = {
  seq: number;
  at: number;
  who_kind: AuditEntry['whoKind'];
  who: string;
  session: string;
  action: string;
  branch: string | null;
  subject: string;
  outcome: AuditEntry['outcome'];
  before: string | null;
  after: string | null;
  address: string;
  request_id: string;
  /** SHA-256 over the hash before it and everything else of this row. */
  hash: string;
};

export type PersonRow = AccountTables['people'];
