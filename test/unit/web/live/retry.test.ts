import { describe, expect, it } from 'vitest';
import { ATTEMPT_MS, retryDelayMs } from '#lib/live/retry.ts';

describe('retry', () => {
  it('spreads the first over half a second, later ones over twice as long each', () => {
    expect([0, 1, 2, 3].map((attempt) => retryDelayMs(attempt, 0.5))).toEqual([250, 500, 1_000, 1_500]);
    expect(retryDelayMs(3, 0)).toBe(0);
  });

  it('[LV5] never waits so long that a screen is not right five seconds after the server is back', () => {
    const connecting = 1_000;
    expect(retryDelayMs(50, 1) + connecting).toBeLessThan(5_000);
    expect(ATTEMPT_MS + retryDelayMs(0, 1) + connecting).toBeLessThan(5_000);
  });
});
