/** What is foretold, as views carry it. */

/** What is foretold of a queue; chances 0–1, rounded to 0.01. A queue of which nobody can say has no row. */
export interface OutlookRow {
  /** The queue. */
  id: string;
  /** Chance that somebody waits longer than the target within the next 30 min; 1 when somebody does. */
  breachProbability: number;
  /** When that begins in half of all cases, epoch ms to the minute; `null` when in fewer within two hours. */
  breachAt: number | null;
  /**
   * The wait of those who come at `madeAt` + 15 min, + 30 min … + 120 min, not exceeded in 5, 25, 50, 75 and 95 of a
   * hundred cases: seconds, −1 where hardly anybody comes.
   */
  p5: readonly number[];
  p25: readonly number[];
  p50: readonly number[];
  p75: readonly number[];
  p95: readonly number[];
  asOfVersion: number;
  /** Epoch ms. */
  madeAt: number;
}

/** What is foretold of the queue of a branch that is likeliest to breach; `null` when nobody can say. */
export interface BranchOutlook {
  breachProbability: number | null;
  breachAt: number | null;
  /** Id of the queue. */
  breachQueue: string | null;
  /** By quarter-hour over the next hour: the chance that who comes then waits past the target, of the worst queue, per cent. */
  chancesAhead: readonly number[];
}

/** Counters of a hall, or agents of a hotline, over a quarter-hour of the next hour. */
export interface StaffStep {
  /** When it begins, epoch ms; for the quarter-hour that runs, its beginning. */
  from: number;
  /** Needed at once for the arrivals expected, so that the promise is kept. */
  needed: number;
  /** Expected to be open: those of now, those back from a break, and what is usual at that time. */
  expected: number;
  /** Needed beyond those expected: who is over in one group of counters is not counted for another that it does not serve. */
  missing: number;
}
