/** What is foretold, as frames carry it: short, and changed only when it was foretold anew. */
import type { QueueOutlook } from '#shared/planning.ts';
import type { BranchOutlook, OutlookRow } from '#shared/outlooks.ts';
import type { QueueRow } from '#shared/views.ts';

/** Quarter-hours of a course. */
const STEPS = 8;
const STEP_MS = 900_000;
const MINUTE_MS = 60_000;
const PERCENT = 100;
/** Hardly anybody comes then. */
const NOBODY = -1;

const percent = (ratio: number): number => Math.round(ratio * PERCENT) / PERCENT;
const toMinute = (at: number | null): number | null =>
  at === null ? null : Math.round(at / MINUTE_MS) * MINUTE_MS;

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
    p10: alongSteps(outlook, ({ p10 }) => p10),
    p50: alongSteps(outlook, ({ p50 }) => p50),
    p90: alongSteps(outlook, ({ p90 }) => p90),
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
    alongSteps(outlook, ({ p50 }) => p50).forEach((wait, step) => {
      ahead[step] = Math.max(ahead[step] ?? 0, Math.round((Math.max(0, wait) / target) * PERCENT));
    });
  }
  return {
    breachProbability: worst === null ? null : percent(worst.breachProbability),
    breachAt: toMinute(worst?.breachAt ?? null),
    breachQueue: worst?.queue ?? null,
    aheadPercent: ahead,
  };
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
