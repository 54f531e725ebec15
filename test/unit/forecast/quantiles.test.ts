import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countQuantile } from '#server/domain/forecast/quantiles.ts';

describe('quantiles of counts', () => {
  it.each([
    [0.1, 10, 6],
    [0.5, 10, 10],
    [0.9, 10, 14],
    [0.9, 0.05, 0],
    [0.5, 3.7, 4],
  ])('at %f of a Poisson count with mean %f is %i', (share, mean, quantile) => {
    expect(countQuantile(share, mean, mean)).toBe(quantile);
  });

  it('of geometric counts (variance = mean + mean²) follow their closed form', () => {
    // P(N ≤ n) = 1 − (mean / (1 + mean))^(n+1)
    const mean = 7;
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const n = Math.ceil(Math.log(1 - share) / Math.log(mean / (1 + mean))) - 1;
      expect(countQuantile(share, mean, mean + mean ** 2)).toBe(n);
    }
  });

  // Quantiles at .1, .5 and .9 by scipy.stats.nbinom 1.17.
  it.each([
    [20, 56, [11, 19, 30]],
    [150, 375, [126, 149, 175]],
    [500, 10_500, [374, 493, 635]],
    [500, 63_000, [217, 459, 836]],
    [2_000, 12_000, [1_861, 1_998, 2_142]],
    [20_000, 4_020_000, [17_477, 19_933, 22_609]],
  ])('with mean %i and variance %i agree with another program', (mean, variance, known) => {
    const allowed = mean <= 200 ? 0 : 0.003 * mean;
    [0.1, 0.5, 0.9].forEach((share, i) => {
      const found = countQuantile(share, mean, variance);
      expect(Math.abs(found - (known[i] ?? NaN))).toBeLessThanOrEqual(allowed);
    });
  });

  it('go over from counting to the continuous form without a step', () => {
    for (const share of [0.1, 0.5, 0.9]) {
      const below = countQuantile(share, 199.9, 199.9 + 400);
      const above = countQuantile(share, 200.1, 200.1 + 400);
      expect(Math.abs(above - below)).toBeLessThan(1.5);
    }
  });

  it('are finite, in order, and never below zero', () => {
    const mean = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(mean, fc.double({ min: 0, max: 50, noNaN: true }), (of, excess) => {
        const variance = of + excess * of ** 2;
        const [low = NaN, middle = NaN, high = NaN] = [0.1, 0.5, 0.9].map((share) =>
          countQuantile(share, of, variance),
        );
        expect(low).toBeGreaterThanOrEqual(0);
        expect(middle).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(middle);
        expect(high).toBeLessThan(Infinity);
      }),
    );
  });
});
