import { describe, expect, it } from 'vitest';
import { count, finePercent, percent } from '#lib/format/number.ts';

describe('numbers', () => {
  it('[SL3] tells no value from a true zero', () => {
    expect([count(null), percent(null), finePercent(null)]).toEqual(['—', '—', '—']);
    expect([count(0), percent(0), finePercent(0)]).toEqual(['0', '0%', '0.0%']);
  });

  it('writes counts with separated thousands and shares as whole percentages', () => {
    expect(count(1_240)).toBe('1,240');
    expect(percent(0.8113)).toBe('81%');
    expect(percent(1)).toBe('100%');
    expect(finePercent(0.0414)).toBe('4.1%');
  });
});
