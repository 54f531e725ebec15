import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHistory } from '#server/history/open.ts';
import { allColumns, TABLES } from '#server/history/tables.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-tables-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the tables', () => {
  it('have the columns that rows are written to: a new sum needs its migration', async () => {
    const file = join(folder, 'history.sqlite');
    await (await openHistory({ file })).close();
    const database = new DatabaseSync(file);
    for (const table of Object.values(TABLES)) {
      const columns = database
        .prepare('SELECT name, "notnull", pk FROM pragma_table_info(?)')
        .all(table.name);
      const found = columns.map(({ name, notnull, pk }) => ({
        name,
        nullable: notnull === 0,
        isKey: pk !== 0,
      }));
      const wanted = allColumns(table).map(({ name, nullable, merge }) => ({
        name,
        nullable,
        isKey: merge === 'key',
      }));
      const byName = (a: { name: unknown }, b: { name: unknown }) =>
        String(a.name).localeCompare(String(b.name));
      expect(found.sort(byName), table.name).toEqual(wanted.sort(byName));
    }
    database.close();
  });
});
