/** Counts of slots of any length, spread over the quarter-hours that history keeps. */
import { COUNT_KEYS, type Counts, noCounts } from '../domain/metrics/counts.ts';
import { INTERVAL_MS, intervalStart } from '../domain/metrics/interval.ts';

type CountName = keyof Counts;

/** What is a part, or a sum over, of another count goes where that one goes; the others go evenly. */
const FOLLOWS: Partial<Record<CountName, CountName>> = {
  answeredWithin: 'answered',
  waitSeconds: 'answered',
  totalWaitSeconds: 'answered',
  answerTimes: 'answered',
  answerSeconds: 'answered',
  abandonedWithin: 'abandoned',
  shortAbandoned: 'abandoned',
  abandonWaitSeconds: 'abandoned',
  serviceSeconds: 'handled',
  holdSeconds: 'handled',
  wrapUpSeconds: 'handled',
  ratingSum: 'rated',
};
/** Sums that may have fractions. */
const isMeasure = (field: CountName): boolean => /seconds|sum/i.test(field);

/**
 * The quarter-hours a slot reaches into, with their parts of its counts. Whole counts stay whole, parts add up to what
 * was there, and no part of a count exceeds it. The longest wait stands wherever a wait ended.
 */
export function overQuarterHours(
  counts: Counts,
  start: number,
  lengthMs: number,
): { start: number; counts: Counts }[] {
  const parts: { start: number; counts: Counts }[] = [];
  const end = start + lengthMs;
  let before = noCounts();
  for (let at = intervalStart(start); at < end; at += INTERVAL_MS) {
    const until = upTo(counts, (Math.min(at + INTERVAL_MS, end) - start) / lengthMs);
    const part = noCounts();
    for (const field of COUNT_KEYS) part[field] = until[field] - before[field];
    part.waitSecondsMax = part.answered + part.abandoned > 0 ? counts.waitSecondsMax : 0;
    parts.push({ start: at, counts: part });
    before = until;
  }
  return parts;
}

/** What was counted until this share of the slot had passed. */
function upTo(counts: Counts, share: number): Counts {
  const until = noCounts();
  const partOf = (field: CountName, ratio: number): number =>
    isMeasure(field) ? counts[field] * ratio : Math.round(counts[field] * ratio);
  for (const field of COUNT_KEYS) if (FOLLOWS[field] === undefined) until[field] = partOf(field, share);
  for (const field of COUNT_KEYS) {
    const followed = FOLLOWS[field];
    if (followed === undefined) continue;
    until[field] = partOf(field, counts[followed] > 0 ? until[followed] / counts[followed] : share);
  }
  return until;
}
