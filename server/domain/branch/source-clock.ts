/** How far a source's clock is from ours, learned from what it says about the present. */

/** Beyond this the source's times are not used, ours are (architecture §4), ms. */
const MAX_SKEW_MS = 120_000;
// Network and polling delay look like a slow clock; below this nothing is corrected.
const NO_SKEW_MS = 2_000;
// A clock counts as slow only when all it said for this long was late: a spool sent after an outage is late too.
const OBSERVE_MS = 300_000;
// No spool keeps what was "now" for a day: a clock so far behind is in another year, and that is clear at once.
const ANOTHER_DAY_MS = 86_400_000;

export interface SourceClock {
  /** Least lateness (receipt − source time, ms) of the last finished and of the running observation. */
  leastBefore: number;
  leastNow: number;
  observingSince: number;
}

export const newClock = (receivedAt: number): SourceClock => ({
  leastBefore: 0,
  leastNow: Infinity,
  observingSince: receivedAt,
});

/** Learns from one event; `present` when its time is the source's "now" (heartbeat, observation, snapshot). */
export function observeClock(clock: SourceClock, at: number, receivedAt: number, present: boolean): void {
  const lateness = receivedAt - at;
  if (!present && lateness >= 0) return;
  if (lateness > ANOTHER_DAY_MS) clock.leastBefore = lateness;
  if (present && receivedAt - clock.observingSince > OBSERVE_MS && clock.leastNow < Infinity) {
    clock.leastBefore = clock.leastNow;
    clock.leastNow = lateness;
    clock.observingSince = receivedAt;
  } else {
    clock.leastNow = Math.min(clock.leastNow, lateness);
  }
}

/** How much the clock is behind ours (+) or ahead (−), ms; 0 when it is close enough. */
export function skewOf(clock: SourceClock): number {
  const skew = Math.min(clock.leastBefore, clock.leastNow);
  return Math.abs(skew) < NO_SKEW_MS ? 0 : skew;
}

/** True when the source's times cannot be used. */
export const isSkewed = (clock: SourceClock): boolean => Math.abs(skewOf(clock)) > MAX_SKEW_MS;

/**
 * How late a fact was told, by the corrected clock, ms; `null` when it happened before the source was first heard: what
 * a new source tells of the hours before is history, not delay.
 */
export function lateness(
  { clock, firstHeardAt }: { clock: SourceClock; firstHeardAt: number },
  at: number,
  receivedAt: number,
): number | null {
  const happenedAt = correctedTime(clock, at, receivedAt);
  return happenedAt < firstHeardAt ? null : receivedAt - happenedAt;
}

/** The source's time on our clock: corrected by its skew, never later than receipt. */
export function correctedTime(clock: SourceClock, at: number, receivedAt: number): number {
  return isSkewed(clock) ? receivedAt : Math.min(receivedAt, at + skewOf(clock));
}
