/** Quantiles of the waits of all replications together, by queue and window, from one histogram each. */
import { type Column, type Estimate, ratioOf, totalOf } from './estimates.ts';
import type { WaitLog } from './wait-log.ts';

/** Bins are so fine that doubling a wait takes this many; inside a bin waits are taken to be spread evenly. */
const BINS_PER_DOUBLING = 32;
/** Bits of a 32-bit float below those that tell the bin. */
const FINER_BITS = 23 - Math.log2(BINS_PER_DOUBLING);
/** Waits below 1/8 s and above 2^18 s, three days, fall into the outermost bins. */
const FIRST_BIN = (127 - 3) * BINS_PER_DOUBLING;
const BINS = 21 * BINS_PER_DOUBLING;

/** The waits not exceeded with each of `probabilities` (0–1), by cell; null for a cell without arrivals. */
export function waitQuantiles(
  log: WaitLog,
  arrivals: readonly Column[],
  probabilities: readonly number[],
): (Estimate[] | null)[] {
  const counts = countBins(log, arrivals.length);
  const laws = arrivals.map((column, cell) =>
    quantileFunction(column, counts.subarray(cell * BINS, (cell + 1) * BINS)),
  );
  const perCell = probabilities.length;
  const marks = Float32Array.from(laws.flatMap((quantile) => probabilities.map(quantile)));
  const above = countAbove(log, marks, perCell);
  return arrivals.map((column, cell) => {
    const quantile = laws[cell] ?? (() => 0);
    const estimates = probabilities.map((share, i) => {
      const mark = cell * perCell + i;
      const rows = column.length;
      const error = ratioOf(above.subarray(mark * rows, (mark + 1) * rows), column)?.standardError;
      if (error === undefined) return null;
      // Half of what lies between the quantiles of the share's own interval (Woodruff 1952).
      const spread = quantile(Math.min(1, share + error)) - quantile(Math.max(0, share - error));
      return { value: marks[mark] ?? 0, standardError: spread / 2 };
    });
    return estimates.every((estimate) => estimate !== null) ? estimates : null;
  });
}

function countBins({ waits, cells, length }: WaitLog, of: number): Uint32Array {
  const counts = new Uint32Array(of * BINS);
  const bits = new Uint32Array(waits.buffer);
  for (let i = 0; i < length; i++) {
    const bin = Math.min(BINS - 1, Math.max(0, ((bits[i] ?? 0) >>> FINER_BITS) - FIRST_BIN));
    const index = (cells[i] ?? 0) * BINS + bin;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** The quantile function of one cell; who is not counted in a bin did not wait. The counts are added up in place. */
function quantileFunction(arrivals: Column, reached: Uint32Array): (share: number) => number {
  for (let bin = 1; bin < BINS; bin++) reached[bin] = (reached[bin] ?? 0) + (reached[bin - 1] ?? 0);
  const customers = totalOf(arrivals);
  const atOnce = customers - (reached[BINS - 1] ?? 0);
  return (share) => {
    const rank = share * customers - atOnce;
    if (rank <= 0) return 0;
    let low = -1;
    let high = BINS - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((reached[middle] ?? 0) < rank) low = middle;
      else high = middle;
    }
    const below = reached[low] ?? 0;
    const part = Math.min(1, (rank - below) / ((reached[high] ?? 0) - below));
    return lowerEdge(high) + (lowerEdge(high + 1) - lowerEdge(high)) * part;
  };
}

/** Where a bin begins, seconds. */
function lowerEdge(bin: number): number {
  const place = bin + FIRST_BIN;
  const fraction = 1 + (place % BINS_PER_DOUBLING) / BINS_PER_DOUBLING;
  return fraction * 2 ** (Math.floor(place / BINS_PER_DOUBLING) - 127);
}

/** How many waits of each replication are above each mark: a column for each mark. Marks of a cell rise. */
function countAbove({ waits, cells, rowEnds }: WaitLog, marks: Float32Array, perCell: number): Float64Array {
  const rows = rowEnds.length;
  const above = new Float64Array(marks.length * rows);
  let entry = 0;
  for (let row = 0; row < rows; row++) {
    const end = rowEnds[row] ?? 0;
    for (; entry < end; entry++) {
      const wait = waits[entry] ?? 0;
      const first = (cells[entry] ?? 0) * perCell;
      for (let mark = first; mark < first + perCell; mark++) {
        const index = mark * rows + row;
        above[index] = (above[index] ?? 0) + Number(wait > (marks[mark] ?? 0));
      }
    }
  }
  return above;
}
