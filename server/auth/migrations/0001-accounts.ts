/** The first shape of accounts. Frozen: what comes later is a migration of its own. */
import { type Kysely, sql } from 'kysely';
import type { Bookkeeping, Dialect } from '../../history/engine.ts';

type Type = 'text' | 'integer' | 'bigint';

/** Names with `?` may be empty, the first is the key. */
const TABLES: Record<string, Record<string, Type>> = {
  people: {
    id: 'text',
    login: 'text',
    name: 'text',
    'password?': 'text',
    'totp_secret?': 'text',
    'totp_since?': 'bigint',
    totp_step: 'bigint',
    'sso_subject?': 'text',
    demo: 'integer',
    state: 'text',
    epoch: 'bigint',
    created_at: 'bigint',
    'seen_at?': 'bigint',
  },
  grants: { id: 'text', person: 'text', role: 'text', scope_kind: 'text', scope_id: 'text' },
  sessions: {
    hash: 'text',
    id: 'text',
    person: 'text',
    how: 'text',
    created_at: 'bigint',
    seen_at: 'bigint',
    ends_at: 'bigint',
    address: 'text',
    browser: 'text',
    'sso_sid?': 'text',
  },
  links: { hash: 'text', purpose: 'text', 'person?': 'text', expires_at: 'bigint' },
  devices: {
    id: 'text',
    'hash?': 'text',
    name: 'text',
    branch: 'text',
    view: 'text',
    paired_at: 'bigint',
    paired_by: 'text',
    'seen_at?': 'bigint',
  },
  pairings: { id: 'text', hash: 'text', code: 'text', expires_at: 'bigint', 'device?': 'text' },
  source_keys: {
    id: 'text',
    hash: 'text',
    source: 'text',
    branches: 'text',
    'types?': 'text',
    note: 'text',
    created_at: 'bigint',
    expires_at: 'bigint',
    'used_at?': 'bigint',
    'revoked_at?': 'bigint',
  },
  settings: { name: 'text', value: 'text' },
  audit: {
    seq: 'bigint',
    at: 'bigint',
    who_kind: 'text',
    who: 'text',
    session: 'text',
    action: 'text',
    'branch?': 'text',
    subject: 'text',
    outcome: 'text',
    'before?': 'text',
    'after?': 'text',
    address: 'text',
    request_id: 'text',
    hash: 'text',
  },
};

const INDEXES: { name: string; table: string; columns: string[]; unique?: true }[] = [
  { name: 'people_login', table: 'people', columns: ['login'], unique: true },
  { name: 'people_sso', table: 'people', columns: ['sso_subject'], unique: true },
  { name: 'grants_person', table: 'grants', columns: ['person'] },
  { name: 'sessions_id', table: 'sessions', columns: ['id'], unique: true },
  { name: 'sessions_person', table: 'sessions', columns: ['person'] },
  { name: 'devices_hash', table: 'devices', columns: ['hash'], unique: true },
  { name: 'source_keys_hash', table: 'source_keys', columns: ['hash'], unique: true },
  { name: 'audit_at', table: 'audit', columns: ['at'] },
];

/** Makes the tables; rows of the audit trail can be added and never changed. */
export async function createAccounts(db: Kysely<Bookkeeping>, dialect: Dialect): Promise<void> {
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  for (const [table, columns] of Object.entries(TABLES)) {
    let building = db.schema.createTable(table);
    for (const [index, [named, type]] of Object.entries(columns).entries()) {
      const name = named.replace('?', '');
      building = building.addColumn(name, type === 'text' ? text : type, (about) => {
        const given = name === named ? about.notNull() : about;
        return index === 0 ? given.primaryKey() : given;
      });
    }
    await building.execute();
  }
  for (const { name, table, columns, unique } of INDEXES) {
    const index = db.schema.createIndex(name).on(table).columns(columns);
    await (unique === true ? index.unique() : index).execute();
  }
  await appendOnly(db, dialect);
}

async function appendOnly(db: Kysely<Bookkeeping>, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') {
    for (const act of ['update', 'delete']) {
      const refuse = sql`create trigger ${sql.id(`audit_no_${act}`)} before ${sql.raw(act)} on audit
        begin select raise(abort, 'the audit trail is append-only'); end`;
      await refuse.execute(db);
    }
    return;
  }
  await sql`create function audit_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail is append-only'; end $$`.execute(db);
  await sql`create trigger audit_no_change before update or delete or truncate on audit
    for each statement execute function audit_append_only()`.execute(db);
}
