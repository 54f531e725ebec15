import { describe, expect, it } from 'vitest';
import { dayStart, hallDay, openingOf } from '#server/domain/branch/hall-day.ts';
import { zoneOffset } from '#shared/zone-offset.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, hotline, MONDAY, told } from '#test/support/profiles.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const utc = (text: string): number => Date.parse(`${text}Z`);
const visit = (from: number, to: number, contact = String(from)) => [
  told(from, 'contact.queued', { contact, queue: 'personal' }),
  told(to, 'contact.started', { contact }),
];

describe('windows', () => {
  it('[WN1] offered counts by arrival, answered by the end of the wait', () => {
    const place = given(hall()).events(visit(clock('09:50'), clock('10:25')));
    expect(place.at('10:26').queue('personal')).toMatchObject({
      answered30: 1,
      slNumerator30: 0,
      waitSeconds30: 2_100,
    });
  });

  it('[WN1] the 30-minute window lets go of what is older, in steps of 30 s', () => {
    const place = given(hall()).events(visit(clock('10:00'), clock('10:05:10')));
    expect(place.at('10:35:10').queue('personal').answered30).toBe(1);
    expect(place.at('10:35:29').queue('personal').answered30).toBe(1);
    expect(place.at('10:35:30').queue('personal').answered30).toBe(0);
    expect(place.at('10:35:30').queue('personal').answeredToday).toBe(1);
  });

  it('[WN1] what is told late falls into the window in which it happened', () => {
    const late = visit(clock('10:10'), clock('10:12'), 'late');
    const place = given(hall()).events([...visit(clock('10:20'), clock('10:30')), ...late]);
    expect(place.at('10:41').queue('personal').answered30).toBe(2);
    expect(place.at('10:43').queue('personal').answered30).toBe(1);
  });

  it('[WN1] today starts anew at the hall’s day start, though nothing has happened yet', () => {
    const place = given(hall()).events(visit(clock('16:00'), clock('16:05')));
    expect(place.at(MONDAY + DAY_MS - 1).queue('personal').answeredToday).toBe(1);
    expect(place.at(MONDAY + DAY_MS).queue('personal').answeredToday).toBe(0);
  });

  it('[WN1] yesterday’s facts told today are not of today', () => {
    const tomorrow = told(MONDAY + DAY_MS + HOUR_MS, 'source.heartbeat', {});
    const seen = given(hall())
      .events([tomorrow, ...visit(clock('23:00'), clock('23:30'))])
      .at(MONDAY + DAY_MS + 2 * HOUR_MS);
    expect(seen.queue('personal').answeredToday).toBe(0);
    expect(seen.counts('personal').answered).toBe(1);
  });

  it('[OC2] a counter left open overnight counts from the start of the day only', () => {
    const place = given(hall()).events([
      told('10:00', 'counter.opened', { counter: 'c1' }),
      told('10:00', 'counter.opened', { counter: 'c2' }),
    ]);
    expect(place.at(MONDAY + DAY_MS + 10 * HOUR_MS).staff.openingRateToday).toBe(1);
    const closed = place.events([told('12:00', 'counter.closed', { counter: 'c1' })]);
    expect(closed.at(MONDAY + DAY_MS + 10 * HOUR_MS).staff.openingRateToday).toBe(0.5);
    expect(
      closed.events([told('12:00', 'counter.closed', { counter: 'c2' })]).at(MONDAY + DAY_MS + 10 * HOUR_MS)
        .staff.openingRateToday,
    ).toBe(0);
  });
});

describe('days of a hall', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-02T00:00', '2026-03-01T16:00'],
    ['Asia/Kolkata', '2026-03-02T00:00', '2026-03-01T18:30'],
    ['Asia/Kathmandu', '2026-03-02T00:00', '2026-03-01T18:15'],
    ['+05:30', '2026-03-02T00:00', '2026-03-01T18:30'],
    ['Europe/Berlin', '2026-03-29T00:00', '2026-03-28T23:00'],
    ['Europe/Berlin', '2026-03-30T00:00', '2026-03-29T22:00'],
    ['Europe/Berlin', '2026-10-25T00:00', '2026-10-24T22:00'],
    ['Europe/Berlin', '2026-10-26T00:00', '2026-10-25T23:00'],
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00'],
    ['America/Havana', '2026-03-08T00:00', '2026-03-08T05:00'],
    ['America/Havana', '2026-11-01T00:00', '2026-11-01T04:00'],
    ['Pacific/Apia', '2026-03-02T00:00', '2026-03-01T11:00'],
  ])('[WN1] in %s the day %s starts at %s UTC, also when clocks change', (zone, local, start) => {
    const profile = hall({ zone });
    const day = utc(local) / DAY_MS;
    expect(new Date(dayStart(profile, day))).toEqual(new Date(utc(start)));
    expect(hallDay(profile, utc(start))).toBe(day);
    expect(hallDay(profile, utc(start) - 1)).toBe(day - 1);
  });

  it.each(['Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago'])(
    '[WN1] every day of 2026 in %s begins where the one before ends',
    (zone) => {
      const profile = hall({ zone, dayStartMinutes: 240 });
      const first = utc('2026-01-01T00:00') / DAY_MS;
      for (let day = first; day < first + 365; day++) {
        const start = dayStart(profile, day);
        expect([hallDay(profile, start - 1), hallDay(profile, start)]).toEqual([day - 1, day]);
      }
    },
  );

  it('[WN1] a day start of 04:00 leaves the small hours to the day before', () => {
    const profile = hall({ dayStartMinutes: 240 });
    expect(hallDay(profile, clock('03:59'))).toBe(hallDay(profile, clock('04:00')) - 1);
    expect(dayStart(profile, hallDay(profile, clock('12:00')))).toBe(clock('04:00'));
  });

  it('[WN1] a day of 25 hours counts all of them', () => {
    const profile = hall({ zone: 'Europe/Berlin' });
    const start = dayStart(profile, utc('2026-10-25T00:00') / DAY_MS);
    const events = [...visit(start, start + 1_000), ...visit(start + 24.5 * HOUR_MS, start + 24.6 * HOUR_MS)];
    expect(
      given(profile)
        .events(events)
        .at(start + 24.9 * HOUR_MS)
        .queue('personal').answeredToday,
    ).toBe(2);
  });

  it('knows offsets of half and quarter hours', () => {
    expect(zoneOffset('Asia/Kolkata', MONDAY)).toBe(5.5 * HOUR_MS);
    expect(zoneOffset('Australia/Eucla', MONDAY)).toBe(8.75 * HOUR_MS);
  });
});

describe('opening hours', () => {
  const opening = (profile: ReturnType<typeof hall>, at: number) => {
    const found = openingOf(profile, at);
    return found && [found.opensAt, found.closesAt];
  };

  it('are those of the hall’s day, by its weekday', () => {
    const profile = hall({ hours: [{ days: [1], opens: '09:00', closes: '17:00' }] });
    expect(opening(profile, clock('03:00'))).toEqual([clock('09:00'), clock('17:00')]);
    expect(opening(profile, MONDAY - 1)).toBeNull();
    expect(opening(profile, MONDAY + DAY_MS)).toBeNull();
  });

  it.each([0, 240])('past midnight the hall is still open (day start %i min)', (dayStartMinutes) => {
    const profile = hall({ dayStartMinutes, hours: [{ opens: '18:00', closes: '02:00' }] });
    const tonight = [clock('18:00'), clock('26:00')];
    expect(opening(profile, clock('23:00'))).toEqual(tonight);
    expect(opening(profile, clock('25:59'))).toEqual(tonight);
    expect(given(profile).at('25:00').status).toBe('normal');
    expect(given(profile).at('26:00').status).toBe('closed');
  });

  it('a hotline open round the clock is never closed, whenever its day starts', () => {
    const profile = hotline({ dayStartMinutes: 360 });
    for (let hour = 0; hour < 24; hour++)
      expect(given(profile).at(clock(`${hour}:00`)).status).toBe('normal');
  });

  it('keep local time on the day clocks change', () => {
    const profile = hall({ zone: 'Europe/Berlin' });
    expect(opening(profile, utc('2026-03-29T12:00'))).toEqual([
      utc('2026-03-29T07:00'),
      utc('2026-03-29T15:00'),
    ]);
    expect(opening(profile, utc('2026-03-28T12:00'))).toEqual([
      utc('2026-03-28T08:00'),
      utc('2026-03-28T16:00'),
    ]);
  });

  it('closed with somebody still waiting is not closed', () => {
    const place = given(hall()).events([
      told('16:55', 'contact.queued', { contact: 'k', queue: 'personal' }),
    ]);
    expect(place.at('17:00').status).toBe('normal');
    expect(place.events([told('17:01', 'contact.started', { contact: 'k' })]).at('17:02').status).toBe(
      'closed',
    );
  });
});
