import { describe, expect, it } from 'vitest';
import type { WaitRow } from '#shared/expected-waits.ts';
import type { OutlookRow } from '#shared/outlooks.ts';
import {
  axisOf,
  band50,
  band90,
  beyond,
  chanceText,
  dense,
  outlookOf,
  stillAhead,
} from '#lib/selectors/outlook.ts';

const MINUTE = 60_000;
const row: OutlookRow = {
  id: 'a',
  breachProbability: 0.4,
  breachAt: null,
  p5: [60, -1, 0],
  p25: [90, -1, 30],
  p50: [120, -1, 60],
  p75: [180, -1, 120],
  p95: [240, -1, 300],
  asOfVersion: 1,
  madeAt: 0,
};
const expected: WaitRow = {
  id: 'a',
  p10Seconds: 0,
  p50Seconds: 60,
  p80Seconds: 90,
  p90Seconds: 120,
  none: null,
  judged: 0,
  covered: null,
  bias: null,
};

describe('an outlook', () => {
  it('begins with who joins now and leaves out when hardly anybody comes', () => {
    expect(outlookOf(row, expected).steps).toEqual([
      { at: 0, p5: 0, p25: 22.5, p50: 60, p75: 85, p95: 120 },
      { at: 15 * MINUTE, p5: 60, p25: 90, p50: 120, p75: 180, p95: 240 },
      { at: 45 * MINUTE, p5: 0, p25: 30, p50: 60, p75: 120, p95: 300 },
    ]);
    expect(outlookOf(row).steps[0]?.at).toBe(15 * MINUTE);
    const nobodyCanSay = { ...expected, p10Seconds: null, p50Seconds: null, p90Seconds: null };
    expect(outlookOf(row, nobodyCanSay).steps).toHaveLength(2);
  });

  it('is drawn from now on, evenly between its steps', () => {
    const { steps } = outlookOf(row, expected);
    const points = dense(steps, 5 * MINUTE, 5 * MINUTE);
    expect(points[0]).toMatchObject({ at: 5 * MINUTE, p5: 20, p25: 45, p50: 80, p95: 160 });
    expect(points.at(-1)).toEqual(steps.at(-1));
    expect(dense(steps, 46 * MINUTE, MINUTE)).toEqual([]);
    expect(dense([], 0, MINUTE)).toEqual([]);
  });

  it('shows what of its range is past the target', () => {
    const steps = [{ at: 0, p5: 50, p25: 80, p50: 100, p75: 115, p95: 150 }];
    const range = band90(steps);
    expect(band50(steps)).toEqual([{ at: 0, low: 80, high: 115 }]);
    expect(beyond(range, 120)).toEqual([{ at: 0, low: 120, high: 150 }]);
    expect(beyond(range, 200)).toEqual([{ at: 0, low: 200, high: 200 }]);
  });

  it('does not outlive its time', () => {
    const outlook = outlookOf(row);
    expect(stillAhead(outlook, 20 * MINUTE)).toBe(outlook);
    expect(stillAhead(outlook, 21 * MINUTE)).toBeNull();
  });

  it('tells chances no more closely than they are known', () => {
    expect([0, 0.049, 0.05, 0.504, 0.95, 0.96].map(chanceText)).toEqual([
      '<5%',
      '<5%',
      '5%',
      '50%',
      '95%',
      '>95%',
    ]);
  });

  it('has an axis with few round steps that shows the target and all of it', () => {
    expect(axisOf(900, [])).toEqual({ top: 1_800, step: 600 });
    expect(axisOf(20, [70])).toEqual({ top: 90, step: 30 });
    expect(axisOf(900, [4_000])).toEqual({ top: 5_400, step: 1_800 });
  });
});
