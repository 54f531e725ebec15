/** What lies ahead of a queue → what mini fans and charts draw. Pure; times epoch ms, waits seconds. */
import type { WaitStep } from '#shared/planning.ts';
import type { WaitRow } from '#shared/expected-waits.ts';
import type { OutlookRow } from '#shared/outlooks.ts';
import { elapsedSeconds } from '#lib/format/duration.ts';

/** The wait of those who come at a time, not exceeded in 5, 25, 50, 75 and 95 of a hundred cases; seconds. */
export type Step = Omit<WaitStep, 'p10' | 'p90'>;

/** What is expected of a queue. */
export interface Outlook {
  /** Chance that somebody waits longer than the target within the next 30 min, 0–1. */
  breachProbability: number;
  breachAt: number | null;
  steps: readonly Step[];
  madeAt: number;
}

const STEP_MS = 900_000;

/**
 * What rows of the floor foretell, beginning with what somebody must expect who joins now; steps in which hardly anybody
 * comes are left out.
 */
export function outlookOf(row: OutlookRow, expected?: WaitRow): Outlook {
  const { breachProbability, breachAt, madeAt } = row;
  const later = row.p50.flatMap((p50, i): Step[] => {
    if (p50 < 0) return [];
    const of = (quantile: readonly number[]): number => quantile[i] ?? p50;
    const at = madeAt + (i + 1) * STEP_MS;
    return [{ at, p5: of(row.p5), p25: of(row.p25), p50, p75: of(row.p75), p95: of(row.p95) }];
  });
  return { breachProbability, breachAt, madeAt, steps: [...first(madeAt, expected), ...later] };
}

/** Of the wait now no more is told than P10, P50, P80 and P90: its outer range ends at P10 and P90, the inner one lies between. */
function first(at: number, expected: WaitRow | undefined): Step[] {
  if (!expected) return [];
  const { p10Seconds: p10, p50Seconds: p50, p80Seconds: p80, p90Seconds: p90 } = expected;
  if (p10 === null || p50 === null || p80 === null || p90 === null) return [];
  const between = (from: number, to: number, share: number): number => from + (to - from) * share;
  return [
    {
      at,
      p5: p10,
      p25: between(p10, p50, (25 - 10) / (50 - 10)),
      p50,
      p75: between(p50, p80, (75 - 50) / (80 - 50)),
      p95: p90,
    },
  ];
}

/** Below and above these a chance is not told more closely (ratio). */
const LOWEST = 0.05;
const HIGHEST = 0.95;

/** A chance as people read it: whole percent, `<5%`, `>95%`. */
export function chanceText(probability: number): string {
  if (probability < LOWEST) return `<${LOWEST * 100}%`;
  if (probability > HIGHEST) return `>${HIGHEST * 100}%`;
  return `${Math.round(probability * 100)}%`;
}

/** A prediction older than this is not drawn as the future, seconds. */
const OLDEST_SECONDS = 1_200;

/** The prediction as long as it still speaks of what lies ahead. */
export function stillAhead(outlook: Outlook | null, now: number): Outlook | null {
  if (outlook === null || (elapsedSeconds(outlook.madeAt, now) ?? 0) > OLDEST_SECONDS) return null;
  return outlook;
}

const QUANTILES = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;

/** The steps from now on, with points between at every `everyMs`, so that bands can be cut at the target. */
export function dense(steps: readonly Step[], now: number, everyMs: number): Step[] {
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last || last.at <= now) return [];
  const points: Step[] = [];
  for (let at = Math.max(now, first.at); at < last.at; at += everyMs) points.push(...stepAt(steps, at));
  points.push(last);
  return points;
}

function stepAt(steps: readonly Step[], at: number): Step[] {
  const b = steps.find((step) => step.at > at) ?? steps.at(-1);
  const a = steps.findLast((step) => step.at <= at) ?? b;
  if (!a || !b) return [];
  const share = a === b ? 0 : (at - a.at) / (b.at - a.at);
  const between = { ...a, at };
  for (const name of QUANTILES) between[name] = a[name] + (b[name] - a[name]) * share;
  return [between];
}

export interface BandPoint {
  at: number;
  low: number;
  high: number;
}
/** The range of the middle 90 of a hundred cases, and that of the middle 50. */
export const band90 = (steps: readonly Step[]): BandPoint[] =>
  steps.map(({ at, p5, p95 }) => ({ at, low: p5, high: p95 }));
export const band50 = (steps: readonly Step[]): BandPoint[] =>
  steps.map(({ at, p25, p75 }) => ({ at, low: p25, high: p75 }));

/** The part of a band past the target: what the eye has to find. */
export const beyond = (points: readonly BandPoint[], target: number): BandPoint[] =>
  points.map(({ at, low, high }) => ({ at, low: Math.max(low, target), high: Math.max(high, target) }));

/** An axis of waits that shows all of these, and at least half as far again as the target, seconds. */
export function axisOf(target: number, waits: readonly number[]): { top: number; step: number } {
  const highest = Math.max(target * 1.5, ...waits);
  const step = STEPS_SECONDS.find((each) => highest / each <= MOST_STEPS) ?? HOUR_SECONDS;
  return { top: Math.ceil(highest / step) * step, step };
}
const HOUR_SECONDS = 3_600;
const MOST_STEPS = 4;
const STEPS_SECONDS = [5, 15, 30, 60, 120, 300, 600, 900, 1_800, HOUR_SECONDS];
