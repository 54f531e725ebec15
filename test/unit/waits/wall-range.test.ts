import { describe, expect, it } from 'vitest';
import type { Estimated } from '#server/domain/waits/estimate.ts';
import { nextWallWait, type WallWait } from '#server/domain/waits/wall-range.ts';

const said = (p20Minutes: number, p80Minutes: number): Estimated => {
  const [p20, p80] = [p20Minutes * 60, p80Minutes * 60];
  const p50 = (p20 + p80) / 2;
  return { estimate: { mean: p50, p10: p20 / 2, p20, p50, p80, p90: p80 * 1.2 }, none: null };
};
const ENOUGH = 20;
const show = (estimated: Estimated, before: WallWait | null = null, now = 0): WallWait =>
  nextWallWait(before, estimated, ENOUGH, now);
const range = (low: number, high: number) => ({ kind: 'range', low, high });
/** One look after the other: at a second, what is estimated then, and what the wall must show. */
const expectOver = (looks: readonly [second: number, estimated: Estimated, text: object][]): void => {
  let shown: WallWait | null = null;
  for (const [second, estimated, text] of looks) {
    shown = show(estimated, shown, second * 1_000);
    expect(shown.text, `at ${second} s`).toMatchObject(text);
  }
};

describe('a wall', () => {
  it.each([
    [2.9, 5.1, 2, 6],
    [3, 6, 3, 6],
    [0, 0, 0, 2],
    [4.2, 4.4, 4, 6],
    [7.5, 9.4, 7, 10],
    [8, 10.1, 8, 15],
    [12, 17, 10, 20],
    [10, 10, 10, 15],
    [19.9, 24.9, 15, 25],
  ])('shows %d to %d min as %d–%d: rounded down and up, at least 2 min wide', (p20, p80, low, high) => {
    expect(show(said(p20, p80)).text).toEqual(range(low, high));
  });

  it('lets the upper bound rise at once', () => {
    expect(show(said(4, 9), show(said(2, 4)), 1_000).text).toEqual(range(4, 9));
  });

  it('lowers the upper bound after a minute of agreement only', () => {
    expectOver([
      [0, said(4, 9), range(4, 9)],
      [10, said(4, 6), range(4, 9)],
      [69, said(4, 6), range(4, 9)],
      [70, said(4, 6), range(4, 8)],
      [129, said(4, 6), range(4, 8)],
    ]);
  });

  it('[LV6] changes the lower bound alone each 30 s at most', () => {
    expectOver([
      [0, said(4, 9), range(4, 9)],
      [1, said(3, 9), range(4, 9)],
      [29, said(2, 9), range(4, 9)],
      [30, said(3, 9), range(3, 9)],
      [59, said(2, 9), range(3, 9)],
      [60, said(2, 9), range(2, 9)],
    ]);
  });

  it('begins the minute anew when an estimate disagrees', () => {
    expectOver([
      [0, said(4, 9), { high: 9 }],
      [10, said(2, 5), { high: 9 }],
      [40, said(4, 9), { high: 9 }],
      [75, said(2, 5), { high: 9 }],
      [134, said(2, 5), { high: 9 }],
      [135, said(2, 5), { high: 8 }],
    ]);
  });

  it('never jumps down by more than a fifth, or one step where a step is more', () => {
    let shown = show(said(50, 60));
    let high = 60;
    for (let now = 0; high > 3; now += 15_000) {
      shown = show(said(0, 2), shown, now);
      if (shown.text.kind !== 'range') throw new Error('a wall without a range');
      const step = shown.text.high >= 10 ? 5 : high > 10 ? 2 : 1;
      expect(high - shown.text.high).toBeLessThanOrEqual(Math.max(0.2 * high, step));
      high = shown.text.high;
      expect(now).toBeLessThan(3_600_000);
    }
  });

  it('shows no number when nobody can say', () => {
    expect(show(said(5, 40)).text.kind).toBe('busy');
    expect(nextWallWait(null, said(2, 5), 9, 0).text.kind).toBe('unsure');
    expect(show({ estimate: null, none: 'tooLittleKnown' }).text.kind).toBe('unsure');
    expect(show({ estimate: null, none: 'noServiceTimes' }).text.kind).toBe('unsure');
    expect(show({ estimate: null, none: 'nobodyServes' }).text.kind).toBe('paused');
    expect(show({ estimate: null, none: 'sourceSilent' }).text.kind).toBe('unknown');
    expect(show({ estimate: null, none: 'sourceFrozen' }).text.kind).toBe('unknown');
  });

  it('that sees somebody free needs no record to say so', () => {
    const free = { mean: 0, p10: 0, p20: 0, p50: 0, p80: 0, p90: 0 };
    expect(nextWallWait(null, { estimate: free, none: null }, 0, 0).text).toEqual(range(0, 2));
  });

  it('takes a number away at once, and brings it back after 30 s only', () => {
    expectOver([
      [0, said(4, 9), range(4, 9)],
      [1, said(5, 40), { kind: 'busy' }],
      [30, said(4, 9), { kind: 'busy' }],
      [31, said(4, 9), range(4, 9)],
    ]);
  });

  it('starts afresh when a queue is served again', () => {
    const paused = show({ estimate: null, none: 'nobodyServes' }, show(said(20, 30)), 5_000);
    expect(show(said(1, 3), paused, 6_000).text).toEqual(range(1, 3));
  });
});
