import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SourceEvent } from '#shared/events.ts';
import { readSnapshotFeed } from '#server/sources/snapshot-feed.ts';
import { collect } from '../../support/readings.ts';

const FIXTURE = readFileSync(join(import.meta.dirname, '../../fixtures/recordings/level-feed.csv'), 'utf8');
const HEADER =
  'poll,observed_at,office,queue_id,waiting,counters_open,avg_service_min,ticket_called,status,reported_at';
const readRows = (...rows: string[]) => collect(readSnapshotFeed([[HEADER, ...rows].join('\r\n')]));

describe('readSnapshotFeed', () => {
  it('keeps the time the office said, and when it was polled', async () => {
    const { facts } = await readRows('1,2020-01-13T10:04:00,Wola,134,7,2,10,A012,1,2012-02-23T10:04');
    expect(facts).toEqual([
      {
        branch: 'Wola',
        receivedAt: Date.UTC(2020, 0, 13, 10, 4),
        event: {
          id: expect.stringMatching(/^[0-9a-f]{20}\.0$/) as string,
          at: Date.UTC(2012, 1, 23, 10, 4),
          type: 'queue.observed',
          queue: '134',
          waiting: 7,
          countersOpen: 2,
          averageServiceSeconds: 600,
          lastTicket: 'A012',
          raw: '1',
        },
      },
    ]);
  });

  it('leaves out what the office did not say', async () => {
    const { facts } = await readRows('1,2020-01-13T10:04:00,Wola,134,0,,,,,2020-01-13T10:04');
    expect(Object.keys(facts[0]?.event ?? {})).toEqual(['id', 'at', 'type', 'queue', 'waiting']);
  });

  it('refuses rows it cannot read', async () => {
    const { facts, refused } = await readRows(
      '1,2020-01-13T10:04:00,Wola,134,-1,2,10,,1,2020-01-13T10:04',
      '1,2020-01-13T10:04:00,Wola,134,many,2,10,,1,2020-01-13T10:04',
      '1,2020-01-13T10:04:00,Wola,134,1,2,10,,1,',
      '1,,Wola,134,1,2,10,,1,2020-01-13T10:04',
      '1,2020-01-13T10:04:00,,134,1,2,10,,1,2020-01-13T10:04',
      '1,"',
    );
    expect(facts).toEqual([]);
    expect(refused).toEqual({ 'bad-row': 6 });
  });

  it('passes a dead office and its wrong clock on as they are', async () => {
    const { facts, refused } = await collect(readSnapshotFeed([FIXTURE]));
    expect(refused).toEqual({});
    for (const { event } of facts) SourceEvent.parse(event);
    expect(new Set(facts.map(({ event }) => event.id)).size).toBe(facts.length);
    const dead = facts.filter(({ branch }) => branch === 'UD_Srodmiescie_2');
    expect(dead.length).toBeGreaterThan(0);
    for (const { event, receivedAt = 0 } of dead) {
      expect(event).toMatchObject({ waiting: 0 });
      expect(receivedAt - event.at).toBeGreaterThan(7 * 365 * 86_400_000);
    }
  });
});
