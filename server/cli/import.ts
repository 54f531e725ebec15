import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BranchProfile, Zone } from '#shared/network.ts';
import { Id } from '#shared/ids.ts';
import { type Config, readConfig } from '../config.ts';
import { type HistoryDatabase, historyFile, openHistory } from '../history/open.ts';
import type { HistoryStore, ImportedRows } from '../history/store.ts';
import { createNetwork, readNetworkFile } from '../network.ts';
import { UnreadableRecording } from '../sources/reading.ts';
import { openRecordedDay } from '../sources/recorded-day.ts';
import { openText, reasonOf } from '../sources/text-file.ts';
import type { Collected } from './import/collected.ts';
import { collectIntervals } from './import/intervals.ts';
import { overlapOf } from './import/overlap.ts';
import { collectQueueLog } from './import/queue-log.ts';
import { openSpool } from './import/spool.ts';
import { printResult, progress, UsageError } from './result.ts';

interface Options {
  branch?: string;
  zone?: string;
  add?: boolean;
}

/** Where nobody configured or named a branch. */
const ONLY_BRANCH = 'imported';
/** Queues of a hotline nobody configured, as replays have them. */
const UNKNOWN_BRANCH = {
  region: { id: 'import', name: { zh: '导入', en: 'Imported' } },
  channel: 'voice',
  queueDefaults: { thresholdSeconds: 20, targetSeconds: 60 },
} as const;

/** `muster import queue-log`: an Asterisk queue_log of past months, folded into history as the live log is. */
export async function importQueueLog(file: string, options: Options): Promise<void> {
  const config = readConfig();
  const profile = profileOf(config, options);
  if (options.zone !== undefined && options.zone !== profile.zone)
    throw new UsageError(`--zone: by network.json ${profile.id} is in ${profile.zone}`);
  using spool = openSpool<ImportedRows>();
  await importFile(config, file, { branch: profile.id, add: options.add }, async () => {
    const { format, readings } = await openRecordedDay(file, { branch: profile.id });
    if (format !== 'queue-log') throw new UsageError(`${file} is not an Asterisk queue_log`);
    return collectQueueLog(readings, profile, spool);
  });
}

/** `muster import intervals`: a table of counts by quarter-hour, half-hour or other slot. */
export async function importIntervals(
  file: string,
  options: Options & { queue?: string; slotMinutes?: string },
): Promise<void> {
  const { queue, zone, slotMinutes } = options;
  const config = readConfig();
  const profile = profileOf(config, options);
  if (queue !== undefined && !Id.safeParse(queue).success) throw new UsageError('--queue is not an id');
  const minutes = slotMinutes === undefined ? undefined : Number(slotMinutes);
  if (minutes !== undefined && !(minutes > 0)) throw new UsageError('--slot-minutes is a number above 0');
  await importFile(config, file, { branch: profile.id, queue, add: options.add }, async () => {
    const text = await openText(file);
    return collectIntervals(text(), profile, { queue, zone: zone ?? profile.zone, slotMinutes: minutes });
  });
}

// The branch as it is configured, else as a hotline with the usual promises.
function profileOf(config: Config, options: Options): BranchProfile {
  const { zone } = options;
  const file = readNetworkFile(config.dataDir);
  if (options.branch === undefined && file.branches.length > 1)
    throw new UsageError('--branch says of which branch');
  const branch = options.branch ?? file.branches[0]?.id ?? ONLY_BRANCH;
  if (!Id.safeParse(branch).success) throw new UsageError('--branch is not an id');
  if (zone !== undefined && !Zone.safeParse(zone).success) throw new UsageError('--zone is not a time zone');
  const known = createNetwork(file).branch(branch);
  if (known) return known;
  progress(`${branch} is not in network.json: its history shows once it is there`);
  const made = BranchProfile.parse({
    ...UNKNOWN_BRANCH,
    id: branch,
    name: { zh: branch, en: branch },
    ...(zone === undefined ? {} : { zone }),
  });
  return createNetwork({ ...file, branches: [made] }).branch(branch) ?? made;
}

/** Collects a whole file, then stores all of it or nothing; the same file for the same place counts once. */
async function importFile(
  config: Config,
  file: string,
  { branch, queue, add }: { branch: string; queue?: string | undefined; add: boolean | undefined },
  collect: () => Promise<Collected>,
): Promise<void> {
  const dataset = { dataset: basename(file), seed: null };
  let store: HistoryStore | undefined;
  try {
    const sha256 = await digestOf(file, [branch, queue ?? '']);
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    store = await openHistory(databaseOf(config));
    if (await store.isImported(sha256)) {
      progress(`${file} was imported before: nothing is stored again`);
      printResult({ ok: true, rows: 0, skipped: {}, alreadyImported: true, ...dataset });
      return;
    }
    const { batches, quarterHours, taken, skipped, about } = await collect();
    if (taken === 0) throw new UsageError(`${file}: no record of it can be used`);
    if (add !== true) await refuseOverlap(store, branch, quarterHours);
    const isNew = await store.importRows({ sha256, name: basename(file) }, batches);
    printResult({
      ok: true,
      rows: isNew ? taken : 0,
      skipped: skipped.counts(),
      alreadyImported: !isNew,
      branch,
      ...about,
      ...dataset,
    });
  } catch (error) {
    if (!(error instanceof UnreadableRecording)) throw error;
    throw new UsageError(error.message.includes(file) ? error.message : `${file}: ${error.message}`);
  } finally {
    await store?.close();
  }
}

const databaseOf = ({ databaseUrl, dataDir }: Config): HistoryDatabase =>
  databaseUrl === undefined ? { file: historyFile(dataDir) } : { databaseUrl };

async function refuseOverlap(
  store: HistoryStore,
  branch: string,
  quarterHours: Collected['quarterHours'],
): Promise<void> {
  const overlap = await overlapOf(store, branch, quarterHours);
  if (overlap === null) return;
  throw new UsageError(
    `history has ${overlap.quarterHours} quarter-hours of queue ${overlap.queue} in the time of this file already ` +
      'and would count them twice; --add adds them all the same',
  );
}

/** SHA-256 of a file for a place: the same file may be imported for another branch or queue. */
async function digestOf(file: string, place: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(`${JSON.stringify(place)}\n`);
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new UnreadableRecording(`cannot read ${file}: ${reasonOf(error)}`, { cause: error });
  }
  return hash.digest('hex');
}
