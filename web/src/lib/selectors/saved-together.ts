/** What several suggestions promise to save together. Pure. */
import type { PromisedRange } from '#shared/suggestions.ts';

/** What one suggestion promises to the hall it helps. */
export interface HallPromise {
  branch: string;
  /** Customer-minutes. */
  saved: PromisedRange;
}

/**
 * Customer-minutes, hall by hall. Suggestions that help the same hall help the same customers, each promising as if it
 * came alone: together they save at least what the best of them does, and at most what all promise.
 */
export function savedTogether(promises: readonly HallPromise[]): PromisedRange {
  const together = { low: 0, middle: 0, high: 0 };
  for (const hall of Map.groupBy(promises, ({ branch }) => branch).values()) {
    together.low += Math.max(...hall.map(({ saved }) => saved.low));
    together.middle += Math.max(...hall.map(({ saved }) => saved.middle));
    together.high += hall.reduce((sum, { saved }) => sum + Math.max(0, saved.high), 0);
  }
  return together;
}
