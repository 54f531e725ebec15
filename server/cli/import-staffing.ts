/** `muster import staffing`: tables of people and places into `staffing.json`, all of them or nothing. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { StaffingFault } from '#shared/staffing-world.ts';
import { readConfig } from '../config.ts';
import { readNetworkFile } from '../network.ts';
import { readStaffingTables } from '../sources/staffing-tables.ts';
import { reasonOf } from '../sources/text-file.ts';
import { openStaffingStore } from '../staffing-store.ts';
import { printResult, progress, UsageError } from './result.ts';

export function importStaffing(files: readonly string[]): void {
  const { dataDir } = readConfig();
  const store = openStaffingStore(join(dataDir, 'staffing.json'));
  const tables = files.map((file) => ({ file, text: textOf(file) }));
  const branches = new Set(readNetworkFile(dataDir).branches.map(({ id }) => id));
  const answer = readStaffingTables(tables, store.get(), branches);
  const measured = { dataset: files.map((file) => basename(file)).join(' '), seed: null };
  if ('faults' in answer) {
    for (const fault of answer.faults) progress(wordsOf(fault));
    printResult({ ok: false, rows: 0, faults: answer.faults, ...measured });
    return;
  }
  const { world, rows } = answer;
  store.put(world);
  progress('a server that runs takes it at its next start');
  printResult({ ok: true, rows, branches: world.branches.length, agents: world.agents.length, ...measured });
}

const wordsOf = ({ file, line, field, message }: StaffingFault): string =>
  [`${file}:${line}`, field, message].filter((part) => part !== '').join(' · ');

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${reasonOf(error)}`);
  }
}
