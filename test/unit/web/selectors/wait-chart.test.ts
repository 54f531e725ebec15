import { describe, expect, it } from 'vitest';
import { clockTicks } from '#lib/charts/time-chart.ts';
import { waitChart } from '#lib/selectors/wait-chart.ts';

const MINUTE = 60_000;
const NOW = 1_000 * 60 * MINUTE;
const words = {
  now: (time: string) => `now ${time}`,
  range90: '90%',
  range50: '50%',
  expected: (wait: string) => `median ${wait}`,
  suggested: (wait: string) => `with it ${wait}`,
  target: (wait: string) => `target ${wait}`,
  time: String,
  wait: String,
};
const steps = [
  { at: NOW, p5: 0, p25: 200, p50: 300, p75: 400, p95: 600 },
  { at: NOW + 60 * MINUTE, p5: 300, p25: 700, p50: 900, p75: 1_000, p95: 1_200 },
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

  it('has a range of 90 and one of 50 of a hundred cases, and tints what of them is past the target', () => {
    expect(chart.bands.map(({ tone }) => tone)).toEqual(['range', 'late', 'range', 'late']);
    expect(chart.bands[1]?.high.at(-1)).toEqual({ x: NOW + 60 * MINUTE, y: 1_200 });
    expect(chart.bands[3]?.high.at(-1)).toEqual({ x: NOW + 60 * MINUTE, y: 1_000 });
    const calm = waitChart({ past, steps, targetSeconds: 3_600, now: NOW, offsetMs: 0, words });
    expect(calm.bands.map(({ tone }) => tone)).toEqual(['range', 'range']);
  });

  it('shows beside what is foretold what a suggestion promises', () => {
    const range = (middle: number) => ({ low: middle - 60, middle, high: middle + 60 });
    const suggested = [15, 45].map((minutes) => ({
      at: NOW + minutes * MINUTE,
      without: range(800),
      with: range(420),
    }));
    const both = waitChart({ past, steps, suggested, targetSeconds: 900, now: NOW, offsetMs: 0, words });
    expect(both.lines[2]).toMatchObject({ plan: true, points: [{ y: 420 }, { y: 420 }] });
    expect(both.ends.at(-1)).toEqual({ value: 420, text: 'with it 420', strong: true, plan: true });
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
