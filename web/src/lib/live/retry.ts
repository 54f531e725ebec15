/**
 * When the server is tried again. Five seconds after it is back every screen must be right again (rule LV5): the attempt
 * before may just have begun in vain, so an attempt or the wait after a refusal, and a short wait after an attempt that
 * was given up, stay well below that together.
 */

/** An attempt that was not answered by then is given up, ms. */
export const ATTEMPT_MS = 3_000;

const FIRST_MS = 500;
const LONGEST_MS = 3_000;

/**
 * The wait before retry number `attempt` (0, 1, …), ms: uniform up to a limit that doubles, so that a thousand
 * screens do not come at once. `random` is 0 ≤ x < 1.
 */
export const retryDelayMs = (attempt: number, random: number): number =>
  random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
