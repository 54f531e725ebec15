import { describe, expect, it } from 'vitest';
import { addQueueInterval, noQueueInterval } from '#server/domain/metrics/interval.ts';
import { SERVICE_LEVELS, share } from '#server/domain/metrics/service-level.ts';
import { statusOf, worstStatus } from '#server/domain/metrics/status.ts';
import { given } from '#test/support/given.ts';
import { clock, hotline, told } from '#test/support/profiles.ts';

const calls = (count: number, waitSeconds: number, end: 'contact.started' | 'contact.abandoned') =>
  Array.from({ length: count }, (_, i) => {
    const contact = `${end}-${waitSeconds}-${i}`;
    const at = clock('10:00') + i;
    return [
      told(at, 'contact.queued', { contact, queue: 'q' }),
      told(at + waitSeconds * 1_000, end, { contact }),
    ];
  });

/** A 1000, B 60, A≤T 860, B≤T 20, Bs 10, as facts of a hotline with T = 20 s. */
const GOLDEN_DAY = [
  ...calls(860, 20, 'contact.started'),
  ...calls(140, 21, 'contact.started'),
  ...calls(10, 10, 'contact.abandoned'),
  ...calls(10, 20, 'contact.abandoned'),
  ...calls(40, 60, 'contact.abandoned'),
]
  .flat()
  .sort((a, b) => a.at - b.at);

describe('service level of the golden day', () => {
  const seen = given(hotline()).events(GOLDEN_DAY).at('10:02');
  const counts = seen.counts('q');

  it('[SL1] its facts count as they should', () => {
    expect(counts).toMatchObject({
      offered: 1_060,
      answered: 1_000,
      abandoned: 60,
      answeredWithin: 860,
      abandonedWithin: 20,
      shortAbandoned: 10,
    });
  });

  it.each([
    ['SL1', 'headline', 81.13],
    ['SL2', 'offered-incl-abandoned-within', 83.02],
    ['SL2', 'answered-only', 86.0],
    ['SL2', 'late-abandons-only', 82.69],
    ['SL2', 'short-abandons-good', 82.08],
    ['SL2', 'short-abandons-out', 81.9],
  ] as const)('[%s] %s is %d %%', (_rule, formula, percent) => {
    const { ratio } = SERVICE_LEVELS[formula](counts);
    expect(Math.round((ratio ?? 0) * 10_000) / 100).toBe(percent);
  });

  it('[SL1] an abandon inside the threshold counts as offered: losing customers never improves the headline', () => {
    const before = SERVICE_LEVELS.headline(counts).ratio ?? 0;
    const more = { ...counts, abandoned: counts.abandoned + 1, abandonedWithin: counts.abandonedWithin + 1 };
    expect(SERVICE_LEVELS.headline(more).ratio).toBeLessThan(before);
  });

  it('[SL4] is sent as numerator and denominator', () => {
    expect(seen.queue('q')).toMatchObject({
      slNumerator30: 860,
      slDenominator30: 1_060,
      answered30: 1_000,
      abandoned30: 60,
      slNumeratorToday: 860,
    });
    expect(seen.total).toMatchObject({ slNumerator30: 860, slDenominator30: 1_060, abandoned30: 60 });
  });
});

describe('shares', () => {
  it.each(Object.keys(SERVICE_LEVELS) as (keyof typeof SERVICE_LEVELS)[])(
    '[SL3] %s has no value when nobody came',
    (formula) => {
      expect(SERVICE_LEVELS[formula](noQueueInterval())).toEqual({
        numerator: 0,
        denominator: 0,
        ratio: null,
      });
    },
  );

  it('[SL3] a service level of fewer than 20 contacts says nothing about the status', () => {
    expect(statusOf(0, share(0, 19), 0.8)).toBe('normal');
    expect(statusOf(0, share(0, 20), 0.8)).toBe('breach');
  });

  it('[SL4] roll-ups add counts, maxima stay maxima', () => {
    const sum = { ...noQueueInterval(), answered: 1, answeredWithin: 1, waitSecondsMax: 5 };
    addQueueInterval(sum, { ...noQueueInterval(), answered: 3, answeredWithin: 0, waitSecondsMax: 60 });
    expect(sum).toMatchObject({ answered: 4, answeredWithin: 1, waitSecondsMax: 60 });
    expect(SERVICE_LEVELS.headline(sum).ratio).toBe(0.25);
  });
});

describe('status', () => {
  it.each([
    [0.79, null, 'normal'],
    [0.8, null, 'risk'],
    [1, null, 'risk'],
    [1.01, null, 'breach'],
    [0, 0.8, 'normal'],
    [0, 0.79, 'risk'],
    [0, 0.69, 'breach'],
  ] as const)('wait at %d of the promise, service level %d: %s', (wait, level, status) => {
    expect(statusOf(wait, level === null ? share(0, 0) : share(level * 100, 100), 0.8)).toBe(status);
  });

  it('the worst counts; stale and closed neither raise nor lower it', () => {
    expect(worstStatus(['normal', 'risk', 'stale', 'breach'])).toBe('breach');
    expect(worstStatus(['stale', 'closed'])).toBe('normal');
  });
});
