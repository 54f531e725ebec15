/** Quantiles of waits from the histogram: it adds up over queues and times, which quantiles do not. */
import { WAIT_LIMITS_SECONDS } from './interval.ts';

export interface Quantile {
  seconds: number;
  /** The true value lies in the same bucket, at most this far away, seconds. */
  errorSeconds: number;
}

/**
 * The wait that `share` (0–1) of those answered did not exceed, linear within its bucket; `null` when nobody was
 * answered. No wait was longer than `longestSeconds`.
 */
export function waitQuantile(
  waits: readonly number[],
  longestSeconds: number,
  share: number,
): Quantile | null {
  const answered = waits.reduce((sum, count) => sum + count, 0);
  if (answered === 0) return null;
  const rank = share * answered;
  let below = 0;
  for (const [bucket, count] of waits.entries()) {
    if (count > 0 && below + count >= rank) {
      const from = WAIT_LIMITS_SECONDS[bucket - 1] ?? 0;
      const to = Math.max(from, Math.min(WAIT_LIMITS_SECONDS[bucket] ?? Infinity, longestSeconds));
      const within = Math.max(0, rank - below) / count;
      const seconds = from + within * (to - from);
      return { seconds, errorSeconds: Math.max(seconds - from, to - seconds) };
    }
    below += count;
  }
  return null;
}
