/** What is foretold, as frames carry it: short, and changed only when it was foretold anew. */
import type { QueueOutlook, WaitStep } from '#shared/planning.ts';
import type { BranchOutlook, OutlookRow } from '#shared/outlooks.ts';
import type { QueueRow } from '#shared/views.ts';

/** Quarter-hours of a course. */
const STEPS = 8;
/** Those of the next hour. */
const HOUR_STEPS = 4;
const STEP_MS = 900_000;
const MINUTE_MS = 60_000;
const PERCENT = 100;
/** Hardly anybody comes then. */
const NOBODY = -1;

const percent = (ratio: number): number => Math.round(ratio * PERCENT) / PERCENT;
const toMinute = (at: number | null): number | null =>
  at === null ? null : Math.round(at / MINUTE_MS) * MINUTE_MS;

/** The chance of a breach as views carry it; `null` when nobody can say. */
export const chanceShown = (outlook: QueueOutlook | null | undefined): number | null =>
  outlook ? percent(outlook.breachProbability) : null;

const made = new WeakMap<QueueOutlook, OutlookRow>();

/** One queue of a floor; the same row as long as nothing was foretold anew, for it is asked for with every frame. */
export function outlookRow(outlook: QueueOutlook): OutlookRow {
  const known = made.get(outlook);
  if (known) return known;
  const row = makeRow(outlook);
  made.set(outlook, row);
  return row;
}

function makeRow(outlook: QueueOutlook): OutlookRow {
  const { queue, breachProbability, breachAt, asOfVersion, madeAt } = outlook;
  return {
    id: queue,
    breachProbability: percent(breachProbability),
    breachAt: toMinute(breachAt),
    p5: alongSteps(outlook, ({ p5 }) => p5),
    p25: alongSteps(outlook, ({ p25 }) => p25),
    p50: alongSteps(outlook, ({ p50 }) => p50),
    p75: alongSteps(outlook, ({ p75 }) => p75),
    p95: alongSteps(outlook, ({ p95 }) => p95),
    asOfVersion,
    madeAt,
  };
}

/** Those of its queues that are likeliest to breach, for a branch in the network table. */
export function branchOutlook(outlooks: readonly QueueOutlook[], queues: readonly QueueRow[]): BranchOutlook {
  let worst: QueueOutlook | null = null;
  const ahead: number[] = [];
  for (const outlook of outlooks) {
    if (worst === null || outlook.breachProbability > worst.breachProbability) worst = outlook;
    const target = queues.find(({ id }) => id === outlook.queue)?.targetSeconds ?? Infinity;
    const chances = alongSteps(outlook, (step) => chancePast(step, target) * PERCENT);
    chances.slice(0, HOUR_STEPS).forEach((chance, step) => {
      ahead[step] = Math.max(ahead[step] ?? 0, Math.round(Math.max(0, chance)));
    });
  }
  return {
    breachProbability: chanceShown(worst),
    breachAt: toMinute(worst?.breachAt ?? null),
    breachQueue: worst?.queue ?? null,
    chancesAhead: ahead,
  };
}

const QUANTILES = [
  [0.05, 'p5'],
  [0.1, 'p10'],
  [0.25, 'p25'],
  [0.5, 'p50'],
  [0.75, 'p75'],
  [0.9, 'p90'],
  [0.95, 'p95'],
] as const;

/** The chance that a wait is longer than the target, 0–1, between the quantiles that are told; beyond them 1 or 0. */
function chancePast(step: WaitStep, target: number): number {
  const above = QUANTILES.findIndex(([, name]) => step[name] > target);
  if (above < 0) return 0;
  const [share, name] = QUANTILES[above] ?? QUANTILES[0];
  const [shareBelow, nameBelow] = QUANTILES[above - 1] ?? [0, null];
  if (nameBelow === null) return 1;
  const part = (target - step[nameBelow]) / (step[name] - step[nameBelow]);
  return 1 - (shareBelow + (share - shareBelow) * part);
}

/** A number at each step, whether the course has one there or not. */
function alongSteps(
  { course, madeAt }: QueueOutlook,
  of: (step: QueueOutlook['course'][number]) => number,
): number[] {
  const steps = Array.from({ length: STEPS }, () => NOBODY);
  for (const step of course) steps[Math.round((step.at - madeAt) / STEP_MS) - 1] = of(step);
  return steps;
}
