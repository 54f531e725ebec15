import { describe, expect, it } from 'vitest';
import {
  abandonmentToday,
  isWeak,
  meanSeconds,
  ratio,
  serviceLevel30,
  standing,
} from '#lib/selectors/ratio.ts';

describe('shares', () => {
  it('[SL1] service level counts those who left as missed', () => {
    expect(serviceLevel30({ slNumerator30: 860, slDenominator30: 1_060 }).value).toBeCloseTo(0.8113, 4);
  });

  it('[SL3] an empty denominator is no value', () => {
    expect(ratio(0, 0)).toEqual({ value: null, n: 0 });
    expect(meanSeconds(0, 0)).toBeNull();
  });

  it('[SL3] fewer than twenty cases are weak', () => {
    expect([19, 20].map((n) => isWeak(ratio(1, n)))).toEqual([true, false]);
  });

  it('[AB1] abandonment is of those whose wait ended', () => {
    expect(abandonmentToday({ answeredToday: 951, abandonedToday: 41 })).toEqual({ value: 41 / 992, n: 992 });
  });

  it('a level up to ten points under its target is at risk, more is a breach, few cases prove nothing', () => {
    expect(standing({ value: 0.8, n: 50 }, 0.8)).toBe('normal');
    expect(standing({ value: 0.75, n: 50 }, 0.8)).toBe('risk');
    expect(standing({ value: 0.69, n: 50 }, 0.8)).toBe('breach');
    expect(standing({ value: 0.1, n: 12 }, 0.8)).toBe('normal');
    expect(standing({ value: null, n: 0 }, 0.8)).toBe('normal');
  });
});
