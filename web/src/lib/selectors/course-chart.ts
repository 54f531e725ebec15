/** Two courses of waits, as things stand and with a plan → a chart. Pure; times epoch ms, waits seconds. */
import type { CurvePoint } from '#shared/suggestions.ts';
import type { WhatIfQueue, WhatIfWindow } from '#shared/planning.ts';
import { clockTicks, type Point, type TimeChart } from '#lib/charts/time-chart.ts';
import { axisOf } from './outlook.ts';
import type { Sample } from './queue-past.ts';

const MOST_TICKS = 8;

export interface CourseWords {
  now: (time: string) => string;
  without: (wait: string) => string;
  with: (wait: string) => string;
  target: (wait: string) => string;
  time: (epochMs: number) => string;
  wait: (seconds: number) => string;
}

export interface CourseInput {
  points: readonly CurvePoint[];
  /** What was measured until now; may be nothing. */
  past: readonly Sample[];
  targetSeconds: number | null;
  now: number;
  /** Of the hall's clock against UTC, ms. */
  offsetMs: number;
  /** When the plan takes hold, in words. */
  mark: { at: number; text: string } | null;
  words: CourseWords;
}

/** `null` when nobody is expected. */
export function courseChart(input: CourseInput): TimeChart | null {
  const { points, targetSeconds, offsetMs, mark, words } = input;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  // Of a plan that is over its end is the last moment shown.
  const now = Math.min(input.now, last.at);
  const past = input.past.filter(({ at }) => at <= now);
  const from = Math.min(now, first.at, past[0]?.at ?? now);
  const { top, step } = axisOf(targetSeconds ?? 0, [
    ...past.map(({ value }) => value),
    ...points.flatMap((point) => [point.without.high, point.with.high]),
  ]);
  const rounded = (seconds: number): string => words.wait(Math.round(seconds / MINUTE) * MINUTE);
  return {
    from,
    to: last.at,
    now,
    nowText: words.now(words.time(now)),
    top,
    step,
    ticks: clockTicks(from, last.at, MOST_TICKS, offsetMs),
    bands: [
      { low: edge(points, 'without', 'low'), high: edge(points, 'without', 'high'), tone: 'range' },
      { low: edge(points, 'with', 'low'), high: edge(points, 'with', 'high'), tone: 'plan' },
    ],
    lines: [
      { points: past.map(({ at, value }) => ({ x: at, y: value })), dotted: false },
      { points: edge(points, 'without', 'middle'), dotted: true },
      { points: edge(points, 'with', 'middle'), dotted: false, plan: true },
    ],
    target: targetSeconds === null ? null : { value: targetSeconds },
    ends: [
      ...(targetSeconds === null
        ? []
        : [{ value: targetSeconds, text: words.target(words.wait(targetSeconds)), strong: false }]),
      {
        value: last.without.middle,
        text: words.without(rounded(last.without.middle)),
        strong: true,
      },
      { value: last.with.middle, text: words.with(rounded(last.with.middle)), strong: true, plan: true },
    ],
    ...(mark && mark.at > from && mark.at < last.at ? { mark } : {}),
    timeText: words.time,
    valueText: words.wait,
  };
}
const MINUTE = 60;

const edge = (
  points: readonly CurvePoint[],
  side: 'without' | 'with',
  end: 'low' | 'middle' | 'high',
): Point[] => points.map((point) => ({ x: point.at, y: point[side][end] }));

/** What was tried of one queue as courses: the middle is what half do not exceed, the range reaches to 95 of a hundred. */
export function coursesOf(queue: WhatIfQueue): CurvePoint[] {
  return queue.without.flatMap((window, i) => {
    const tried = queue.with[i];
    const without = rangeOf(window);
    const range = tried && rangeOf(tried);
    return without && range ? [{ at: (window.from + window.to) / 2, without, with: range }] : [];
  });
}

const rangeOf = ({ p50, p95 }: WhatIfWindow): CurvePoint['with'] | null =>
  p50 === null || p95 === null ? null : { low: p50, middle: p50, high: p95 };
