import { describe, expect, it } from 'vitest';
import { clockMs, readClock } from '#server/sources/clock-text.ts';

describe('clockMs', () => {
  it.each([
    ['1999-01-01T00:00:02', '1999-01-01T00:00:02Z'],
    ['1999-01-01 00:00', '1999-01-01T00:00:00Z'],
    ['2000-02-29T23:59:59.25', '2000-02-29T23:59:59.250Z'],
    ['1999-01-01T02:00:00+02:00', '1999-01-01T00:00:00Z'],
    ['1999-01-01T00:00:00-0530', '1999-01-01T05:30:00Z'],
  ])('reads %s', (text, iso) => {
    expect(clockMs(text)).toBe(Date.parse(iso));
  });

  it.each([
    '',
    '1999-02-30T00:00:00',
    '1999-01-01T24:00:00',
    '1999-01-01T00:60:00',
    'soon',
    '1999-01-01',
    '1969-12-31T00:00',
  ])('refuses %j', (text) => {
    expect(clockMs(text)).toBeNull();
  });
});

describe('readClock', () => {
  it.each([
    ['2026-03-02T09:15', null],
    ['2026-03-02T09:15Z', 0],
    ['2026-03-02T09:15-0530', -5.5],
  ])('tells what the wall shows apart from the offset in %s', (text, hours) => {
    const offsetMs = hours === null ? null : hours * 3_600_000;
    expect(readClock(text)).toEqual({ wallMs: Date.parse('2026-03-02T09:15Z'), offsetMs });
  });
});
