/** The first shape of history. Frozen: what comes later is a migration of its own. */
import { type Kysely, sql } from 'kysely';
import type { Bookkeeping, Dialect } from '../engine.ts';

const INTEGER = 'integer';
const BIGINT = 'bigint';
const DOUBLE = 'double precision';

const each = <Type>(type: Type, names: string): Record<string, Type> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, type]),
  );

const QUEUE_SUMS = {
  ...each(
    INTEGER,
    `offered answered answered_within abandoned_within abandoned short_abandoned sl_numerator sl_denominator
     rerouted missed answer_times handled rated
     arrived_answered arrived_answered_within arrived_abandoned arrived_abandoned_within arrived_short_abandoned
     arrived_sl_numerator arrived_sl_denominator
     waits_to_5 waits_to_10 waits_to_15 waits_to_20 waits_to_30 waits_to_45 waits_to_60 waits_to_90 waits_to_120
     waits_to_180 waits_to_240 waits_to_300 waits_to_420 waits_to_600 waits_to_900 waits_to_1200 waits_to_1800
     waits_to_2700 waits_to_3600 waits_longer`,
  ),
  ...each(
    DOUBLE,
    `wait_seconds wait_seconds_max total_wait_seconds abandon_wait_seconds answer_seconds
     service_seconds hold_seconds wrap_up_seconds rating_sum arrived_wait_seconds arrived_abandon_wait_seconds
     observed_seconds observed_waiting_seconds observed_waiting_max
     observed_counters_known_seconds observed_counters_seconds observed_tickets_known_seconds observed_tickets`,
  ),
};
const AGENT_SUMS = {
  ...each(INTEGER, 'handled'),
  ...each(DOUBLE, 'service_seconds hold_seconds wrap_up_seconds'),
  ...each(
    BIGINT,
    `serving_ms wrap_up_ms available_ms break_ms back_office_ms training_ms meeting_ms moving_ms unavailable_ms`,
  ),
};
const COUNTER_SUMS = each(
  BIGINT,
  'open_in_hours_ms serving_ms wrap_up_ms idle_ms paused_ms closed_ms faulted_ms',
);
const SOURCE_SUMS = {
  ...each(INTEGER, 'events late repeated implied unfinished duplicate rejected'),
  ...each(DOUBLE, 'skew_seconds_max gap_seconds_max'),
};

/** Names and times are ids and epoch ms as in `shared/`; days count from 1970-01-01 in the hall's own zone. */
export async function createTables(db: Kysely<Bookkeeping>, dialect: Dialect): Promise<void> {
  // Ids are compared byte by byte on both engines.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;

  const table = async (
    name: string,
    columns: Record<string, typeof text | typeof INTEGER | typeof BIGINT | typeof DOUBLE>,
    key: string[],
    nullable: string[] = [],
  ): Promise<void> => {
    let building = db.schema.createTable(name);
    for (const [column, type] of Object.entries(columns)) {
      building = building.addColumn(column, type, (about) =>
        nullable.includes(column) ? about : about.notNull(),
      );
    }
    if (key.length > 0) building = building.addPrimaryKeyConstraint(`${name}_key`, key as never[]);
    await building.execute();
  };

  for (const [of, sums] of Object.entries({ queue: QUEUE_SUMS, agent: AGENT_SUMS, counter: COUNTER_SUMS })) {
    const head = { branch: text, start: BIGINT, id: text, day: BIGINT } as const;
    await table(`${of}_intervals`, { ...head, ...sums }, ['branch', 'start', 'id']);
    await table(`${of}_days`, { ...head, ...sums }, ['branch', 'day', 'id']);
  }
  await table('source_days', { branch: text, day: BIGINT, source: text, ...SOURCE_SUMS }, [
    'branch',
    'day',
    'source',
  ]);

  const instants = each(BIGINT, 'arrived_at queued_at called_at started_at ended_at abandoned_at');
  const seconds = each(DOUBLE, 'wait_seconds total_wait_seconds service_seconds hold_seconds');
  const known = {
    branch: text,
    contact: text,
    day: BIGINT,
    source: text,
    channel: text,
    result: text,
  } as const;
  const unsure = { queue: text, ticket: text, agent: text, counter: text, ...instants, ...seconds };
  const order = each(BIGINT, 'at began_at');
  await table('visits', { ...known, priority: DOUBLE, ...order, ...unsure }, [], Object.keys(unsure));
  await db.schema.createIndex('visits_at').on('visits').columns(['branch', 'at']).execute();
  await db.schema.createIndex('visits_contact').on('visits').columns(['branch', 'contact']).execute();
  await table('ratings', { branch: text, contact: text, at: BIGINT, score: DOUBLE }, [
    'branch',
    'contact',
    'at',
  ]);

  await table('projected', { shard: INTEGER, position: text }, ['shard']);
  await table('imports', { sha256: text, name: text, at: BIGINT }, ['sha256']);
}
