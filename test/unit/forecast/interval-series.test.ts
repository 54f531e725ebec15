import { describe, expect, it } from 'vitest';
import { onGrid, type RawSeries, readIntervals } from '#server/sources/interval-series.ts';
import { UnreadableRecording } from '#server/sources/reading.ts';

async function read(...lines: string[]) {
  const raw: RawSeries = new Map();
  await readIntervals([lines.join('\n')], 'file', raw);
  return onGrid(raw);
}

const countsOf = async (...lines: string[]) =>
  [...(await read(...lines)).series.values()].map((days) => days.map(({ counts }) => counts));

describe('interval series', () => {
  it('lie on the shortest step, from the earliest to the latest time of day', async () => {
    const { grid, firstMinute, series } = await read(
      'interval_start,calls',
      '2020-01-06T08:00:00,4',
      '2020-01-06T08:15:00,6',
      '2020-01-07T08:30+01:00,1',
    );
    expect(grid).toEqual({ slotMinutes: 15, slots: 3 });
    expect(firstMinute).toBe(480);
    expect(series.get('file')?.map(({ day }) => day)).toEqual([18_267, 18_268]);
  });

  it('know nothing of a hole, and of nobody before the first and after the last slot of a day', async () => {
    const counts = await countsOf(
      'interval_start,calls',
      '2020-01-06T08:00,1',
      '2020-01-06T08:30,2',
      '2020-01-06T10:00,3',
      '2020-01-07T08:30,4',
    );
    expect(counts).toEqual([
      [
        [1, 2, null, null, 3],
        [0, 4, 0, 0, 0],
      ],
    ]);
  });

  it('leave out what is imputed', async () => {
    const counts = await countsOf(
      'interval_start,calls,imputed',
      '2020-01-06T08:00,1,0',
      '2020-01-06T08:30,2,1',
      '2020-01-06T09:00,,1',
    );
    expect(counts).toEqual([[[1, null, null]]]);
  });

  it('know nothing of a count left empty, nor of the hour that comes twice as clocks go back', async () => {
    const counts = await countsOf(
      'interval_start,calls',
      '2020-10-25T02:00,3',
      '2020-10-25T02:30,4',
      '2020-10-25T02:00,5',
      '2020-10-25T02:30,6',
      '2020-10-25T03:00,',
      '2020-10-25T03:30,7',
      ',,',
    );
    expect(counts).toEqual([[[null, null, null, 7]]]);
  });

  it('add up the queues of a place, and keep places apart', async () => {
    const { series } = await read(
      'interval_start,branch,queue,arrivals',
      '2020-01-06 08:00,north,a,1',
      '2020-01-06 08:00,north,b,2',
      '2020-01-06 08:30,south,a,5',
    );
    expect([...series].map(([name, [day]]) => [name, day?.counts])).toEqual([
      ['north', [3, 0]],
      ['south', [0, 5]],
    ]);
  });

  it('leave out the slots beside a gap where counts come from ticket numbers', async () => {
    const at = (time: string, count: number) => `2020-01-06T${time},hall,1,${count}`;
    const counts = await countsOf(
      'interval_start,office,queue_id,tickets_called',
      ...[at('08:00', 3), at('08:30', 4), at('09:00', 2), at('10:30', 40), at('11:00', 5)],
    );
    expect(counts).toEqual([[[3, 4, null, null, null, null, 5]]]);
  });

  it.each([
    ['a missing column', ['interval_start,volume', '2020-01-06T08:00,1'], /calls or arrivals/],
    ['no rows', ['interval_start,calls'], /no intervals/],
    ['a date that does not exist', ['interval_start,calls', '2020-02-30T08:00,1'], /line 2: interval_start/],
    ['a time that is none', ['interval_start,calls', '2020-02-20T25:00,1'], /line 2: interval_start/],
    ['a negative count', ['interval_start,calls', '2020-01-06T08:00,-1'], /line 2: calls/],
    ['a word for a count', ['interval_start,calls', '2020-01-06T08:00,many'], /line 2: calls/],
    [
      'an interval twice',
      ['interval_start,calls', '2020-01-06T08:00,1', '', '2020-01-06T08:00,1'],
      /line 4: .*before/,
    ],
    ['stray quotes', ['interval_start,calls', '"2020-01-06T08:00,1'], /line 2: quotes/],
    [
      'slots of odd length',
      ['interval_start,calls', '2020-01-06T08:00,1', '2020-01-06T08:25,1', '2020-01-06T08:50,1'],
      /divides the hour/,
    ],
    ['a single slot', ['interval_start,calls', '2020-01-06T08:00,1'], /divides the hour/],
  ])('are refused with %s', async (_, lines, message) => {
    const reading = read(...lines);
    await expect(reading).rejects.toThrow(UnreadableRecording);
    await expect(reading).rejects.toThrow(message);
  });
});
