import { describe, expect, it } from 'vitest';
import { daysWithin, slotFinder } from '#server/reports/calendar.ts';
import { hall } from '#test/support/profiles.ts';

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);

/** The hours of a day, as minutes each. */
function hoursOf(zone: string, from: number, to: number): number[] {
  const slotAt = slotFinder('1h', hall({ zone }), from, to);
  const minutes: number[] = [];
  for (let time = from; time < to; time = slotAt(time).to) {
    const slot = slotAt(time);
    expect(slot.from).toBe(time);
    minutes.push((slot.to - slot.from) / 60_000);
  }
  return minutes;
}

describe('slotFinder', () => {
  it('[WN1] starts hours on the full hour of the hall', () => {
    const time = at('2026-03-02T04:00:00Z');
    const slot = slotFinder('1h', hall({ zone: 'Asia/Kolkata' }), time, time + HOUR_MS)(time);
    expect(slot).toEqual({ from: at('2026-03-02T03:30:00Z'), to: at('2026-03-02T04:30:00Z') });
  });

  it.each([
    ['Europe/Warsaw', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23, 60],
    ['Europe/Warsaw', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25, 60],
    ['Asia/Shanghai', '2026-10-24T16:00:00Z', '2026-10-25T16:00:00Z', 24, 60],
    ['Australia/Lord_Howe', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z', 25, 30],
    ['Australia/Lord_Howe', '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z', 24, 30],
  ])(
    '[WN1] a day of %s from %s to %s has %i hours, the shortest of %i minutes',
    (zone, from, to, hours, shortest) => {
      const minutes = hoursOf(zone, at(from), at(to));
      expect(minutes).toHaveLength(hours);
      expect(Math.min(...minutes)).toBe(shortest);
    },
  );

  it('[WN1] a day is the hall’s, from its day start on', () => {
    const profile = hall({ zone: 'Europe/Warsaw', dayStartMinutes: 240 });
    const slot = slotFinder('1d', profile, 0, 0)(at('2026-10-25T00:30:00Z'));
    expect(slot).toEqual({ from: at('2026-10-24T02:00:00Z'), to: at('2026-10-25T03:00:00Z') });
  });
});

describe('daysWithin', () => {
  it('takes the days that start in the span', () => {
    const profile = hall({ zone: 'Asia/Shanghai' });
    const midnight = at('2026-03-01T16:00:00Z');
    const day = 24 * HOUR_MS;
    const { fromDay, toDay } = daysWithin(profile, { from: midnight, to: midnight + 2 * day });
    expect(toDay - fromDay).toBe(2);
    expect(daysWithin(profile, { from: midnight + 1, to: midnight + 2 * day })).toEqual({
      fromDay: fromDay + 1,
      toDay,
    });
    expect(daysWithin(profile, { from: midnight, to: midnight + 2 * day + 1 }).toDay).toBe(toDay + 1);
  });
});
