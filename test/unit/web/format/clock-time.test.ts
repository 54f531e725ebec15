import { describe, expect, it } from 'vitest';
import { dayOf, hourMinute, hourMinuteSecond, localTime, zoneLabel } from '#lib/format/clock-time.ts';

const FRIDAY = Date.UTC(2025, 2, 14, 6, 32, 18);

describe('time of day', () => {
  it.each([
    ['Asia/Shanghai', '14:32:18'],
    ['+08:00', '14:32:18'],
    ['+05:30', '12:02:18'],
    ['-03:30', '03:02:18'],
    ['UTC', '06:32:18'],
    ['America/Los_Angeles', '23:32:18'],
  ])('is that of the hall in %s', (zone, text) => expect(hourMinuteSecond(FRIDAY, zone)).toBe(text));

  it('is that of the hall on both sides of a change to summer time', () => {
    expect(hourMinute(Date.UTC(2025, 2, 30, 0, 59), 'Europe/Warsaw')).toBe('01:59');
    expect(hourMinute(Date.UTC(2025, 2, 30, 1, 0), 'Europe/Warsaw')).toBe('03:00');
  });

  it('writes the day in both languages', () => {
    expect(dayOf(FRIDAY, '+08:00', 'zh-CN')).toBe('3月14日 周五');
    expect(dayOf(FRIDAY, '+08:00', 'en')).toBe('Fri 14 Mar');
    expect(dayOf(FRIDAY, 'America/Los_Angeles', 'en')).toBe('Thu 13 Mar');
  });

  it.each([
    ['Asia/Shanghai', 'UTC+8'],
    ['+08', 'UTC+8'],
    ['Asia/Kolkata', 'UTC+5:30'],
    ['-0330', 'UTC−3:30'],
    ['UTC', 'UTC'],
  ])('names the zone %s', (zone, label) => expect(zoneLabel(FRIDAY, zone)).toBe(label));

  it('agrees with itself for a zone by name and by offset', () => {
    expect(localTime(FRIDAY, 'Asia/Shanghai')).toEqual(localTime(FRIDAY, '+08:00'));
  });

  it('[SL3] writes no value as a dash', () => expect(hourMinuteSecond(null, 'UTC')).toBe('—'));
});
