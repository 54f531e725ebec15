import type { PruneLimits } from './store.ts';

const DAY_MS = 86_400_000;

/** What may go when each kind is kept so many days. */
export const pruneLimits = (keepDays: PruneLimits, now: number): PruneLimits => ({
  intervals: now - keepDays.intervals * DAY_MS,
  visits: now - keepDays.visits * DAY_MS,
  days: now - keepDays.days * DAY_MS,
});
