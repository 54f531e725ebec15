/** The audit trail: who did or was refused what, where, with what before and after; added to, never changed. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AuditEntry, AuditPage, AuditQuery } from '#shared/administration.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { AccountDb, AccountStore } from './account-store.ts';
import { CHAIN_START, chainHash } from './audit-chain.ts';
import { caller } from './caller.ts';
import type { AuditRow } from './tables.ts';

/** What an act says of itself; who and from where come with the caller. */
export interface Act {
  action: string;
  subject?: string;
  branch?: string | null;
  outcome?: AuditEntry['outcome'];
  before?: unknown;
  after?: unknown;
  /** Who acted, where that is not the caller: somebody who tries to sign in. */
  who?: string;
}

export interface Audit {
  /** Adds an entry in the transaction of what it tells of. */
  within(db: AccountDb, act: Act): Promise<void>;
  /** Adds an entry soon, for acts that changed nothing here: denied ones, and what other parts did. */
  note(act: Act): void;
  search(query: z.output<typeof AuditQuery>): Promise<AuditPage>;
  /** Resolves when all that was noted is stored, or could not be. */
  settled(): Promise<void>;
}

/** Entries that wait to be stored together; more are counted and told of as one. */
const MAX_WAITING = 5_000;
/** Stored at once; the process has other things to do between. */
const BATCH = 100;
const MAX_TEXT = 2_000;
/** PostgreSQL's lock of the end of the chain; any number that nobody else takes. */
const CHAIN_LOCK = 0x61756474;

type Pending = Omit<AuditRow, 'seq' | 'hash'>;

/** The audit trail of a store. `oneWriter`: no other process writes to it, so the end of the chain needs no lock. */
export function createAudit(parts: {
  store: AccountStore;
  clock: Clock;
  logger: Logger;
  oneWriter: boolean;
}): Audit {
  const { store, clock, logger, oneWriter } = parts;
  let waiting: Pending[] = [];
  let left = 0;
  let storing: Promise<void> | undefined;

  const append = async (db: AccountDb, entries: readonly Pending[]): Promise<void> => {
    if (!oneWriter) await sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(db);
    const last = await db
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    let { seq, hash } = last ?? { seq: 0, hash: CHAIN_START };
    const rows = entries.map((entry): AuditRow => {
      const row = { seq: ++seq, ...entry };
      hash = chainHash(hash, row);
      return { ...row, hash };
    });
    await db.insertInto('audit').values(rows).execute();
  };

  const store_ = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      if (left > 0)
        batch.push(pending({ action: 'audit.leftOut', outcome: 'failed', after: { entries: left } }, clock));
      left = 0;
      await store.change((db) => append(db, batch));
    }
  };

  return {
    within: (db, act) => append(db, [pending(act, clock)]),
    note(act) {
      if (waiting.length >= MAX_WAITING) left += 1;
      else waiting.push(pending(act, clock));
      storing ??= Promise.resolve()
        .then(store_)
        .catch((error: unknown) => {
          logger.error({ err: error }, 'entries of the audit trail were lost');
        })
        .finally(() => (storing = undefined));
    },
    settled: async () => storing,
    async search(query) {
      await storing;
      return store.read((db) => search(db, query));
    },
  };
}

function pending(
  { action, subject = '', branch = null, outcome = 'done', before, after, who }: Act,
  clock: Clock,
): Pending {
  const asking = caller();
  const { principal, address, requestId } = asking;
  asking.audited = true;
  const [kind, name] = whoOf(principal);
  return {
    at: clock.now(),
    who_kind: who === undefined ? kind : 'nobody',
    who: (who ?? name).slice(0, MAX_TEXT),
    session: principal.kind === 'person' ? (principal.session?.id.slice(0, 6) ?? '') : '',
    action,
    branch,
    subject: subject.slice(0, MAX_TEXT),
    outcome,
    before: textOf(before),
    after: textOf(after),
    address,
    request_id: requestId,
  };
}

const textOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value).slice(0, MAX_TEXT);

function whoOf(principal: ReturnType<typeof caller>['principal']): [AuditEntry['whoKind'], string] {
  switch (principal.kind) {
    case 'person':
      return ['person', principal.login];
    case 'device':
      return ['device', principal.id];
    case 'source':
      return ['source', principal.source];
    case 'console':
    case 'nobody':
      return ['nobody', ''];
    default:
      return principal satisfies never;
  }
}

async function search(db: AccountDb, query: z.output<typeof AuditQuery>): Promise<AuditPage> {
  const { from, to, who, action, branch, outcome, text, cursor, limit } = query;
  let asked = db
    .selectFrom('audit')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(limit + 1);
  if (from !== undefined) asked = asked.where('at', '>=', from);
  if (to !== undefined) asked = asked.where('at', '<', to);
  if (who !== undefined) asked = asked.where('who', '=', who);
  if (action !== undefined) asked = asked.where('action', '=', action);
  if (branch !== undefined) asked = asked.where('branch', '=', branch);
  if (outcome !== undefined) asked = asked.where('outcome', '=', outcome);
  if (cursor !== undefined) asked = asked.where('seq', '<', cursor);
  if (text !== undefined) {
    const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    asked = asked.where(({ or, ref }) =>
      or(
        (['who', 'action', 'branch', 'subject', 'before', 'after', 'address'] as const).map(
          (column) => sql<boolean>`lower(${ref(column)}) like ${like} escape '\\'`,
        ),
      ),
    );
  }
  const rows = await asked.execute();
  const page = rows.slice(0, limit);
  return { entries: page.map(entryOf), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
}

const entryOf = ({ who_kind, request_id, hash: _hash, ...row }: AuditRow): AuditEntry => ({
  ...row,
  whoKind: who_kind,
  requestId: request_id,
});
