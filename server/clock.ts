/** Time comes from here and nowhere else, so that tests and replays can bring their own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Milliseconds that only ever grow, unrelated to the date. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A clock that stands where it was put: for replays at full speed and for tests. */
export interface ManualClock extends Clock {
  /** Moves on to an instant; never back. */
  advanceTo(ms: number): void;
}

export function manualClock(startMs: number): ManualClock {
  let now = startMs;
  return {
    now: () => now,
    monotonic: () => now,
    advanceTo(ms) {
      now = Math.max(now, ms);
    },
  };
}
