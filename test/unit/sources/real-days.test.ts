/** The readers on the recorded originals, which are not part of the project: skipped where they are not at hand. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecordedDay } from '#server/sources/recorded-day.ts';
import { collect, countTypes } from '../../support/readings.ts';

const ORIGINALS = join(import.meta.dirname, '../../../../shared/data');
const CALLS = join(ORIGINALS, 'anonymous_bank_calls/calls.csv');
const QUEUE_LOGS = [
  join(ORIGINALS, 'asterisk_queue_log/queue_log.txt'),
  join(ORIGINALS, 'anonymous_bank_calls/queue_log_week_1999-02-14.txt'),
];

function countLines(path: string, word: string): number {
  return Number(
    execFileSync('awk', ['-F|', `$5 ~ /^${word}$/ {n++} END {print n+0}`, path], { encoding: 'utf8' }),
  );
}

describe.skipIf(!existsSync(ORIGINALS))('recorded originals', () => {
  it('gives the known totals of the bank calls', { timeout: 30_000 }, async () => {
    const day = await openRecordedDay(CALLS);
    const queuedAt = new Map<string, number>();
    const startedAt = new Map<string, number>();
    const totals = { offered: 0, answered: 0, abandoned: 0, within20: 0, waitSeconds: 0, serviceSeconds: 0 };
    let last = 0;
    let unordered = 0;
    for await (const reading of day.readings) {
      if (!('event' in reading)) continue;
      const { event } = reading;
      if (event.at < last) unordered += 1;
      last = event.at;
      if (event.type === 'contact.queued') {
        totals.offered += 1;
        queuedAt.set(event.contact, event.at);
      } else if (event.type === 'contact.started') {
        const waitSeconds = (event.at - (queuedAt.get(event.contact) ?? 0)) / 1_000;
        totals.answered += 1;
        totals.waitSeconds += waitSeconds;
        if (waitSeconds <= 20) totals.within20 += 1;
        startedAt.set(event.contact, event.at);
      } else if (event.type === 'contact.ended') {
        totals.serviceSeconds += (event.at - (startedAt.get(event.contact) ?? 0)) / 1_000;
      } else if (event.type === 'contact.abandoned') {
        totals.abandoned += 1;
      }
    }
    expect(totals).toEqual({
      offered: 65_422,
      answered: 58_120,
      abandoned: 7_302,
      within20: 35_446,
      waitSeconds: 2_155_824,
      serviceSeconds: 10_398_216,
    });
    expect(unordered).toBe(0);
  });

  it.each(QUEUE_LOGS)('counts %s as awk does', async (path) => {
    const { facts, refused } = await collect((await openRecordedDay(path)).readings);
    const counts = countTypes(facts);
    expect(counts['contact.queued']).toBe(countLines(path, 'ENTERQUEUE'));
    expect(counts['contact.started']).toBe(countLines(path, 'CONNECT'));
    expect(counts['contact.abandoned']).toBe(countLines(path, 'ABANDON'));
    expect(counts['contact.ended']).toBe(countLines(path, 'COMPLETE(AGENT|CALLER)'));
    expect(Object.keys(refused).filter((reason) => reason !== 'not-a-fact')).toEqual([]);
  });
});
