import { describe, expect, it } from 'vitest';
import { courseChart, coursesOf } from '#lib/selectors/course-chart.ts';
import { promiseOf } from '#test/support/suggestions.ts';

const MINUTE = 60_000;
const NOW = 1_000 * 60 * MINUTE;
const words = {
  now: (time: string) => `now ${time}`,
  without: (wait: string) => `without ${wait}`,
  with: (wait: string) => `with ${wait}`,
  target: (wait: string) => `target ${wait}`,
  time: String,
  wait: String,
};
const points = promiseOf(NOW).curves.receiver;
const input = { points, past: [], targetSeconds: 900, now: NOW, offsetMs: 0, mark: null, words };

describe('the chart of two courses', () => {
  it('no action in grey, the plan in the colour of what can be done, on one axis', () => {
    const chart = courseChart(input);
    expect(chart?.bands.map(({ tone }) => tone)).toEqual(['range', 'plan']);
    expect(chart?.lines.map(({ plan = false }) => plan)).toEqual([false, false, true]);
    expect(chart?.top).toBeGreaterThanOrEqual(2_700);
    expect(chart?.ends.map(({ text }) => text)).toEqual(['target 900', 'without 2040', 'with 1140']);
  });

  it('what was measured before now, and the moment the plan takes hold', () => {
    const past = [
      { at: NOW - 30 * MINUTE, value: 60 },
      { at: NOW + MINUTE, value: 60 },
    ];
    const chart = courseChart({ ...input, past, mark: { at: NOW + 18 * MINUTE, text: 'there' } });
    expect(chart?.from).toBe(NOW - 30 * MINUTE);
    expect(chart?.lines[0]?.points).toHaveLength(1);
    expect(chart?.mark?.text).toBe('there');
  });

  it('of a plan that is over it ends with the plan, and without points there is none', () => {
    const over = courseChart({ ...input, now: NOW + 999 * MINUTE });
    expect(over?.now).toBe(points.at(-1)?.at);
    expect(courseChart({ ...input, points: [] })).toBeNull();
  });
});

describe('what was tried', () => {
  const window = (p50: number | null) => ({
    from: 0,
    to: 900_000,
    mean: null,
    p50,
    p80: p50,
    p95: p50 === null ? null : p50 * 3,
    late: null,
  });
  it('the line is what half do not exceed, the band reaches to 95 of a hundred; where nobody comes is a gap', () => {
    const queue = {
      queue: 'a',
      without: [window(600), window(null)],
      with: [window(300), window(200)],
      savedSeconds: { value: 0, error: 0 },
    };
    expect(coursesOf(queue)).toEqual([
      {
        at: 450_000,
        without: { low: 600, middle: 600, high: 1_800 },
        with: { low: 300, middle: 300, high: 900 },
      },
    ]);
  });
});
