import { describe, expect, it } from 'vitest';
import { createRng } from '#server/rng.ts';
import { type Blend, blended, learnBlend, newBlend } from '#server/domain/waits/blend.ts';

/** Waits of mean 100 s, beside two ways to foretell them. */
function learned(theoryOf: (mean: number) => number, bentOf: (mean: number) => number): Blend {
  const rng = createRng(7);
  const blend = newBlend();
  for (let i = 0; i < 1_000; i++) {
    const mean = 50 + 100 * rng();
    const said = { theory: theoryOf(mean), bent: bentOf(mean), usual: 100 };
    learnBlend(blend, said, mean * (0.5 + rng()));
  }
  return blend;
}

describe('the theory and experience', () => {
  it('count the same before either has been judged', () => {
    expect(blended(newBlend(), 60, 120, 100)).toBe(90);
  });

  it('are left to the one that does better', () => {
    const right = (mean: number) => mean;
    const wrong = (mean: number) => 200 - mean;
    expect(blended(learned(right, wrong), 60, 120, 100)).toBeCloseTo(60, -1);
    expect(blended(learned(wrong, right), 60, 120, 100)).toBeCloseTo(120, -1);
  });

  it('are compared after the theory is put right on the whole', () => {
    const twice = (mean: number) => 2 * mean;
    const blind = () => 100;
    expect(blended(learned(twice, blind), 120, 100, 100)).toBeCloseTo(62, -1);
  });
});
