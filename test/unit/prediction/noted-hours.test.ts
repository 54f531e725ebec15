import { describe, expect, it } from 'vitest';
import { notedHours, type UsualHour } from '#server/domain/prediction/noted-hours.ts';

const hour = (
  weekday: number,
  at: number,
  counters: number,
  usual: number,
  busy = counters + 1,
): UsualHour => ({
  ...{ weekday, hour: at, arrivals: 20, counters, countersP80: busy, usual },
});

describe('hours noted for the month [GD1]', () => {
  it('are those with usually too few open, in spells long enough for a shift', () => {
    const notes = notedHours([
      hour(1, 9, 4, 4),
      ...[10, 11, 12].map((at) => hour(1, at, 6, 4.8)),
      hour(1, 13, 4, 4),
      hour(2, 10, 6, 4.8),
      hour(3, 10, 5, 4.5),
      hour(3, 11, 5, 4.5),
    ]);
    expect(notes).toEqual([
      {
        ...{ weekday: 1, fromHour: 10, toHour: 13, change: 1 },
        ...{ needed: 6, neededBusy: 7, usual: 4.8, arrivals: 20 },
      },
    ]);
  });

  it('are those with more open than even a busy day needs, but never the last one', () => {
    expect(notedHours([14, 15, 16].map((at) => hour(4, at, 2, 5.2, 3)))).toMatchObject([
      { weekday: 4, fromHour: 14, toHour: 17, change: -2 },
    ]);
    expect(notedHours([14, 15].map((at) => hour(4, at, 2, 3.5, 3)))).toEqual([]);
    expect(notedHours([14, 15].map((at) => hour(4, at, 0, 1.5, 0)))).toEqual([]);
  });

  it('keep too few and too many apart, and name what weighs most first', () => {
    const notes = notedHours([
      ...[9, 10].map((at) => hour(0, at, 5, 4)),
      ...[11, 12, 13].map((at) => hour(0, at, 2, 6, 3)),
      ...[9, 10].map((at) => hour(2, at, 9, 5)),
    ]);
    expect(notes.map(({ weekday, fromHour, change }) => [weekday, fromHour, change])).toEqual([
      [0, 11, -3],
      [2, 9, 4],
      [0, 9, 1],
    ]);
  });
});
