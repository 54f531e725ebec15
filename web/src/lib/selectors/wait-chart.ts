/** The wait of one queue over time, measured and expected → a chart. Pure; times epoch ms, waits seconds. */
import { clockTicks, type Point, type TimeChart } from '#lib/charts/time-chart.ts';
import { axisOf, band, type BandPoint, beyond, dense, type Step } from './outlook.ts';
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
  range: string;
  expected: (minutes: string) => string;
  target: (minutes: string) => string;
  time: (epochMs: number) => string;
  /** A wait on the axis. */
  wait: (seconds: number) => string;
}

export interface WaitChartInput {
  past: readonly Sample[];
  steps: readonly Step[];
  targetSeconds: number;
  now: number;
  /** Of the hall's clock against UTC, ms. */
  offsetMs: number;
  words: ChartWords;
}

export function waitChart({ past, steps, targetSeconds, now, offsetMs, words }: WaitChartInput): TimeChart {
  const from = now - PAST_MS;
  const ahead = dense(steps, now, STEP_MS);
  const to = ahead.length > 0 ? Math.min(now + AHEAD_MS, ahead.at(-1)?.at ?? now) : now + MARGIN_MS;
  const shown = past.filter(({ at }) => at >= from && at <= now);
  const { top, step } = axisOf(targetSeconds, shown, ahead);
  const last = ahead.at(-1);
  return {
    from,
    to,
    now,
    nowText: words.now(words.time(now)),
    top,
    step,
    ticks: clockTicks(from, to, MOST_TICKS, offsetMs),
    bands: bandsOf(band(ahead), targetSeconds),
    lines: [
      { points: shown.map(({ at, value }) => ({ x: at, y: value })), dotted: false },
      { points: ahead.map(({ at, p50 }) => ({ x: at, y: p50 })), dotted: true },
    ],
    target: { value: targetSeconds },
    ends: [
      { value: targetSeconds, text: words.target(words.wait(targetSeconds)), strong: false },
      ...(last
        ? [
            { value: last.p90, text: words.range, strong: false },
            {
              value: last.p50,
              text: words.expected(words.wait(Math.round(last.p50 / 60) * 60)),
              strong: true,
            },
          ]
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
