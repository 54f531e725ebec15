import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '#server/history/sqlite-engine.ts';
import { HistoryUnavailable, UnusableHistory } from '#server/history/store.ts';
import { openThreadedSqlite } from '#server/history/threaded-sqlite.ts';
import { startThread } from '#server/threads/asked-thread.ts';

interface Tables {
  notes: { id: number; text: string };
}

const WRITING_THREAD = new URL('../../server/history/writing-thread.ts', import.meta.url);

describe('a file that is written to by a thread', () => {
  let folder: string;
  let file: string;
  let db: Kysely<Tables>;
  let threads: Worker[];
  const written = (): string[] => {
    const database = new DatabaseSync(file);
    const rows = database.prepare('SELECT text FROM notes ORDER BY id').all();
    database.close();
    return rows.map(({ text }) => String(text));
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-threaded-'));
    file = join(folder, 'notes.sqlite');
    await openSqlite(file).close();
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE notes (id integer PRIMARY KEY, text text NOT NULL UNIQUE)');
    database.close();
    threads = [];
    db = openThreadedSqlite<Tables>(file, (of) => {
      const thread = startThread(WRITING_THREAD, { file: of });
      threads.push(thread);
      return thread;
    });
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  const note = (within: Kysely<Tables>, id: number, text: string) =>
    within.insertInto('notes').values({ id, text }).executeTakeFirst();

  it('does one transaction after the other, each with what the one before left', async () => {
    const add = () =>
      db.transaction().execute(async (within) => {
        const { count } = await within
          .selectFrom('notes')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        await note(within, count, `note ${count}`);
        return count;
      });
    expect(await Promise.all([add(), add(), add()])).toEqual([0, 1, 2]);
    expect(written()).toEqual(['note 0', 'note 1', 'note 2']);
  });

  it('tells how many rows a change touched', async () => {
    const changed = await db.transaction().execute(async (within) => {
      await note(within, 1, 'a');
      await note(within, 2, 'b');
      return within.updateTable('notes').set({ text: 'c' }).where('id', '=', 2).executeTakeFirst();
    });
    expect(changed.numUpdatedRows).toBe(1n);
    expect(written()).toEqual(['a', 'c']);
  });

  it('leaves nothing of a transaction that fails, and goes on', async () => {
    const failing = db.transaction().execute(async (within) => {
      await note(within, 1, 'same');
      await note(within, 2, 'same');
    });
    await expect(failing).rejects.toThrow(/UNIQUE/);
    expect(written()).toEqual([]);
    await db.transaction().execute((within) => note(within, 1, 'next'));
    expect(written()).toEqual(['next']);
  });

  it('writes nothing of a transaction whose thread died in the middle, and then a new thread does', async () => {
    const cut = db.transaction().execute(async (within) => {
      await note(within, 1, 'before');
      await threads[0]?.terminate();
      await note(within, 2, 'after');
    });
    await expect(cut).rejects.toThrow(HistoryUnavailable);
    expect(written()).toEqual([]);
    await db.transaction().execute((within) => note(within, 3, 'again'));
    expect(written()).toEqual(['again']);
    expect(threads).toHaveLength(2);
  });

  it('says that a file is no database', async () => {
    rmSync(file);
    writeFileSync(file, 'no database at all, but long enough to be taken for the head of one'.repeat(20));
    const failing = db.transaction().execute((within) => note(within, 1, 'a'));
    await expect(failing).rejects.toThrow(UnusableHistory);
  });
});
