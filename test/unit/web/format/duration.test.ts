import { describe, expect, it } from 'vitest';
import { age, duration, elapsedSeconds, target } from '#lib/format/duration.ts';

describe('duration', () => {
  it.each([
    [0, '0:00'],
    [9, '0:09'],
    [65, '1:05'],
    [1_122, '18:42'],
    [3_599, '59:59'],
    [3_600, '1:00:00'],
    [6_730, '1:52:10'],
    [-5, '0:00'],
    [59.9, '0:59'],
  ])('writes %d s as %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it('[SL3] writes no value as a dash', () => {
    expect(duration(null)).toBe('—');
    expect(duration(Number.NaN)).toBe('—');
  });

  it('counts whole seconds since an instant, never below zero', () => {
    expect(elapsedSeconds(1_000, 4_999)).toBe(3);
    expect(elapsedSeconds(5_000, 4_000)).toBe(0);
    expect(elapsedSeconds(null, 4_000)).toBeNull();
  });

  it('says a promise in whole minutes when it is one', () => {
    expect(target(900)).toEqual({ minutes: 15 });
    expect(target(20)).toEqual({ clock: '0:20' });
    expect(target(90)).toEqual({ clock: '1:30' });
  });

  it('tells an age in seconds, then minutes, then hours', () => {
    expect(age(59)).toEqual({ unit: 'seconds', seconds: 59 });
    expect(age(75)).toEqual({ unit: 'minutes', minutes: 1, seconds: 15 });
    expect(age(7_500)).toEqual({ unit: 'hours', hours: 2, minutes: 5 });
    expect(age(2 * 86_400)).toEqual({ unit: 'days', days: 2 });
  });
});
