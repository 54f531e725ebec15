/** The floor view → what the floor screen shows. Pure; times come in as `now`, epoch ms. */
import type { FloorHead, QueueRow } from '#shared/views.ts';
import { elapsedSeconds } from '#lib/format/duration.ts';
import { type Standing, urgency, withChance } from './order.ts';
import { type Outlook, stillAhead } from './outlook.ts';
import { NO_RATIO, serviceLevel30, standing, type Ratio, type LevelStanding } from './ratio.ts';

/** A queue as its row shows it; `null` is "—". */
export interface QueueLine {
  row: QueueRow;
  status: Standing;
  waiting: number | null;
  longestSeconds: number | null;
  /** Longest wait over its target. */
  share: number | null;
  level: Ratio;
  levelStanding: LevelStanding;
  /** What is expected of it; `null` when nothing is foretold. */
  outlook: Outlook | null;
}

/** A queue's line; without `known` every number is gone, because the connection is. */
export function queueLine(
  row: QueueRow,
  now: number,
  known: boolean,
  outlook: Outlook | null = null,
): QueueLine {
  const longestSeconds = known ? elapsedSeconds(row.oldestAt, now) : null;
  const level = known ? serviceLevel30(row) : NO_RATIO;
  const ahead = known && row.status !== 'stale' && row.status !== 'closed' ? stillAhead(outlook, now) : null;
  return {
    row,
    status: known ? withChance(row.status, ahead?.breachProbability ?? null) : 'stale',
    waiting: known ? row.waiting : null,
    longestSeconds,
    share: longestSeconds === null ? null : longestSeconds / row.targetSeconds,
    level,
    levelStanding: standing(level, row.serviceLevelTarget),
    outlook: ahead,
  };
}

/** Ids of the queues, worst first: by status, then by how much of the target the longest wait has used. */
export const queueOrder = (lines: readonly QueueLine[]): string[] =>
  [...lines].sort(byHarm).map((line) => line.row.id);

const byHarm = (a: QueueLine, b: QueueLine): number =>
  urgency(b.status) - urgency(a.status) ||
  (b.share ?? -1) - (a.share ?? -1) ||
  (b.waiting ?? -1) - (a.waiting ?? -1) ||
  a.row.letter.localeCompare(b.row.letter) ||
  a.row.id.localeCompare(b.row.id);

/** What the first line of the floor says. */
export type Headline =
  | { kind: 'closed' }
  | { kind: 'noQueues' }
  | { kind: 'unknown' }
  | { kind: 'nobody' }
  | { kind: 'wait'; line: QueueLine; seconds: number }
  | { kind: 'level'; line: QueueLine; level: number }
  /** No queue by itself, but all together are under the service level the place must reach. */
  | { kind: 'whole'; level: number; standing: LevelStanding; longest: QueueLine | null }
  /** Nothing is wrong; what is ahead may be foretold or not. */
  | { kind: 'normal'; longest: QueueLine | null; isForetold: boolean };

/** Below this share of the target it is not the wait that is wrong, but the service level. */
const NEAR_TARGET = 0.8;

/** The worst thing now; when nothing is wrong it says so. */
export function headline(head: FloorHead, lines: readonly QueueLine[]): Headline {
  if (lines.length === 0) return { kind: 'noQueues' };
  if (lines.every((line) => line.status === 'closed' || head.status === 'closed')) return { kind: 'closed' };
  const known = lines.filter((line) => line.status !== 'stale' && line.status !== 'closed');
  if (known.length === 0) return { kind: 'unknown' };
  const worst = known.reduce((a, b) => (byHarm(a, b) <= 0 ? a : b));
  if (worst.status === 'breach' || worst.status === 'risk') {
    const near = worst.longestSeconds !== null && (worst.share ?? 0) >= NEAR_TARGET;
    if (!near && worst.levelStanding !== 'normal' && worst.level.value !== null)
      return { kind: 'level', line: worst, level: worst.level.value };
    if (worst.longestSeconds !== null) return { kind: 'wait', line: worst, seconds: worst.longestSeconds };
  }
  const longest = worst.longestSeconds === null ? null : worst;
  const whole = serviceLevel30(head);
  const wholeStanding = standing(whole, head.serviceLevelTarget);
  if (whole.value !== null && wholeStanding !== 'normal')
    return { kind: 'whole', level: whole.value, standing: wholeStanding, longest };
  if (known.every((line) => line.waiting === 0)) return { kind: 'nobody' };
  return { kind: 'normal', longest, isForetold: known.some(({ outlook }) => outlook !== null) };
}

/** The other queues that are past or near their target or may come to be, worst first; the second line of the floor. */
export function alsoUrgent(lines: readonly QueueLine[], first: Headline): QueueLine[] {
  const told = 'line' in first ? first.line.row.id : null;
  return [...lines]
    .filter(({ status, row }) => urgency(status) >= urgency('riskAhead') && row.id !== told)
    .sort(byHarm);
}
