import { describe, expect, it } from 'vitest';
import { createRng } from '#server/rng.ts';
import { learnSpread, LEVELS, newSpread, quantilesOf } from '#server/domain/waits/spread.ts';

describe('the spread of waits', () => {
  it('is that of exponential times before anything is learned, narrower with more ahead', () => {
    const spread = newSpread();
    const first = quantilesOf(spread, 100, 0);
    LEVELS.forEach((level, k) => {
      expect(first[k]).toBeCloseTo(-100 * Math.log(1 - level), 0);
    });
    const [low = 0, , , , high = 0] = quantilesOf(spread, 100, 6);
    expect(low).toBeGreaterThan(40);
    expect(high).toBeLessThan(170);
  });

  it.each([
    ['half as long as estimated', (rng: () => number) => 0.5 * -Math.log(1 - rng())],
    ['always nearly right', (rng: () => number) => 0.95 + 0.1 * rng()],
    ['far more scattered than exponential', (rng: () => number) => Math.exp(6 * (rng() - 0.5))],
  ])('keeps its promise when waits are %s', (_, draw) => {
    const rng = createRng(3);
    const spread = newSpread();
    const below = LEVELS.map(() => 0);
    const WARM = 2_000;
    const COUNTED = 8_000;
    for (let i = 0; i < WARM + COUNTED; i++) {
      const ratio = draw(rng);
      if (i >= WARM)
        quantilesOf(spread, 1, 0).forEach(
          (quantile, k) => (below[k] = (below[k] ?? 0) + +(ratio <= quantile)),
        );
      learnSpread(spread, 0, ratio);
    }
    LEVELS.forEach((level, k) => {
      expect(Math.abs((below[k] ?? 0) / COUNTED - level)).toBeLessThan(0.02);
    });
  });

  it('follows a change within a few hundred waits', () => {
    const rng = createRng(4);
    const spread = newSpread();
    for (let i = 0; i < 3_000; i++) learnSpread(spread, 0, -Math.log(1 - rng()));
    for (let i = 0; i < 300; i++) learnSpread(spread, 0, 3 * -Math.log(1 - rng()));
    const [, , middle = 0] = quantilesOf(spread, 1, 0);
    expect(middle).toBeGreaterThan(1.6);
  });

  it('gives quantiles that rise, whatever came', () => {
    const rng = createRng(6);
    const spread = newSpread();
    for (let i = 0; i < 2_000; i++) {
      learnSpread(spread, 2, rng() < 0.5 ? 0 : 20);
      const quantiles = quantilesOf(spread, 60, 2);
      expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
    }
  });
});
