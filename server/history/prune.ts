/** Lets go of what is older than it must be kept, a little at a time: whoever writes waits for one bite at most. */
import { setImmediate as breathe } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { type Engine, rowsOf } from './engine.ts';
import { everyBranch } from './queries.ts';
import type { PruneLimits } from './store.ts';
import { type Table, TABLES } from './tables.ts';

const DAY_MS = 86_400_000;
/** Rows deleted in one transaction; those of the same instant go together. */
const BITE = 2_000;

/** Deletes what started before the limits; how many rows. */
export async function prune(engine: Engine, limits: PruneLimits): Promise<number> {
  const days = Math.floor(limits.days / DAY_MS);
  const jobs: [Table, string, number][] = [
    [TABLES.queueIntervals, 'start', limits.intervals],
    [TABLES.agentIntervals, 'start', limits.intervals],
    [TABLES.counterIntervals, 'start', limits.intervals],
    [TABLES.visits, 'at', limits.visits],
    [TABLES.ratings, 'at', limits.visits],
    [TABLES.alerts, 'raised_at', limits.intervals],
    [TABLES.alertSteps, 'at', limits.intervals],
    [TABLES.moves, 'proposed_at', limits.intervals],
    [TABLES.queueDays, 'day', days],
    [TABLES.agentDays, 'day', days],
    [TABLES.counterDays, 'day', days],
    [TABLES.sourceDays, 'day', days],
  ];
  let deleted = 0;
  for (const [table, time, before] of jobs) deleted += await pruneTable(engine, table, time, before);
  return deleted;
}

async function pruneTable(engine: Engine, table: Table, time: string, before: number): Promise<number> {
  const at = sql.ref(time);
  let deleted = 0;
  for (const [branch] of await rowsOf(engine, everyBranch(table).compile(engine.db))) {
    const old: RawBuilder<unknown> = sql`from ${sql.table(table.name)} where branch = ${branch} and ${at} < ${before}`;
    for (;;) {
      const bite = sql`select max(${at}) from (select ${at} ${old} order by ${at} limit ${BITE}) as bite`;
      const [upTo] = await rowsOf(engine, bite.compile(engine.db));
      if (upTo?.[0] == null) break;
      const deletion = sql`delete ${old} and ${at} <= ${upTo[0]}`;
      deleted += await engine.transaction(async ({ db }) =>
        Number((await deletion.execute(db)).numAffectedRows ?? 0),
      );
      await breathe();
    }
  }
  return deleted;
}
