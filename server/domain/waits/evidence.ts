/** What the correction of an estimate looks at: plain ratios, so that they mean the same in a hall and on a hotline. */
import type { Standing } from './standing.ts';
import type { TrendNow } from './trend.ts';

/** Added to waits before they are compared, so that short ones do not weigh too much, seconds. */
const SHORT_SECONDS = 10;
/** Without anybody free lately, the last one became free this long ago, seconds. */
const LONG_IDLE_SECONDS = 3_600;

/** Where estimates start: half way, in ratios, between what the theory says and what has been usual, seconds. */
export const startOf = (theory: number, { usual }: TrendNow): number =>
  Math.sqrt((theory + SHORT_SECONDS) * (usual + SHORT_SECONDS));

const logOver = (value: number, usual: number): number =>
  Math.log((value + SHORT_SECONDS) / (usual + SHORT_SECONDS));

/** Numbers of the order of one, about 0 in a middling situation; which of them matter, the record of the branch shows. */
export const evidenceOf = (theory: number, standing: Standing, trend: TrendNow): number[] => [
  1,
  logOver(theory, trend.usual),
  Math.log((1 + standing.ahead) / 2),
  Math.log((1 + standing.earlier) / 2),
  Math.log((1 + standing.capacity) / 4),
  Math.log((trend.usual + SHORT_SECONDS) / 60),
  logOver(trend.recent, trend.usual),
  logOver(standing.oldestSeconds, trend.usual),
  Math.log((5 + Math.min(LONG_IDLE_SECONDS, standing.idleSeconds)) / 60) / 4,
  standing.justFreed,
  Math.log((1 + trend.starts) / 4),
  Math.log((1 + trend.atOnce) / 3),
];

/** How many numbers that are. */
export const EVIDENCE_SIZE = 12;
