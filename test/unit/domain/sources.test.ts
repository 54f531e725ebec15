import { describe, expect, it } from 'vitest';
import type { EventOf } from '#shared/events.ts';
import {
  correctedTime,
  isSkewed,
  newClock,
  observeClock,
  skewOf,
} from '#server/domain/branch/source-clock.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told } from '#test/support/profiles.ts';

const MINUTE_MS = 60_000;
const heartbeat = (when: string) => told(when, 'source.heartbeat', {});
const queued = (when: string, contact = 'k') => told(when, 'contact.queued', { contact, queue: 'personal' });
const started = (when: string, contact = 'k') =>
  told(when, 'contact.started', { contact, agent: 'li', counter: 'c1' });
const qualityOf = (place: ReturnType<typeof given>, now: string) =>
  place.at(now).live.figures.sources.get('machine')?.total;

describe('data quality', () => {
  it('[DQ1] counts facts told late, told again and implied', () => {
    const place = given(hall())
      .events([queued('10:00'), queued('10:00'), started('10:05', 'nobody queued')])
      .events([queued('10:06', 'l')], { receivedAt: '10:12' });
    expect(qualityOf(place, '10:13')).toMatchObject({ events: 4, repeated: 1, implied: 1, late: 1 });
  });

  it('[DQ1] what happened before a source was first heard is told as history, and is not late', () => {
    const place = given(hall())
      .events([queued('08:00'), started('08:20')], { receivedAt: '10:00' })
      .events([queued('09:59', 'l')], { receivedAt: '10:10' })
      .events([queued('10:01', 'm')], { receivedAt: '10:10' });
    expect(qualityOf(place, '10:13')).toMatchObject({ events: 4, late: 1 });
  });

  it('[DQ1] a slow clock makes nothing late: it is counted by itself', () => {
    const slow = (minute: number) => ({
      ...heartbeat('10:00'),
      at: clock('10:00') + (minute - 10) * MINUTE_MS,
    });
    const place = given(hall());
    for (let minute = 0; minute <= 20; minute++)
      place.events([slow(minute)], { receivedAt: clock('10:00') + minute * MINUTE_MS });
    const quality = qualityOf(place, '10:21');
    expect(quality).toMatchObject({ events: 21, late: 0, skewSecondsMax: 600 });
  });

  it('[DQ1] a contact without news for 12 hours is unfinished: off the floor, counted as nothing else', () => {
    const place = given(hall()).events([queued('08:00'), started('08:05', 'l'), heartbeat('20:30')]);
    const seen = place.at('20:30');
    expect(qualityOf(place, '20:30')?.unfinished).toBe(2);
    expect(seen.queue('personal').waiting).toBe(0);
    expect(seen.counts('personal')).toMatchObject({ offered: 1, answered: 0, abandoned: 0 });
    expect(seen.staff.counters).toMatchObject([{ ticket: null }, { ticket: null }]);
  });

  it('[DQ1] called and ended, but never told to have started: the service began with the last call', () => {
    const seen = given(hall())
      .events([queued('10:00')])
      .events([told('10:04', 'contact.called', { contact: 'k', counter: 'c1' })])
      .events([told('10:10', 'contact.ended', { contact: 'k' }), heartbeat('10:13')])
      .at('10:13');
    expect(seen.counts('personal')).toMatchObject({ answered: 1, waitSeconds: 240, serviceSeconds: 360 });
  });

  it('a service that began without a queue is counted when its queue becomes known', () => {
    const seen = given(hall())
      .events([started('10:05'), queued('10:00')])
      .at('10:06');
    expect(seen.counts('personal')).toMatchObject({ offered: 1, answered: 1, waitSeconds: 300 });
  });
});

describe('a silent source', () => {
  it('[LV3] leaves nothing known of its branch, also of queues it never spoke of', () => {
    const place = given(hall({ expectedSeconds: 60 })).events([queued('10:00')]);
    expect(place.at('10:00:30').queue('corporate')).toMatchObject({ source: 'live', waiting: 0 });
    const silent = place.at('10:02');
    for (const queue of ['personal', 'corporate'])
      expect(silent.queue(queue)).toMatchObject({ source: 'silent', status: 'stale', waiting: null });
    expect(silent.status).toBe('stale');
  });

  it('that was never heard is only not installed yet: its queues are empty', () => {
    expect(given(hall()).at('10:00').queue('corporate')).toMatchObject({ source: 'live', waiting: 0 });
  });
});

describe('the clock of a source', () => {
  const present = (at: string, receivedAt: string, known = newClock(clock(receivedAt))) => {
    observeClock(known, clock(at), clock(receivedAt), true);
    return known;
  };

  it('is corrected when it is ahead', () => {
    const known = present('10:00:30', '10:00:00');
    expect(skewOf(known)).toBe(-30_000);
    expect(correctedTime(known, clock('10:01:30'), clock('10:01:01'))).toBe(clock('10:01:00'));
  });

  it('two seconds are the network, not the clock', () => {
    expect(skewOf(present('10:00:01.9', '10:00:00'))).toBe(0);
  });

  it('is slow only when all it said for five minutes was late', () => {
    const known = present('09:59:20', '10:00:00');
    expect(skewOf(known)).toBe(0);
    observeClock(known, clock('10:04:21'), clock('10:05:01'), true);
    expect(skewOf(known)).toBe(40_000);
    expect(correctedTime(known, clock('10:10:00'), clock('10:11:00'))).toBe(clock('10:10:40'));
  });

  it('is in another year at once, not after five minutes', () => {
    const known = newClock(clock('10:00'));
    observeClock(known, clock('10:00') - 366 * 86_400_000, clock('10:00'), true);
    expect(correctedTime(known, 0, clock('10:00'))).toBe(clock('10:00'));
  });

  it('a spool sent after an outage is not a slow clock', () => {
    const known = newClock(clock('10:00'));
    for (let i = 0; i < 60; i++) {
      const at = clock('09:00') + i * MINUTE_MS;
      observeClock(known, at, clock('10:00') + i * 100, false);
    }
    observeClock(known, clock('10:06'), clock('10:06'), true);
    expect(skewOf(known)).toBe(0);
  });

  it('a time is never later than its receipt', () => {
    expect(correctedTime(newClock(0), clock('10:01'), clock('10:00'))).toBe(clock('10:00'));
  });

  it('beyond two minutes it is not used', () => {
    const known = present('10:02:01', '10:00:00');
    expect(isSkewed(known)).toBe(true);
    expect(correctedTime(known, clock('11:00'), clock('10:30'))).toBe(clock('10:30'));
    expect(isSkewed(present('10:02:00', '10:00:00'))).toBe(false);
  });

  it('waits of a place whose clock runs ahead are measured on ours', () => {
    const place = given(hall()).events([{ ...heartbeat('10:01'), at: clock('10:01') }], {
      receivedAt: '10:00',
    });
    place.events([queued('10:06')], { receivedAt: '10:05' });
    expect(place.at('10:10').queue('personal').oldestAt).toBe(clock('10:05'));
  });
});

describe('a snapshot of a source', () => {
  type Parts = Partial<Omit<EventOf<'source.snapshot'>, 'id' | 'at' | 'type'>>;
  const snapshot = (when: string, parts: Parts = {}) =>
    told(when, 'source.snapshot', { queues: [], contacts: [], agents: [], counters: [], ...parts });
  const waiting = (contact: string, from: string, queue = 'personal') => ({
    contact,
    queue,
    queuedAt: clock(from),
  });

  it('replaces who waits: the unnamed are gone and counted as unfinished, the new are there', () => {
    const place = given(hall()).events([queued('10:00', 'a'), queued('10:01', 'b')]);
    const seen = place
      .events([snapshot('10:20', { contacts: [waiting('b', '10:01'), waiting('c', '10:10')] })])
      .at('10:21');
    expect(seen.queue('personal')).toMatchObject({ waiting: 2, oldestAt: clock('10:01'), offeredToday: 3 });
    expect(seen.phase('a')).toBe('gone');
    expect(qualityOf(place, '10:21')?.unfinished).toBe(1);
    expect(seen.counts('personal').abandoned).toBe(0);
  });

  it('does not touch what another source told', () => {
    const place = given(hall()).events([queued('10:00')], { source: 'tickets' });
    expect(
      place
        .events([snapshot('10:20')])
        .at('10:21')
        .phase('k'),
    ).toBe('waiting');
  });

  it('moves who waits for something else by now', () => {
    const place = given(hall()).events([queued('10:00')]);
    const seen = place
      .events([snapshot('10:20', { contacts: [waiting('k', '10:15', 'corporate')] })])
      .at('10:21');
    expect(seen.queue('personal').waiting).toBe(0);
    expect(seen.queue('corporate')).toMatchObject({ waiting: 1, oldestAt: clock('10:15') });
  });

  it('shows who came back after an earlier visit', () => {
    const ended = told('10:10', 'contact.ended', { contact: 'k' });
    const place = given(hall()).events([queued('10:00'), started('10:05'), ended]);
    const seen = place.events([snapshot('10:11', { contacts: [waiting('k', '10:11')] })]).at('10:12');
    expect(seen.phase('k')).toBe('waiting');
    expect(seen.counts('personal')).toMatchObject({ offered: 2, answered: 1 });
    expect(qualityOf(place, '10:12')?.unfinished).toBe(0);
  });

  it('replaces agents and counters: the unnamed left or closed, the named are as told', () => {
    const place = given(hall()).events([
      told('09:00', 'agent.signedIn', { agent: 'li', counter: 'c1' }),
      told('09:00', 'counter.opened', { counter: 'c1' }),
      told('09:00', 'counter.opened', { counter: 'c2' }),
    ]);
    const agents = [
      { agent: 'han', name: '韩梅梅', state: 'break' as const, since: clock('10:15'), counter: 'c1' },
    ];
    const counters = [{ counter: 'c1', state: 'open' as const }];
    const { staff } = place.events([snapshot('10:20', { agents, counters })]).at('10:21');
    expect(staff.agents).toMatchObject([{ id: 'han', name: '韩梅梅', activity: 'break', counter: '1' }]);
    expect(staff.counters).toMatchObject([
      { id: 'c1', activity: 'paused', agent: '韩梅梅' },
      { id: 'c2', activity: 'closed' },
    ]);
  });

  it('knows who is being served, by whom and where', () => {
    const contact = {
      ...waiting('k', '10:00'),
      ticket: 'A7',
      startedAt: clock('10:10'),
      agent: 'li',
      counter: 'c1',
    };
    const seen = given(hall())
      .events([snapshot('10:20', { contacts: [contact] })])
      .at('10:21');
    expect(seen.staff.counters[0]).toMatchObject({ activity: 'serving', ticket: 'A7' });
    expect(seen.staff.agents).toMatchObject([{ id: 'li', activity: 'serving', queue: 'A' }]);
    expect(seen.counts('personal')).toMatchObject({ offered: 1, answered: 1, waitSeconds: 600 });
  });

  it('told twice changes nothing', () => {
    const contacts = [waiting('a', '10:00')];
    const place = given(hall()).events([snapshot('10:20', { contacts })]);
    const before = place.at('10:21');
    const after = place.events([snapshot('10:20', { contacts })]).at('10:21');
    expect(after.queues).toEqual(before.queues);
  });
});
