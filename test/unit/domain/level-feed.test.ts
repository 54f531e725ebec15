import { describe, expect, it } from 'vitest';
import type { EventOf } from '#shared/events.ts';
import { given } from '#test/support/given.ts';
import { clock, hall, told, type When } from '#test/support/profiles.ts';

type Level = Partial<Omit<EventOf<'queue.observed'>, 'id' | 'at' | 'type'>>;
const observed = (when: When, level: Level = {}) =>
  told(when, 'queue.observed', { queue: 'personal', waiting: 4, longestWaitSeconds: 300, ...level });
const everyMinutes = (minutes: number, count: number, level: Level = {}) =>
  Array.from({ length: count }, (_, i) => observed(clock('10:00') + i * minutes * 60_000, level));
const YEARS_MS = 5 * 366 * 86_400_000;

describe('a level feed', () => {
  it('[WT2] gives the number waiting and the arrival of the longest waiting', () => {
    const seen = given(hall())
      .events([observed('10:00', { countersOpen: 3 })])
      .at('10:02');
    expect(seen.queue('personal')).toMatchObject({
      waiting: 4,
      oldestAt: clock('09:55'),
      countersOpen: 3,
      observed: true,
      source: 'live',
      late: 0,
    });
    expect(seen.total).toMatchObject({ waiting: 4, oldestAt: clock('09:55') });
  });

  it('[SL3] has no longest wait when it names none or nobody waits', () => {
    const silentOnWaits = told('10:00', 'queue.observed', { queue: 'personal', waiting: 4 });
    expect(given(hall()).events([silentOnWaits]).at('10:01').queue('personal').oldestAt).toBeNull();
    const empty = observed('10:00', { waiting: 0, longestWaitSeconds: 0 });
    expect(given(hall()).events([empty]).at('10:01').queue('personal')).toMatchObject({
      waiting: 0,
      oldestAt: null,
    });
  });

  it('is not used for a queue whose contacts are known', () => {
    const queued = told('10:00', 'contact.queued', { contact: 'k', queue: 'personal' });
    expect(
      given(hall())
        .events([queued, observed('10:01')])
        .at('10:02')
        .queue('personal'),
    ).toMatchObject({
      waiting: 1,
      observed: false,
    });
  });

  it('an older observation does not replace a newer one', () => {
    const events = [observed('10:05', { waiting: 9 }), observed('10:00')];
    expect(given(hall()).events(events).at('10:06').queue('personal').waiting).toBe(9);
  });

  it('[LV3] silent for longer than its interval: stale, and left out of the sums, which say so', () => {
    const place = given(hall()).events([
      observed('10:00'),
      told('10:00', 'queue.observed', { queue: 'corporate', waiting: 2 }),
    ]);
    const onlyCorporate = place.events(
      [told('10:04', 'queue.observed', { queue: 'corporate', waiting: 2 })],
      { source: 'other' },
    );
    const seen = onlyCorporate.at('10:05:01');
    expect(seen.queue('personal')).toMatchObject({ source: 'silent', status: 'stale', waiting: null });
    expect(seen.queue('corporate')).toMatchObject({ source: 'live', status: 'normal' });
    expect(seen.total.waiting).toBe(2);
    expect(seen.queuesLeftOut).toBe(1);
    expect(seen.sources).toMatchObject([{ state: 'silent' }, { state: 'live' }]);
  });

  it('[SL4] nobody knows how many wait when all sources are silent', () => {
    const seen = given(hall({ queues: [] }))
      .events([observed('10:00')])
      .at('10:06');
    expect(seen.total).toMatchObject({ waiting: null, oldestAt: null });
    expect(seen.status).toBe('stale');
  });

  it('[DQ1] the same numbers for 45 minutes with people waiting are frozen', () => {
    const place = given(hall()).events(everyMinutes(5, 10));
    expect(place.at('10:46').queue('personal').source).toBe('frozen');
    expect(given(hall()).events(everyMinutes(5, 9)).at('10:41').queue('personal').source).toBe('live');
    const moved = place.events([observed('10:50', { waiting: 5 })]);
    expect(moved.at('10:51').queue('personal').source).toBe('live');
  });

  it('[DQ1] an empty queue that stays empty is not frozen', () => {
    const quiet = everyMinutes(5, 20, { waiting: 0, longestWaitSeconds: 0 });
    expect(given(hall()).events(quiet).at('11:36').queue('personal').source).toBe('live');
  });

  it('[DQ1] nobody waiting with a longest wait is contradictory', () => {
    const place = given(hall()).events([observed('10:00', { waiting: 0, longestWaitSeconds: 300 })]);
    expect(place.at('10:01').queue('personal')).toMatchObject({
      source: 'contradictory',
      waiting: 0,
      oldestAt: null,
    });
  });

  it('[DQ1] a clock in a wrong future year is not used: the receipt is, and the source is marked', () => {
    const wrong = { ...observed(clock('10:00') + YEARS_MS) };
    const seen = given(hall()).events([wrong], { receivedAt: '10:00' }).at('10:02');
    expect(seen.queue('personal')).toMatchObject({ source: 'skewed', oldestAt: clock('09:55') });
    expect(seen.sources).toMatchObject([{ state: 'skewed', skewSeconds: -YEARS_MS / 1_000 }]);
    expect(seen.live.state.now).toBe(clock('10:00'));
  });

  it('[DQ1] a clock in a wrong past year is not used once it was late for five minutes', () => {
    const place = given(hall());
    for (let minute = 0; minute <= 6; minute++) {
      const receivedAt = clock('10:00') + minute * 60_000;
      place.events([observed(receivedAt - YEARS_MS)], { receivedAt });
    }
    expect(place.at('10:07').queue('personal')).toMatchObject({ source: 'skewed', oldestAt: clock('10:01') });
  });
});
