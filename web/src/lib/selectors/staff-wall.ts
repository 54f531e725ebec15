/** The staff wall's view → what stands on it. Pure; times epoch ms. */
import type { StaffAheadRow, StaffQueueRow, StaffWallHead } from '#shared/staff-wall.ts';
import { elapsedSeconds } from '#lib/format/duration.ts';
import { type Standing, urgency, withChance } from './order.ts';
import type { LevelStanding } from './ratio.ts';

/** Queues on the wall; being the worst, they tell of the others too. */
export const QUEUES_SHOWN = 5;
/** From this share of its target on a wait is near it. */
const NEAR = 0.8;
const QUARTER_MS = 900_000;

export interface StaffQueue extends StaffQueueRow {
  standing: Standing;
  longestSeconds: number | null;
}

/** The longest wait over the target, ratio. */
const load = ({ longestSeconds, targetSeconds }: StaffQueue): number => (longestSeconds ?? 0) / targetSeconds;

/** Worst first: by urgency, then by the longest wait against the target. */
export const worstFirst = (rows: Iterable<StaffQueueRow>, now: number): StaffQueue[] =>
  [...rows]
    .map((row) => ({
      ...row,
      standing: withChance(row.status, row.breachProbability),
      longestSeconds: elapsedSeconds(row.oldestAt, now),
    }))
    .sort((a, b) => urgency(b.standing) - urgency(a.standing) || load(b) - load(a));

/** The queue whose longest wait is worst against its target; `null` when nobody waits. */
export function longestWait(queues: readonly StaffQueue[]): StaffQueue | null {
  const waiting = queues.filter(({ longestSeconds }) => longestSeconds !== null);
  return waiting.reduce<StaffQueue | null>(
    (worst, queue) => (worst === null || load(queue) > load(worst) ? queue : worst),
    null,
  );
}

/** How its longest wait stands against the target. */
export function waitStanding(queue: StaffQueue): LevelStanding {
  if (load(queue) < NEAR) return 'normal';
  return load(queue) > 1 ? 'breach' : 'risk';
}

/** The quarter-hours that are not over, in order; in the one that runs those are counted who are `open` now. */
export const stepsAhead = (rows: Iterable<StaffAheadRow>, open: number, now: number): StaffAheadRow[] =>
  [...rows]
    .filter(({ from }) => from + QUARTER_MS > now)
    .sort((a, b) => a.from - b.from)
    .map((row) => (row.from <= now ? withOpen(row, open) : row));

/** Whoever is there beyond those expected, or is not, may be missing less, or more. */
const withOpen = (row: StaffAheadRow, open: number): StaffAheadRow => ({
  ...row,
  expected: open,
  missing: Math.max(0, row.needed - open, row.missing + row.expected - open),
});

/** The queue that is late, or likely to be; `null` when none is. */
export const backlogOf = (queues: readonly StaffQueue[]): StaffQueue | null =>
  queues.find(({ standing }) => standing === 'breach' || standing === 'breachAhead') ?? null;

/** What the wall asks of everybody. */
export interface StaffRequest {
  /** Counters to open beyond those that are, as far as there are closed ones. */
  open: number;
  /** Until when breaks should be staggered; `null` when nobody is missing. */
  breaksUntil: number | null;
}

/** What is asked for the quarter-hours ahead; `null` when nobody can say. */
export function staffRequest(
  { open, countersConfigured }: StaffWallHead,
  steps: readonly StaffAheadRow[],
): StaffRequest | null {
  const [first] = steps;
  if (!first) return null;
  const closed = Math.max(0, countersConfigured - open);
  const lastGap = steps.findLast(({ missing }) => missing > 0);
  return {
    open: Math.min(closed, first.missing),
    breaksUntil: lastGap ? lastGap.from + QUARTER_MS : null,
  };
}
