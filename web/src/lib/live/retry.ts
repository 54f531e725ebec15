/** How long to wait before the server is tried again. */

const FIRST_MS = 500;
// Five seconds after the server is back every screen must be right again (rule LV5), so waits stay below that.
const LONGEST_MS = 4_000;

/**
 * The wait before retry number `attempt` (0, 1, …), ms: uniform up to a limit that doubles, so that a thousand
 * screens do not come at once. `random` is 0 ≤ x < 1.
 */
export const retryDelayMs = (attempt: number, random: number): number =>
  random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
