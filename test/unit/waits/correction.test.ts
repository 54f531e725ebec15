import { describe, expect, it } from 'vitest';
import { createRng } from '#server/rng.ts';
import { bendOf, learnCorrection, newCorrection } from '#server/domain/waits/correction.ts';

/** Waits whose mean is e^{0.3 + 0.8 x − 0.5 y} times the estimate's start. */
const TRUE = [0.3, 0.8, -0.5];

function learned(count: number, seed = 9) {
  const rng = createRng(seed);
  const correction = newCorrection(TRUE.length);
  for (let i = 0; i < count; i++) {
    const seen = [1, 2 * rng() - 1, 2 * rng() - 1];
    const mean = Math.exp(seen.reduce((sum, value, k) => sum + value * (TRUE[k] ?? 0), 0));
    const actual = mean * -Math.log(1 - rng());
    learnCorrection(correction, seen, actual / bendOf(correction, seen));
  }
  return correction;
}

describe('the correction of estimates', () => {
  it('changes nothing before anything is learned', () => {
    expect(bendOf(newCorrection(3), [1, 5, -5])).toBe(1);
  });

  it('finds what waits depend on', () => {
    const { weights } = learned(20_000);
    TRUE.forEach((weight, k) => {
      expect(Math.abs((weights[k] ?? 0) - weight)).toBeLessThan(0.07);
    });
  });

  it('is the same for the same waits', () => {
    expect(learned(500)).toEqual(learned(500));
  });

  it('does not run away when nothing varies for a long time', () => {
    const rng = createRng(2);
    const correction = newCorrection(3);
    for (let i = 0; i < 60_000; i++) learnCorrection(correction, [1, 0, 0.5], -Math.log(1 - rng()));
    for (let i = 0; i < 3; i++) learnCorrection(correction, [1, 1, 0.5], 3);
    const bend = bendOf(correction, [1, 1, 0.5]);
    expect(bend).toBeGreaterThan(0.7);
    expect(bend).toBeLessThan(1.6);
  });

  it('never bends beyond all reason', () => {
    const correction = newCorrection(1);
    for (let i = 0; i < 1_000; i++) learnCorrection(correction, [1], 1e9);
    expect(bendOf(correction, [1])).toBe(4);
    expect(bendOf(correction, [-1])).toBe(1 / 4);
  });
});
