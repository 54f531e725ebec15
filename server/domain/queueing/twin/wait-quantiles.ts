/** Quantiles of the waits of all replications together, by queue and window, from one histogram each. */
import { type Column, type Estimate, ratioOf, totalOf } from './estimates.ts';
import { BINS, lowerEdge, type WaitLog } from './wait-log.ts';

/** A wait not exceeded with some probability, and the bin of its cell in which it lies; below all bins when it is 0. */
interface Mark {
  seconds: number;
  bin: number;
}
type QuantileFunction = (share: number) => Mark;

/** The waits not exceeded with each of `probabilities` (0–1, rising), by cell; null for a cell without arrivals. */
export function waitQuantiles(
  log: WaitLog,
  arrivals: readonly Column[],
  probabilities: readonly number[],
): (Estimate[] | null)[] {
  const laws = arrivals.map((column, cell) =>
    quantileFunction(column, log.counts.slice(cell * BINS, (cell + 1) * BINS)),
  );
  const marks = laws.map((quantile) => probabilities.map(quantile));
  const perCell = probabilities.length;
  const above = countAbove(
    log,
    Int32Array.from(marks.flat(), ({ bin }) => bin),
    perCell,
  );
  return arrivals.map((column, cell) => {
    const quantile = laws[cell] ?? (() => ({ seconds: 0 }));
    const estimates = (marks[cell] ?? []).map(({ seconds }, i) => {
      const mark = cell * perCell + i;
      const rows = column.length;
      const error = ratioOf(above.subarray(mark * rows, (mark + 1) * rows), column)?.standardError;
      if (error === undefined) return null;
      const share = probabilities[i] ?? 0;
      // Half of what lies between the quantiles of the share's own interval (Woodruff 1952).
      const spread =
        quantile(Math.min(1, share + error)).seconds - quantile(Math.max(0, share - error)).seconds;
      return { value: seconds, standardError: spread / 2 };
    });
    return estimates.every((estimate) => estimate !== null) ? estimates : null;
  });
}

/** The quantile function of one cell; who is not counted in a bin did not wait. The counts are added up in place. */
function quantileFunction(arrivals: Column, reached: Uint32Array): QuantileFunction {
  for (let bin = 1; bin < BINS; bin++) reached[bin] = (reached[bin] ?? 0) + (reached[bin - 1] ?? 0);
  const customers = totalOf(arrivals);
  const atOnce = customers - (reached[BINS - 1] ?? 0);
  return (share) => {
    const rank = share * customers - atOnce;
    if (rank <= 0) return { seconds: 0, bin: -1 };
    let low = -1;
    let high = BINS - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((reached[middle] ?? 0) < rank) low = middle;
      else high = middle;
    }
    const below = reached[low] ?? 0;
    const part = Math.min(1, (rank - below) / ((reached[high] ?? 0) - below));
    return { seconds: lowerEdge(high) + (lowerEdge(high + 1) - lowerEdge(high)) * part, bin: high };
  };
}

/**
 * How many waits of each replication lie in bins above each mark: a column for each mark. Marks of a cell rise, so each
 * wait is counted once, by how many it exceeds.
 */
function countAbove({ bins, rowEnds }: WaitLog, marks: Int32Array, perCell: number): Float64Array {
  const rows = rowEnds.length;
  const cells = marks.length / perCell;
  const slots = new Int32Array(cells * BINS);
  for (let cell = 0; cell < cells; cell++) {
    const end = (cell + 1) * BINS;
    const slot = cell * (perCell + 1);
    slots.fill(slot, cell * BINS, end);
    for (let i = 0; i < perCell; i++)
      slots.fill(slot + i + 1, cell * BINS + (marks[cell * perCell + i] ?? 0) + 1, end);
  }
  const tallies = new Int32Array(cells * (perCell + 1));
  const above = new Float64Array(marks.length * rows);
  let entry = 0;
  for (let row = 0; row < rows; row++) {
    const end = rowEnds[row] ?? 0;
    tallies.fill(0);
    for (; entry < end; entry++) {
      const slot = slots[bins[entry] ?? 0] ?? 0;
      tallies[slot] = (tallies[slot] ?? 0) + 1;
    }
    for (let cell = 0; cell < cells; cell++) {
      let exceeding = 0;
      for (let i = perCell - 1; i >= 0; i--) {
        exceeding += tallies[cell * (perCell + 1) + i + 1] ?? 0;
        above[(cell * perCell + i) * rows + row] = exceeding;
      }
    }
  }
  return above;
}
