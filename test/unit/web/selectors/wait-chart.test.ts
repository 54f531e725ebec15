import { describe, expect, it } from 'vitest';
import { clockTicks } from '#lib/charts/time-chart.ts';
import { waitChart } from '#lib/selectors/wait-chart.ts';

const MINUTE = 60_000;
const NOW = 1_000 * 60 * MINUTE;
const words = {
  now: (time: string) => `now ${time}`,
  range: 'range',
  expected: (wait: string) => `median ${wait}`,
  target: (wait: string) => `target ${wait}`,
  time: String,
  wait: String,
};
const steps = [
  { at: NOW, p10: 0, p50: 300, p90: 600 },
  { at: NOW + 60 * MINUTE, p10: 300, p50: 900, p90: 1_200 },
];

describe('the chart of waits', () => {
  const past = [
    { at: NOW - 100 * MINUTE, value: 1 },
    { at: NOW - 30 * MINUTE, value: 500 },
  ];
  const chart = waitChart({ past, steps, targetSeconds: 900, now: NOW, offsetMs: 0, words });

  it('shows the last 90 minutes and what is foretold, on one axis', () => {
    expect(chart).toMatchObject({ from: NOW - 90 * MINUTE, to: NOW + 60 * MINUTE, top: 1_800, now: NOW });
    expect(chart.lines[0]?.points).toEqual([{ x: NOW - 30 * MINUTE, y: 500 }]);
    expect(chart.lines[1]).toMatchObject({ dotted: true });
    expect(chart.target).toEqual({ value: 900 });
  });

  it('tints what of the range is past the target', () => {
    expect(chart.bands.map(({ tone }) => tone)).toEqual(['range', 'late']);
    expect(chart.bands[1]?.high.at(-1)).toEqual({ x: NOW + 60 * MINUTE, y: 1_200 });
    const calm = waitChart({ past, steps, targetSeconds: 3_600, now: NOW, offsetMs: 0, words });
    expect(calm.bands.map(({ tone }) => tone)).toEqual(['range']);
  });

  it('without a prediction ends a little after now and invents nothing', () => {
    const alone = waitChart({ past, steps: [], targetSeconds: 900, now: NOW, offsetMs: 0, words });
    expect(alone.bands).toEqual([]);
    expect(alone.lines[1]?.points).toEqual([]);
    expect(alone.ends.map(({ text }) => text)).toEqual(['target 900']);
    expect(alone.to - NOW).toBeLessThan(15 * MINUTE);
  });
});

describe('times under a chart', () => {
  it('are round by the clock of the hall, and few', () => {
    const half = 30 * MINUTE;
    expect(clockTicks(NOW - 80 * MINUTE, NOW, 8, 0)).toHaveLength(6);
    // A clock half an hour off: its full hours are our half hours.
    const ticks = clockTicks(NOW, NOW + 240 * MINUTE, 5, half);
    expect(ticks.every((at) => (at + half) % (60 * MINUTE) === 0)).toBe(true);
    expect(ticks.length).toBeLessThanOrEqual(5);
  });
});
