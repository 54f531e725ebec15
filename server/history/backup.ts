/** Whole copies of a file of Muster: made while it is written, put back while nobody uses it. */
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { BESIDE, removeHistoryFile } from './open.ts';
import { openEngine } from './open-engine.ts';
import { isOurs, translate } from './sqlite-engine.ts';
import { UnusableHistory } from './store.ts';

/** All in one step: a copy in several begins anew whenever somebody writes between two. */
const ALL_PAGES = 2 ** 30;
const SQLITE_BUSY = 5;

/** What a file holds. */
export interface KeptFile {
  noun: string;
  /** A table that only files of this kind have. */
  table: string;
  /** Opens a copy that is to take the place of another: proves that this program can use it. Throws {@link UnusableHistory}. */
  accept(file: string): Promise<void>;
}

/** History, brought up to date when it is older. */
export const HISTORY_FILE: KeptFile = {
  noun: 'history',
  table: 'queue_days',
  accept: async (file) => (await openEngine({ file })).close(),
};

/**
 * Copies `file` to `target`, which must not exist; a running Muster goes on writing. How many bytes.
 * Throws {@link UnusableHistory}, HistoryUnavailable.
 */
export async function backUpFile(kept: KeptFile, file: string, target: string): Promise<number> {
  if (!existsSync(file)) throw new UnusableHistory(`there is no ${kept.noun} at ${file}`);
  if (existsSync(target)) throw new UnusableHistory(`${target} exists already; name another file`);
  await copyWhole(kept, file, target);
  return statSync(target).size;
}

/**
 * Puts a copy in the place of `file`. The old one is kept beside it, under the name that is given back; `null` when there
 * was none. Throws {@link UnusableHistory} when the copy is none or the old one is in use.
 */
export async function restoreFile(
  kept: KeptFile,
  copy: string,
  file: string,
  now: number,
): Promise<string | null> {
  if (!existsSync(copy)) throw new UnusableHistory(`there is no file ${copy}`);
  const arriving = `${file}.restoring`;
  removeHistoryFile(arriving);
  await copyWhole(kept, copy, arriving);
  try {
    await kept.accept(arriving);
    const aside = setAside(file, now);
    renameSync(arriving, file);
    sync(dirname(file));
    return aside;
  } finally {
    removeHistoryFile(arriving);
  }
}

/** Copies whole and checked; an unfinished copy never bears the name of a finished one. */
async function copyWhole(kept: KeptFile, from: string, to: string): Promise<void> {
  const unfinished = `${to}.unfinished`;
  removeHistoryFile(unfinished);
  try {
    await copyPages(kept, from, unfinished);
    chmodSync(unfinished, 0o600);
    sync(unfinished);
    renameSync(unfinished, to);
    sync(dirname(to));
  } catch (error) {
    throw translate(error);
  } finally {
    removeHistoryFile(unfinished);
  }
}

async function copyPages({ noun, table }: KeptFile, from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    const has = source.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    if (!isOurs(source) || !has.get(table)) throw new UnusableHistory(`${from} holds no ${noun} of Muster`);
    await backup(source, to, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(to);
  try {
    // One file by itself, without a write-ahead file that could be left behind.
    copy.exec('PRAGMA journal_mode = DELETE');
    const { quick_check: verdict } = copy.prepare('PRAGMA quick_check(1)').get() ?? {};
    if (verdict !== 'ok') throw new UnusableHistory(`${from} is damaged: ${String(verdict)}`);
  } finally {
    copy.close();
  }
}

/** Renames a file and gives its new name; refuses while another process has it open. */
function setAside(file: string, now: number): string | null {
  if (!existsSync(file)) return null;
  const aside = `${file}.before-${new Date(now).toISOString().replaceAll(':', '-')}`;
  try {
    const old = new DatabaseSync(file, { timeout: 0 });
    try {
      // Only who has it alone may leave the write-ahead mode, and its file ends up whole.
      old.exec('PRAGMA journal_mode = DELETE');
    } finally {
      old.close();
    }
  } catch (error) {
    // One that is too damaged to be opened is set aside as it is.
    if (isBusy(error)) throw new UnusableHistory(`${file} is in use; stop Muster first`, { cause: error });
  }
  for (const end of ['', ...BESIDE]) if (existsSync(file + end)) renameSync(file + end, aside + end);
  return aside;
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
