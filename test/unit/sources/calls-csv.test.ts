import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceEvent } from '#shared/events.ts';
import { readCallsCsv } from '#server/sources/calls-csv.ts';
import { UnreadableRecording } from '#server/sources/reading.ts';
import { collect, countTypes } from '../../support/readings.ts';

const FIXTURE = readFileSync(join(import.meta.dirname, '../../fixtures/recordings/calls.csv'), 'utf8');
const HEADER = 'call_id,branch,queue,priority,queue_enter_time,wait_s,service_s,outcome,server';
const read = (text: string, branch?: string) => collect(readCallsCsv([text], { branch }));
const readRows = (...rows: string[]) => read([HEADER, ...rows].join('\n'));
const at = (time: string): number => Date.parse(`1999-01-01T${time}Z`);

describe('readCallsCsv', () => {
  it('turns a served call into queued, started and ended', async () => {
    const { facts } = await readRows('c1,b,loans,2,1999-01-01T10:00:00,30,90,served,A01');
    expect(facts).toEqual([
      {
        branch: 'b',
        event: {
          id: 'c1:q',
          at: at('10:00:00'),
          type: 'contact.queued',
          contact: 'c1',
          queue: 'loans',
          channel: 'voice',
          priority: 2,
        },
      },
      {
        branch: 'b',
        event: { id: 'c1:s', at: at('10:00:30'), type: 'contact.started', contact: 'c1', agent: 'A01' },
      },
      { branch: 'b', event: { id: 'c1:e', at: at('10:02:00'), type: 'contact.ended', contact: 'c1' } },
    ]);
  });

  it('turns an abandoned call into queued and abandoned', async () => {
    const { facts } = await readRows('c1,b,loans,0,1999-01-01T10:00:00,12.5,,abandoned,');
    expect(facts.map(({ event }) => [event.type, event.at])).toEqual([
      ['contact.queued', at('10:00:00')],
      ['contact.abandoned', at('10:00:12.500')],
    ]);
  });

  it('ends a service of unknown length where it starts, and knows no agent where there is none', async () => {
    const { facts } = await readRows('c1,b,loans,0,1999-01-01T10:00:00,5,,served,');
    expect(facts[1]?.event).not.toHaveProperty('agent');
    expect(facts[2]?.event).toMatchObject({ type: 'contact.ended', at: at('10:00:05') });
  });

  it('refuses other outcomes by their own word and unreadable rows as bad-row', async () => {
    const { facts, refused } = await readRows(
      'c1,b,loans,0,,,,left_in_ivr,',
      'c2,b,loans,0,,,,phantom,',
      'c3,b,loans,0,1999-01-01T10:00:00,-1,5,served,A01',
      'c4,b,loans,0,1999-13-01T10:00:00,1,5,served,A01',
      'c5,b,,0,1999-01-01T10:00:00,1,5,served,A01',
      'c6,b,loans,0,1999-01-01T10:00:00,,5,served,A01',
      'c7,b,loans,x,1999-01-01T10:00:00,1,5,served,A01',
      'c8,b,loans,0,1999-01-01T10:00:00,1,5,"served,A01',
      'c9,b',
      'c10,b,loans,0,1999-01-01T10:00:00,1,NaN,served,A01',
      `${'c'.repeat(61)},b,loans,0,1999-01-01T10:00:00,1,5,served,A01`,
    );
    expect(facts).toEqual([]);
    expect(refused).toEqual({ left_in_ivr: 1, phantom: 1, 'bad-row': 9 });
  });

  it('puts rows out of order into the order of time, each call in the order of its life', async () => {
    const { facts } = await readRows(
      'late,b,q,0,1999-01-02T10:00:00,0,0,served,A01',
      'early,b,q,0,1999-01-01T10:00:00,0,0,served,A01',
    );
    expect(facts.map(({ event }) => event.id)).toEqual([
      'early:q',
      'early:s',
      'early:e',
      'late:q',
      'late:s',
      'late:e',
    ]);
  });

  it('reads columns in any order, without the optional ones, with BOM and CRLF', async () => {
    const { facts } = await read(
      '\uFEFFoutcome,WAIT_S,queue_enter_time,queue,call_id,more\r\nserved,5,1999-01-01 10:00:00,q,c1,x\r\n',
    );
    expect(facts).toHaveLength(3);
    expect(facts[0]).toMatchObject({ branch: 'calls', event: { contact: 'c1', queue: 'q', priority: 0 } });
  });

  it('takes the branch of the option over the one in the row', async () => {
    const { facts } = await read(FIXTURE, 'mine');
    expect(new Set(facts.map(({ branch }) => branch))).toEqual(new Set(['mine']));
  });

  it('says which columns are missing', async () => {
    const reading = read('call_id,queue\n1,q\n');
    await expect(reading).rejects.toThrow(UnreadableRecording);
    await expect(reading).rejects.toThrow('columns are missing: queue_enter_time, wait_s, outcome');
  });

  it('gives a real half hour whole, valid, in order, and the same again', async () => {
    const { facts, refused } = await read(FIXTURE);
    expect(countTypes(facts)).toEqual({
      'contact.queued': 61,
      'contact.started': 55,
      'contact.ended': 55,
      'contact.abandoned': 6,
    });
    expect(refused).toEqual({ left_in_ivr: 2 });
    const times = facts.map(({ event }) => event.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(facts.map(({ event }) => event.id)).size).toBe(facts.length);
    for (const { event } of facts) SourceEvent.parse(event);
    expect((await read(FIXTURE)).facts).toEqual(facts);
  });

  it('never throws on what a row may hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.string(), { maxLength: 9 })), async (rows) => {
        for (const { event } of (await readRows(...rows.map((row) => row.join(',')))).facts)
          SourceEvent.parse(event);
      }),
    );
  });
});
