/** Quarter-hours, in which history counts; they begin at the same instants in every zone. */

/** ms. Offsets of time zones and starts of days are multiples of it. */
export const QUARTER_MS = 15 * 60_000;

/** Start of the quarter-hour in which `at` lies, epoch ms. */
export const quarterStart = (at: number): number => at - (at % QUARTER_MS);
