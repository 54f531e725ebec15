import { describe, expect, it } from 'vitest';
import type { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { dayStart, hallDay } from '#server/domain/branch/hall-day.ts';
import { openMs } from '#server/domain/branch/opening-hours.ts';
import { INTERVAL_MS } from '#server/domain/metrics/interval.ts';
import { liveFigures } from '#server/domain/metrics/live-figures.ts';
import { noSums, unpack } from '#server/domain/metrics/packed-sums.ts';
import { clock, hall, MONDAY, told } from '#test/support/profiles.ts';
import { logged, project } from '#test/support/projected.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const dayOf = (date: string): number => Date.parse(`${date}T00:00Z`) / DAY_MS;
const folded = (profile: BranchProfile, events: readonly SourceEvent[]) =>
  project(profile, logged(events.map((event) => ({ event }))));
const round = (zone: string, dayStartMinutes: number) =>
  hall({ zone, dayStartMinutes, hours: [{ opens: '00:00', closes: '24:00' }], expectedSeconds: 100_000 });

/** An agent is there from the day before until the day after; a heartbeat each quarter-hour. */
function around(profile: BranchProfile, day: number): SourceEvent[] {
  const from = dayStart(profile, day) - HOUR_MS;
  const to = dayStart(profile, day + 1) + HOUR_MS;
  const beats: SourceEvent[] = [];
  for (let at = from + INTERVAL_MS; at <= to; at += INTERVAL_MS) beats.push(told(at, 'source.heartbeat', {}));
  return [told(from, 'agent.signedIn', { agent: 'li', counter: 'c1' }), ...beats];
}

describe.each([
  ['Europe/Warsaw', '2026-03-29', 23],
  ['Europe/Warsaw', '2026-10-25', 25],
  ['Asia/Kolkata', '2026-03-29', 24],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ['America/Havana', '2026-03-08', 23],
] as const)('a day in %s, %s: %d hours', (zone, date, hours) => {
  // A day that begins at four is over at four: the change in the small hours is in the day before.
  it.each([0, 240])('[WN1] has all its quarter-hours and no other (day start %i min)', (dayStartMinutes) => {
    const profile = round(zone, dayStartMinutes);
    const day = dayOf(date) - (dayStartMinutes > 0 ? 1 : 0);
    const rows = folded(profile, around(profile, day)).rows.agents.filter((row) => row.day === day);
    expect(rows).toHaveLength((hours * HOUR_MS) / INTERVAL_MS);
    const spentMs = rows.reduce((sum, { sums }) => sum + sums.spentMs.available, 0);
    expect(spentMs).toBe(hours * HOUR_MS);
  });

  it('[OC2] is open as long as it is', () => {
    const profile = round(zone, 0);
    const start = dayStart(profile, dayOf(date));
    expect(openMs(profile, start, dayStart(profile, dayOf(date) + 1))).toBe(hours * HOUR_MS);
    const { rows } = folded(profile, around(profile, dayOf(date)));
    const inHours = rows.counters.filter((row) => row.day === dayOf(date));
    expect(inHours.reduce((sum, { sums }) => sum + sums.openInHoursMs, 0)).toBe(hours * HOUR_MS);
  });

  it('[WN1] today begins anew with it, and ends with it', () => {
    const profile = round(zone, 0);
    const start = dayStart(profile, dayOf(date));
    const end = dayStart(profile, dayOf(date) + 1);
    const { live } = folded(
      profile,
      around(profile, dayOf(date)).filter(({ at }) => at <= end),
    );
    const signedIn = (now: number) =>
      liveFigures(live, profile, now).agents[0]?.figures.today.signedInTime?.value;
    const before = folded(
      profile,
      around(profile, dayOf(date)).filter(({ at }) => at < end),
    ).live;
    expect(liveFigures(before, profile, end - 1).agents[0]?.figures.today.signedInTime?.value).toBeCloseTo(
      (end - start) / 1_000,
      2,
    );
    expect(signedIn(end)).toBe(0);
  });
});

describe('across midnight', () => {
  const profile = hall({ hours: [{ opens: '18:00', closes: '02:00' }], expectedSeconds: 36_000 });
  const day = hallDay(profile, MONDAY);
  const contact = 'k';
  const events = [
    told('18:00', 'agent.signedIn', { agent: 'li', counter: 'c1' }),
    told('23:50', 'contact.queued', { contact, queue: 'personal', ticket: 'A1' }),
    told('24:10', 'contact.called', { contact, counter: 'c1' }),
    told('24:11', 'contact.started', { contact, counter: 'c1', agent: 'li' }),
    told('24:40', 'contact.ended', { contact }),
    told('26:30', 'source.heartbeat', {}),
  ];
  const { rows, live } = folded(profile, events);
  const queueRow = (start: string) =>
    rows.queues.find((row) => row.id === 'personal' && row.start === clock(start));

  it('[WN1] a contact belongs to two days: offered yesterday, answered today', () => {
    expect(queueRow('23:45')).toMatchObject({ day, sums: { offered: 1, arrivedAnswered: 1, answered: 0 } });
    expect(queueRow('24:00')).toMatchObject({ day: day + 1, sums: { offered: 0, answered: 1 } });
    expect(rows.visits).toMatchObject([{ contact, day: day + 1, waitSeconds: 1_200 }]);
    expect(unpack(live.figures.queues.get('personal')?.today ?? noSums())).toMatchObject({
      offered: 0,
      answered: 1,
      arrivedAnswered: 0,
    });
  });

  it('[OC1] time is cut at midnight: none is lost, none is counted twice', () => {
    const agent = rows.agents.filter(({ id }) => id === 'li');
    const ms = (of: number) =>
      agent
        .filter((row) => row.day === of)
        .flatMap(({ sums }) => Object.values(sums.spentMs))
        .reduce((sum, each) => sum + each, 0);
    expect([ms(day), ms(day + 1)]).toEqual([6 * HOUR_MS, 2.5 * HOUR_MS]);
    const today = Object.values(live.figures.agents.get('li')?.today.spentMs ?? {});
    expect(today.reduce((sum, each) => sum + each, 0)).toBe(2.5 * HOUR_MS);
  });

  it('[OC2] a hall open past midnight is open on both days, and not after it closed', () => {
    const inHours = (of: number) =>
      rows.counters.filter((row) => row.day === of).reduce((sum, { sums }) => sum + sums.openInHoursMs, 0);
    expect([inHours(day), inHours(day + 1)]).toEqual([6 * HOUR_MS, 2 * HOUR_MS]);
    expect(openMs(profile, MONDAY, MONDAY + DAY_MS)).toBe(8 * HOUR_MS);
  });

  it('[DQ1] silence counts within opening hours only, on the day it was', () => {
    const quality = rows.sources.map((row) => [row.day, row.gapSecondsMax]);
    expect(quality).toEqual([
      [day, 21_000],
      [day + 1, 4_800],
    ]);
  });
});
