import { describe, expect, it } from 'vitest';
import { createRng, seedOf } from '#server/rng.ts';

const draw = (seed: number, count: number): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: count }, rng);
};

describe('createRng', () => {
  it('repeats itself with the same seed and only then', () => {
    expect(draw(1, 5)).toEqual(draw(1, 5));
    expect(draw(1, 5)).not.toEqual(draw(2, 5));
  });

  it('spreads evenly over [0, 1)', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const value of draw(7, 10_000)) {
      const place = Math.floor(value * 10);
      tenths[place] = (tenths[place] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('seedOf', () => {
  it('tells parts and their order apart', () => {
    expect(new Set([seedOf(1, 'a'), seedOf('a', 1), seedOf('1a'), seedOf(1, 'b')]).size).toBe(4);
  });
});
