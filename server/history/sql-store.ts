/** The port on an engine: what is read, added, imported and deleted. */
import { sql } from 'kysely';
import { type Engine, rowsOf, type Transaction } from './engine.ts';
import type { LateEngine } from './open-engine.ts';
import { prune } from './prune.ts';
import { checkSize, queryFor } from './queries.ts';
import { createReader } from './reader.ts';
import { AlreadyProjected, type HistoryReader, type HistoryStore, type Projection } from './store.ts';
import { rowsToAdd } from './write-rows.ts';

/** Reads over the engine's own connections. */
export function createSqlReader({ get, close }: LateEngine): HistoryReader {
  return {
    ...createReader(async (question) => {
      const engine = await get();
      const rows = await rowsOf(engine, queryFor(question).compile(engine.db));
      checkSize(rows.length);
      return rows;
    }),
    close,
  };
}

/** The store on an engine that is up to date. */
export function createSqlStore(engine: Engine): HistoryStore {
  return {
    ...createSqlReader({ get: () => Promise.resolve(engine), close: engine.close }),
    async positions() {
      const query = engine.db.selectFrom('projected').select(['shard', 'position']);
      const rows = await rowsOf(engine, query.compile());
      return new Map(rows.map(([shard, position]) => [Number(shard), String(position)]));
    },
    async apply({ shards, ...rows }) {
      const additions = rowsToAdd(rows);
      await engine.transaction(async (transaction) => {
        // First, so that whoever comes second waits here and has nothing to take back.
        await moveOn(transaction, shards);
        for (const [table, added] of additions) await transaction.add(table, added);
      });
    },
    async isImported(sha256) {
      const query = engine.db.selectFrom('imports').select('name').where('sha256', '=', sha256);
      return (await rowsOf(engine, query.compile())).length > 0;
    },
    async importRows({ sha256, name }, batches) {
      return engine.transaction(async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction.db
          .insertInto('imports')
          .values({ sha256, name, at: Date.now() })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) return false;
        for (const rows of batches) {
          const additions = rowsToAdd({ ...rows, ratings: [], alerts: [], alertSteps: [], moves: [] });
          for (const [table, added] of additions) await transaction.add(table, added);
        }
        return true;
      });
    },
    prune: (limits) => prune(engine, limits),
  };
}

/** Sets the position of every shard, each only where it stands where this stretch began. */
async function moveOn({ db }: Transaction, shards: Projection['shards']): Promise<void> {
  const all = [...shards].map(([shard, { from, to }]) => ({ shard, from, to }));
  const first = all.filter(({ from }) => from === null).map(({ shard, to }) => ({ shard, position: to }));
  const later = all.filter(({ from }) => from !== null);
  let moved = 0n;
  if (first.length > 0) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('projected')
      .values(first)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    moved += numInsertedOrUpdatedRows ?? 0n;
  }
  if (later.length > 0) {
    const steps = later.map(({ shard, from, to }) => sql`(cast(${shard} as integer), ${from}, ${to})`);
    const { numAffectedRows } = await sql`
      update projected set position = step.column3 from (values ${sql.join(steps)}) as step
      where projected.shard = step.column1 and projected.position = step.column2`.execute(db);
    moved += numAffectedRows ?? 0n;
  }
  if (moved !== BigInt(all.length)) throw new AlreadyProjected('another projector stored this stretch');
}
