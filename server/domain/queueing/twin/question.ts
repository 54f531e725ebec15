/** What is asked of the twin. Times in seconds from now. */
import { requireNonNegative, requirePositive, requireWhole } from '../preconditions.ts';

export interface TwinQuestion {
  /**
   * Customers arrive until then; each is followed to the end of the wait. Where queues have unequal priority it should lie
   * beyond the last window by some waits, as nobody comes later to be served before those of the window.
   */
  horizonSeconds: number;
  /**
   * Customers are counted by when they arrive, `from` ≤ arrival < `to`; windows are in order and do not overlap. Those
   * who wait now arrived before 0: a window from −Infinity to 0 holds them, with the whole of their waits.
   */
  windows: readonly { from: number; to: number }[];
  /** Sets of queues, by their place, whose customers are also told of together. */
  together?: readonly (readonly number[])[];
  /** When the lengths of the queues are taken, rising. */
  instants: readonly number[];
  /** What makes a plan better: seconds waited, plus so many for each customer who leaves and each who is late. */
  weights: { abandonedSeconds: number; lateSeconds: number };
  stop: StopRule;
}

/** Replications go on until the named output is known well enough. */
export interface StopRule {
  /** Mean wait, late or abandoned customers of the first plan over all windows; or the burden each other plan saves. */
  output: 'meanWait' | 'late' | 'abandoned' | 'gain';
  /** Largest standard error, as a share of the output (0–1) … */
  relativeError: number;
  /** … or, where the output is next to nothing, in its own unit: seconds or customers. */
  absoluteError: number;
  fewest: number;
  most: number;
}

/** Within 5 % of the mean wait or 1 s of it, by 1,000 replications at most. */
export const DEFAULT_STOP: StopRule = {
  output: 'meanWait',
  relativeError: 0.05,
  absoluteError: 1,
  fewest: 40,
  most: 1_000,
};

/** RangeError when it cannot be answered. */
export function requireQuestion({ horizonSeconds, windows, instants, weights, stop }: TwinQuestion): void {
  requirePositive('horizonSeconds', horizonSeconds);
  let end = -Infinity;
  for (const { from, to } of windows) {
    if (!(from >= end && to > from && to <= horizonSeconds))
      throw new RangeError('windows must follow one another and end by the horizon');
    end = to;
  }
  let before = -Infinity;
  for (const at of instants) {
    requireNonNegative('instant', at);
    if (!(at > before && at <= horizonSeconds))
      throw new RangeError('instants must rise and lie within the horizon');
    before = at;
  }
  requireNonNegative('abandonedSeconds', weights.abandonedSeconds);
  requireNonNegative('lateSeconds', weights.lateSeconds);
  requireNonNegative('relativeError', stop.relativeError);
  requireNonNegative('absoluteError', stop.absoluteError);
  requireWhole('fewest', stop.fewest);
  requireWhole('most', stop.most);
  if (stop.fewest < 2 || stop.most < stop.fewest)
    throw new RangeError('at least two replications are needed, and no fewer at most than at least');
}
