import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNT_KEYS, type Counts, noCounts } from '#server/domain/metrics/counts.ts';
import { overQuarterHours } from '#server/sources/quarter-hours.ts';

const MINUTE_MS = 60_000;
const NINE = Date.UTC(2026, 2, 2, 9);
const counts = (some: Partial<Counts>): Counts => ({ ...noCounts(), ...some });

const anyCounts = fc
  .record({
    answered: fc.nat(500),
    abandoned: fc.nat(90),
    within: fc.double({ min: 0, max: 1, noNaN: true }),
    waitSeconds: fc.double({ min: 0, max: 9_000, noNaN: true }),
    handled: fc.nat(500),
  })
  .map(({ answered, abandoned, within, waitSeconds, handled }) =>
    counts({
      offered: answered + abandoned,
      answered,
      abandoned,
      answeredWithin: Math.floor(answered * within),
      abandonedWithin: Math.floor(abandoned * within),
      shortAbandoned: Math.floor((abandoned * within) / 2),
      waitSeconds: answered > 0 ? waitSeconds : 0,
      handled,
      serviceSeconds: handled * 61.5,
    }),
  );
const anyStart = fc.integer({ min: 0, max: 200 }).map((minutes) => NINE + minutes * MINUTE_MS);
const anyLength = fc.integer({ min: 1, max: 60 });

describe('overQuarterHours', () => {
  it('gives a half-hour to its two quarter-hours', () => {
    const parts = overQuarterHours(
      counts({ offered: 13, answered: 9, waitSeconds: 90 }),
      NINE,
      30 * MINUTE_MS,
    );
    expect(parts.map(({ start }) => start)).toEqual([NINE, NINE + 15 * MINUTE_MS]);
    expect(parts.map((part) => part.counts.offered)).toEqual([7, 6]);
    expect(parts.map((part) => part.counts.answered)).toEqual([5, 4]);
    expect(parts.map((part) => part.counts.waitSeconds)).toEqual([50, 40]);
  });

  it('leaves a slot of five minutes in its quarter-hour', () => {
    const five = counts({ offered: 3, waitSecondsMax: 70, abandoned: 1 });
    const parts = overQuarterHours(five, NINE + 10 * MINUTE_MS, 5 * MINUTE_MS);
    expect(parts).toEqual([{ start: NINE, counts: five }]);
  });

  it('[SL4] whole counts stay whole, parts add up, and no part of a count exceeds it', () => {
    fc.assert(
      fc.property(anyCounts, anyStart, anyLength, (whole, start, minutes) => {
        const parts = overQuarterHours(whole, start, minutes * MINUTE_MS).map((part) => part.counts);
        for (const key of COUNT_KEYS) {
          const sum = parts.reduce((total, part) => total + part[key], 0);
          expect(sum).toBeCloseTo(whole[key], 6);
        }
        for (const part of parts) {
          expect(Number.isInteger(part.offered) && Number.isInteger(part.answeredWithin)).toBe(true);
          expect(part.answeredWithin).toBeLessThanOrEqual(part.answered);
          expect(part.abandonedWithin).toBeLessThanOrEqual(part.abandoned);
          expect(part.shortAbandoned).toBeLessThanOrEqual(part.abandoned);
          if (part.answered === 0) expect(part.waitSeconds).toBeCloseTo(0, 6);
        }
      }),
    );
  });
});
