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
   * The wait of those who come at `madeAt` + 15 min, + 30 min … + 120 min, not exceeded in 10, 50 and 90 of a hundred
   * cases: seconds, −1 where hardly anybody comes.
   */
  p10: readonly number[];
  p50: readonly number[];
  p90: readonly number[];
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
  /** By quarter-hour over two hours: the median wait then over the target, of the worst queue, per cent. */
  aheadPercent: readonly number[];
}
