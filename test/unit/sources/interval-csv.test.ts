import { describe, expect, it } from 'vitest';
import { readIntervalCsv, type SlotCounts } from '#server/sources/interval-csv.ts';
import { UnreadableRecording } from '#server/sources/reading.ts';

const UTC = 'UTC';
const at = (text: string): number => Date.parse(text);

async function read(lines: string[], zone = UTC) {
  const slots: SlotCounts[] = [];
  const refused: string[] = [];
  for await (const reading of readIntervalCsv([lines.join('\n')], zone)) {
    if ('refused' in reading) refused.push(reading.refused);
    else slots.push(reading);
  }
  return { slots, refused };
}

describe('readIntervalCsv', () => {
  it('reads calls, and leaves out what was imputed', async () => {
    const { slots, refused } = await read([
      'interval_start,calls,imputed',
      '1999-01-01T00:00:00,2,0',
      '1999-01-01T00:30:00,9,1',
      '1999-01-01T01:00:00,0,0',
    ]);
    expect(slots.map(({ start, counts }) => [start, counts.offered])).toEqual([
      [at('1999-01-01T00:00:00Z'), 2],
      [at('1999-01-01T01:00:00Z'), 0],
    ]);
    expect(refused).toEqual(['imputed']);
  });

  it('reads any of the counts, by queue', async () => {
    const { slots } = await read([
      'queue,interval_start,offered,answered,answered_within,wait_seconds,abandoned,abandon_wait_seconds',
      'sales,2026-03-02 09:00,12,10,8,55.5,2,31',
    ]);
    expect(slots[0]).toMatchObject({
      queue: 'sales',
      start: at('2026-03-02T09:00:00Z'),
      counts: {
        offered: 12,
        answered: 10,
        answeredWithin: 8,
        waitSeconds: 55.5,
        totalWaitSeconds: 55.5,
        handled: 0,
      },
    });
  });

  it('reads the wall clock of the zone, and an offset where there is one', async () => {
    const { slots } = await read(
      ['interval_start,calls', '2026-03-02T09:00,1', '2026-03-02T09:15+00:00,1'],
      'Asia/Shanghai',
    );
    expect(slots.map(({ start }) => start)).toEqual([at('2026-03-02T01:00:00Z'), at('2026-03-02T09:15:00Z')]);
  });

  it('refuses an hour the clock skipped, and tells apart the one it ran through twice', async () => {
    const { slots, refused } = await read(
      [
        'interval_start,calls',
        '2026-03-29T02:30,1',
        '2026-10-25T02:30,1',
        '2026-10-25T02:30,2',
        '2026-10-25T02:30,3',
      ],
      'Europe/Warsaw',
    );
    expect(slots.map(({ start, counts }) => [start, counts.offered])).toEqual([
      [at('2026-10-25T00:30:00Z'), 1],
      [at('2026-10-25T01:30:00Z'), 2],
    ]);
    expect(refused).toEqual(['no-such-time', 'duplicate']);
  });

  it.each([
    ['2026-03-02T09:00', '-1'],
    ['2026-03-02T09:00', '1.5'],
    ['2026-03-02T09:00', ''],
    ['2026-03-02T09:00', 'many'],
    ['2026-02-30T09:00', '1'],
    ['yesterday', '1'],
    ['2026-03-02T09:00', '"1'],
  ])('[SF3] sets aside %s,%s', async (start, calls) => {
    expect(await read(['interval_start,calls', `${start},${calls}`])).toEqual({
      slots: [],
      refused: ['bad-row'],
    });
  });

  it('[SF3] asks for what a column means nothing without', async () => {
    const header = 'interval_start,calls,answered,wait_seconds,abandoned,abandon_wait_seconds';
    await expect(read([header])).rejects.toThrow('answered_within');
  });

  it('[SF3] sets aside more answered in time than answered', async () => {
    const { refused } = await read([
      'interval_start,calls,answered,answered_within,wait_seconds,abandoned,abandon_wait_seconds',
      '2026-03-02T09:00,9,3,4,20,6,9',
    ]);
    expect(refused).toEqual(['bad-row']);
  });

  it.each([
    'start,calls',
    'interval_start,imputed',
    'interval_start,calls,anwsered',
    'interval_start,calls,answered',
    'interval_start,calls,abandoned',
    '{"a":1}',
  ])('says what is wrong with the header %s', async (header) => {
    await expect(read([header, '2026-03-02T09:00,1'])).rejects.toThrow(UnreadableRecording);
  });
});
