import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { manualClock } from '#server/clock.ts';
import { advance } from '#server/domain/live-branch.ts';
import type { Counts } from '#server/domain/metrics/counts.ts';
import { addQueueInterval, noQueueInterval } from '#server/domain/metrics/interval.ts';
import { unpack } from '#server/domain/metrics/packed-sums.ts';
import { createIngest, MAX_EVENTS, type SourcePrincipal } from '#server/ingest.ts';
import { createLiveBranches } from '#server/live-branches.ts';
import { loggedEvents } from '#server/log/event-log.ts';
import { createMemoryEventLog } from '#server/log/memory-event-log.ts';
import { ALL_SHARDS } from '#server/log/shards.ts';
import { openNetwork } from '#server/network.ts';
import type { ReadFact } from '#server/sources/reading.ts';
import { openRecordedDay } from '#server/sources/recorded-day.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const FIXTURE = pathOf('../../fixtures/recordings/calls.csv');
/** A year of a bank's calls, where somebody has put it beside the project. */
const YEAR = pathOf('../../../../shared/data/anonymous_bank_calls/calls.csv');
const REPLAY: SourcePrincipal = { kind: 'source', source: 'replay', branches: ['*'] };
const THRESHOLD_SECONDS = 20;

/** The sums of a recording that went through reader, ingest, log and fold. */
async function replayed(path: string): Promise<Counts> {
  const log = createMemoryEventLog();
  const clock = manualClock(0);
  const network = openNetwork({
    region: { id: 'replay', name: { zh: '回放', en: 'Replay' } },
    channel: 'voice',
    queueDefaults: { thresholdSeconds: THRESHOLD_SECONDS },
  });
  const ingest = createIngest({ log, network, clock });
  const post = async (facts: ReadFact[]): Promise<void> => {
    clock.advanceTo(facts.at(-1)?.event.at ?? 0);
    const answer = await ingest.post(
      REPLAY,
      facts.map(({ branch, event }) => ({ value: { ...event, branch } })),
    );
    expect(answer).toEqual({ accepted: facts.length, duplicate: 0, rejected: [] });
  };

  const { readings } = await openRecordedDay(path);
  let facts: ReadFact[] = [];
  for await (const reading of readings) {
    if ('refused' in reading) continue;
    facts.push(reading);
    if (facts.length < MAX_EVENTS) continue;
    await post(facts);
    facts = [];
  }
  await post(facts);

  const branches = createLiveBranches(network);
  for await (const chunks of log.follow(ALL_SHARDS, new Map(), new AbortController().signal)) {
    for (const chunk of chunks) {
      const branch = branches.get(chunk.branch);
      for (const fact of loggedEvents(chunk)) if (branch) advance(branch.live, branch.profile, fact);
    }
    break;
  }
  const sum = noQueueInterval();
  for (const id of branches.ids()) {
    for (const { total } of branches.get(id)?.live.figures.queues.values() ?? [])
      addQueueInterval(sum, unpack(total));
  }
  return sum;
}

/** The same figures straight from the table, without any of our code. */
function countedByHand(path: string): Partial<Counts> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const rows = lines.map((line) => line.split(','));
  const cell = (row: string[], name: string): string => row[names.indexOf(name)] ?? '';
  const served = rows.filter((row) => cell(row, 'outcome') === 'served');
  const abandoned = rows.filter((row) => cell(row, 'outcome') === 'abandoned');
  const sumOf = (all: string[][], name: string): number =>
    all.reduce((sum, row) => sum + Number(cell(row, name)), 0);
  const waits = [...served, ...abandoned].map((row) => Number(cell(row, 'wait_s')));
  return {
    offered: served.length + abandoned.length,
    answered: served.length,
    abandoned: abandoned.length,
    answeredWithin: served.filter((row) => Number(cell(row, 'wait_s')) <= THRESHOLD_SECONDS).length,
    waitSeconds: sumOf(served, 'wait_s'),
    waitSecondsMax: waits.reduce((most, wait) => Math.max(most, wait), 0),
    abandonWaitSeconds: sumOf(abandoned, 'wait_s'),
    handled: served.length,
    serviceSeconds: sumOf(served, 'service_s'),
  };
}

describe('golden totals', () => {
  it('[SL1] of an hour of calls are what a count by hand gives', async () => {
    const byHand = countedByHand(FIXTURE);
    expect(byHand.offered).toBeGreaterThan(40);
    expect(await replayed(FIXTURE)).toMatchObject(byHand);
  });

  it.skipIf(!existsSync(YEAR))(
    '[SL1] of a year of calls',
    async () => {
      const year = await replayed(YEAR);
      expect(year).toMatchObject({
        offered: 65_422,
        answered: 58_120,
        abandoned: 7_302,
        answeredWithin: 35_446,
      });
      expect(year).toMatchObject(countedByHand(YEAR));
    },
    60_000,
  );
});
