import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UnreadableRecording } from '#server/sources/reading.ts';
import { openRecordedDay } from '#server/sources/recorded-day.ts';
import { collect } from '../../support/readings.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/recordings');
const folder = mkdtempSync(join(tmpdir(), 'recorded-day-'));
function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('openRecordedDay', () => {
  it.each([
    ['calls.csv', 'calls-csv', 177],
    ['queue_log.txt', 'queue-log', 120],
    ['level-feed.csv', 'snapshot-feed', 205],
  ])('knows %s as %s', async (name, format, facts) => {
    const day = await openRecordedDay(join(FIXTURES, name));
    expect(day.format).toBe(format);
    expect((await collect(day.readings)).facts).toHaveLength(facts);
  });

  it('knows lines of events, also gzipped and after empty lines', async () => {
    const event = '{"id":"1","at":1,"type":"source.heartbeat"}';
    const day = await openRecordedDay(write('events.any', gzipSync(`\uFEFF\r\n${event}\r\n`)), {
      branch: 'b',
    });
    expect(day.format).toBe('event-lines');
    expect((await collect(day.readings)).facts).toHaveLength(1);
  });

  it('reads a file of a header alone as a day without facts', async () => {
    const day = await openRecordedDay(write('header.csv', 'call_id,queue,queue_enter_time,wait_s,outcome\n'));
    expect(await collect(day.readings)).toEqual({ facts: [], refused: {} });
  });

  it.each([
    ['a file that is not there', () => join(folder, 'nothing'), /cannot read .*nothing/],
    ['a folder', () => folder, /cannot read/],
    ['an empty file', () => write('empty', ''), /is empty/],
    ['an empty gzip', () => write('empty.gz', gzipSync('')), /is empty/],
    ['lines without content', () => write('blank', '\n \n\r\n'), /is empty/],
    ['an unknown format', () => write('unknown', 'hello\n'), /is none of/],
    ['a lone column', () => write('lone', 'call_id\n1\n'), /columns are missing: queue,/],
  ])('refuses %s in a sentence', async (_what, path, message) => {
    const opening = openRecordedDay(path());
    await expect(opening).rejects.toThrow(UnreadableRecording);
    await expect(opening).rejects.toThrow(message);
  });

  it('says so when a gzip breaks off', async () => {
    const whole = gzipSync('1|1.1|q|NONE|ENTERQUEUE\n', { level: 0 });
    const reading = async () => {
      const day = await openRecordedDay(write('broken.gz', whole.subarray(0, -6)));
      await collect(day.readings);
    };
    await expect(reading()).rejects.toThrow(UnreadableRecording);
  });
});
