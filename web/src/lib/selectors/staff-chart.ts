/** Counters needed and planned over the rest of a day → a chart. Pure; times epoch ms. */
import type { RequirementRow } from '#shared/planning.ts';
import type { ShiftRow } from '#shared/shifts.ts';
import { clockTicks, type Point, type TimeChart } from '#lib/charts/time-chart.ts';
import { plannedAt } from './shifts.ts';

const MOST_TICKS = 10;
const MOST_LINES = 5;

export interface StaffWords {
  now: (time: string) => string;
  needed: (count: number) => string;
  planned: (count: number) => string;
  time: (epochMs: number) => string;
}

/** A quarter-hour: needed, needed for a day as busy as one in five, and planned; `null` where nobody planned. */
export interface StaffStepAhead {
  from: number;
  needed: number;
  neededBusy: number;
  planned: number | null;
}

/** The quarter-hours that are not over, until the hall closes (`null`: it has no hours today). */
export const staffStepsAhead = (
  rows: readonly RequirementRow[],
  shifts: readonly ShiftRow[] | null,
  closesAt: number | null,
  now: number,
): StaffStepAhead[] =>
  rows
    .filter(({ from, to }) => to > now && from < (closesAt ?? Infinity))
    .map(({ from, counters, countersP80, usual }) => ({
      from,
      needed: counters,
      neededBusy: countersP80,
      planned: shifts === null ? (usual === null ? null : Math.round(usual)) : plannedAt(shifts, from),
    }));

/** `null` when nothing is needed any more today. */
export function staffChart(
  steps: readonly StaffStepAhead[],
  now: number,
  offsetMs: number,
  words: StaffWords,
): TimeChart | null {
  const last = steps.at(-1);
  if (!last || steps.length < 2) return null;
  const points = (of: (step: StaffStepAhead) => number | null): Point[] =>
    steps.flatMap((step) => {
      const y = of(step);
      return y === null ? [] : [{ x: Math.max(now, step.from), y }];
    });
  const most = Math.max(1, ...steps.flatMap(({ neededBusy, planned }) => [neededBusy, planned ?? 0]));
  const step = Math.max(1, Math.ceil(most / MOST_LINES));
  return {
    from: now,
    to: last.from,
    now,
    nowText: words.now(words.time(now)),
    top: Math.ceil((most + 1) / step) * step,
    step,
    ticks: clockTicks(now, last.from, MOST_TICKS, offsetMs),
    bands: [
      { low: points(({ needed }) => needed), high: points(({ neededBusy }) => neededBusy), tone: 'range' },
    ],
    lines: [
      { points: points(({ needed }) => needed), dotted: true },
      { points: points(({ planned }) => planned), dotted: false },
    ],
    target: null,
    ends: [
      { value: last.needed, text: words.needed(last.needed), strong: false },
      ...(last.planned === null
        ? []
        : [{ value: last.planned, text: words.planned(last.planned), strong: true }]),
    ],
    timeText: words.time,
    valueText: String,
  };
}
