/** The wait of one queue over time, measured and expected → a chart. Pure; times epoch ms, waits seconds. */
import { clockTicks, type Point, type TimeChart } from '#lib/charts/time-chart.ts';
import type { CurvePoint } from '#shared/suggestions.ts';
import { axisOf, band50, band90, type BandPoint, beyond, dense, type Step } from './outlook.ts';
import type { Sample } from './queue-past.ts';

const MINUTE_MS = 60_000;
/** How far a chart looks back, and ahead when something is expected. */
export const PAST_MS = 90 * MINUTE_MS;
const AHEAD_MS = 120 * MINUTE_MS;
/** Room after now when nothing is expected. */
const MARGIN_MS = 6 * MINUTE_MS;
const STEP_MS = 5 * MINUTE_MS;
const MOST_TICKS = 8;

/** The words of a chart, in the language of the page. */
export interface ChartWords {
  now: (time: string) => string;
  range90: string;
  range50: string;
  expected: (minutes: string) => string;
  suggested: (minutes: string) => string;
  target: (minutes: string) => string;
  time: (epochMs: number) => string;
  /** A wait on the axis. */
  wait: (seconds: number) => string;
}

export interface WaitChartInput {
  past: readonly Sample[];
  steps: readonly Step[];
  /** The waits that a suggestion promises; none without one. */
  suggested?: readonly CurvePoint[];
  targetSeconds: number;
  now: number;
  /** Of the hall's clock against UTC, ms. */
  offsetMs: number;
  words: ChartWords;
}

export function waitChart(input: WaitChartInput): TimeChart {
  const { past, steps, suggested = [], targetSeconds, now, offsetMs, words } = input;
  const from = now - PAST_MS;
  const ahead = dense(steps, now, STEP_MS);
  const to = ahead.length > 0 ? Math.min(now + AHEAD_MS, ahead.at(-1)?.at ?? now) : now + MARGIN_MS;
  const shown = past.filter(({ at }) => at >= from && at <= now);
  const plan = suggested
    .filter(({ at }) => at >= now && at <= to)
    .map((point): Point => ({ x: point.at, y: point.with.middle }));
  const { top, step } = axisOf(targetSeconds, [
    ...shown.map(({ value }) => value),
    ...ahead.map(({ p95 }) => p95),
    ...plan.map(({ y }) => y),
  ]);
  const last = ahead.at(-1);
  const planned = plan.at(-1);
  const whole = (seconds: number): string => words.wait(Math.round(seconds / 60) * 60);
  return {
    from,
    to,
    now,
    nowText: words.now(words.time(now)),
    top,
    step,
    ticks: clockTicks(from, to, MOST_TICKS, offsetMs),
    bands: [...bandsOf(band90(ahead), targetSeconds), ...bandsOf(band50(ahead), targetSeconds)],
    lines: [
      { points: shown.map(({ at, value }) => ({ x: at, y: value })), dotted: false },
      { points: ahead.map(({ at, p50 }) => ({ x: at, y: p50 })), dotted: true },
      ...(plan.length > 1 ? [{ points: plan, dotted: false, plan: true as const }] : []),
    ],
    target: { value: targetSeconds },
    ends: [
      { value: targetSeconds, text: words.target(words.wait(targetSeconds)), strong: false },
      ...(last
        ? [
            { value: last.p95, text: words.range90, strong: false },
            { value: last.p75, text: words.range50, strong: false },
            {
              value: last.p50,
              text: words.expected(whole(last.p50)),
              strong: true,
            },
          ]
        : []),
      ...(planned && plan.length > 1
        ? [{ value: planned.y, text: words.suggested(whole(planned.y)), strong: true, plan: true as const }]
        : []),
    ],
    timeText: words.time,
    valueText: words.wait,
  };
}

function bandsOf(points: readonly BandPoint[], target: number): TimeChart['bands'] {
  if (points.length === 0) return [];
  const late = beyond(points, target);
  const isLate = late.some(({ low, high }) => high > low);
  return [
    { low: lower(points), high: upper(points), tone: 'range' },
    ...(isLate ? [{ low: lower(late), high: upper(late), tone: 'late' as const }] : []),
  ];
}
const lower = (points: readonly BandPoint[]): Point[] => points.map(({ at, low }) => ({ x: at, y: low }));
const upper = (points: readonly BandPoint[]): Point[] => points.map(({ at, high }) => ({ x: at, y: high }));
