import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConsoleWait, nextConsoleWait } from '#server/domain/waits/console-wait.ts';
import type { WaitEstimate } from '#server/domain/waits/estimate.ts';

const said = (p10: number, p50: number, p80: number, p90: number): WaitEstimate => ({
  mean: p50,
  p10,
  p20: p10,
  p50,
  p80,
  p90,
});
const all = (seconds: number): WaitEstimate => said(seconds, seconds, seconds, seconds);
const middle = (wait: ConsoleWait): number => wait.p50Seconds;

describe('the estimated wait on a console', () => {
  it('is rounded up: to 5 s up to a minute, to 10 s up to ten, to minutes from there on', () => {
    expect(nextConsoleWait(null, said(3.2, 58, 61, 601))).toEqual({
      p10Seconds: 5,
      p50Seconds: 60,
      p80Seconds: 70,
      p90Seconds: 660,
    });
  });

  it('rises at once', () => {
    const before = nextConsoleWait(null, all(50));
    expect(middle(nextConsoleWait(before, all(900)))).toBe(900);
  });

  it('stays while it wavers between two steps', () => {
    const before = nextConsoleWait(null, all(305));
    expect(middle(before)).toBe(310);
    expect(middle(nextConsoleWait(before, all(296)))).toBe(310);
    expect(middle(nextConsoleWait(before, all(289)))).toBe(290);
  });

  it('comes down by a fifth a look at most, and gets there', () => {
    let shown = nextConsoleWait(null, all(1_800));
    for (let looks = 0; looks < 60; looks++) {
      const next = nextConsoleWait(shown, all(12));
      expect(middle(next)).toBeGreaterThanOrEqual(Math.min(0.8 * middle(shown), middle(shown) - 5));
      shown = next;
    }
    expect(middle(shown)).toBeLessThanOrEqual(20);
  });

  it('is nothing at once when somebody is free', () => {
    const zero = { p10Seconds: 0, p50Seconds: 0, p80Seconds: 0, p90Seconds: 0 };
    expect(nextConsoleWait(nextConsoleWait(null, all(1_800)), all(0))).toEqual(zero);
  });

  it('never says that a more certain wait is longer, whatever came before', () => {
    const estimate = fc
      .array(fc.double({ min: 0.1, max: 7_200, noNaN: true }), { minLength: 4, maxLength: 4 })
      .map((values) => values.toSorted((a, b) => a - b))
      .map(([p10 = 0, p50 = 0, p80 = 0, p90 = 0]) => said(p10, p50, p80, p90));
    const property = fc.property(fc.array(estimate, { minLength: 1, maxLength: 20 }), (estimates) => {
      let shown: ConsoleWait | null = null;
      for (const each of estimates) {
        shown = nextConsoleWait(shown, each);
        const { p10Seconds, p50Seconds, p80Seconds, p90Seconds } = shown;
        const values = [p10Seconds, p50Seconds, p80Seconds, p90Seconds];
        expect(values).toEqual(values.toSorted((a, b) => a - b));
        expect(p80Seconds).toBeGreaterThanOrEqual(each.p80);
      }
    });
    fc.assert(property, { numRuns: 300, seed: 7 });
  });
});
