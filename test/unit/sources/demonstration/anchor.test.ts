import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Zone } from '#shared/network.ts';
import {
  anchorFor,
  localMidnight,
  resumeAnchor,
  zoneOf,
  type Anchor,
} from '#server/sources/demonstration/anchor.ts';

const HOUR_MS = 3_600_000;
const anyStart = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const localTime = (anchor: Anchor, nowMs: number): number => (nowMs - localMidnight(anchor)) / HOUR_MS;

describe('anchorFor', () => {
  it('makes it late in the morning whenever it is started', () => {
    fc.assert(
      fc.property(anyStart, (now) => {
        const anchor = anchorFor(now);
        expect(localTime(anchor, now)).toBeGreaterThanOrEqual(10.5);
        expect(localTime(anchor, now)).toBeLessThan(11.5);
        expect(Math.abs(anchor.offsetHours)).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('names a zone in which the clock says so', () => {
    fc.assert(
      fc.property(anyStart, (now) => {
        const zone = Zone.parse(zoneOf(anchorFor(now)));
        const clock = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          hour: '2-digit',
          minute: '2-digit',
        });
        expect(clock.format(now) >= '10:30' && clock.format(now) < '11:30').toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('resumeAnchor', () => {
  const start = Date.UTC(2026, 10, 22, 5, 23, 47);
  const kept = anchorFor(start);

  it.each([
    ['a minute later', 60_000, false],
    ['just before three in the afternoon', localMidnight(kept) + 15 * HOUR_MS - 1 - start, false],
    ['at three in the afternoon', localMidnight(kept) + 15 * HOUR_MS - start, true],
    ['at half past nine, had the clock been set back', localMidnight(kept) + 9.5 * HOUR_MS - start, false],
    ['before that', localMidnight(kept) + 9.5 * HOUR_MS - 1 - start, true],
    ['the next morning', 24 * HOUR_MS, true],
  ])('decides %s whether to go on', (_when, later, isNew) => {
    const resumed = resumeAnchor(start + later, kept);
    expect(resumed).toEqual({ anchor: isNew ? anchorFor(start + later) : kept, isNew });
  });

  it('starts anew without a kept anchor', () => {
    expect(resumeAnchor(start, null)).toEqual({ anchor: kept, isNew: true });
  });
});
