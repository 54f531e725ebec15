/** Arrivals of all queues as one stream: how many come, and to which queue each of them. */
import { type StepFunction, stepsBetween, valueAt } from '../step-function.ts';
import { TABLE_SHIFT } from './quantile-table.ts';

/** Random bits that name the queue of an arrival: those that the gap before it leaves over. */
export const MIX_BITS = TABLE_SHIFT;

/**
 * Stretches of constant arrivals, the last of which ends at the horizon. Queues are drawn by the alias method (Walker 1977): of
 * MIX_BITS random bits the upper ones name a column, the others, compared with its threshold, one of its two queues.
 */
export interface ArrivalMix {
  /** When each stretch ends, seconds, and its arrivals per second over all queues. */
  ends: Float64Array;
  rates: Float64Array;
  /** A stretch has 2^columnBits columns. */
  columnBits: number;
  /** By stretch and column. */
  thresholds: Int32Array;
  /** By stretch, column and whether the threshold is reached. */
  choices: Int32Array;
}

export function arrivalMix(arrivalRates: readonly StepFunction[], horizon: number): ArrivalMix {
  const ends = [...stepsBetween(arrivalRates, 0, horizon), horizon];
  const columnBits = Math.ceil(Math.log2(Math.max(1, arrivalRates.length)));
  const columns = 1 << columnBits;
  const mix: ArrivalMix = {
    ends: Float64Array.from(ends),
    rates: new Float64Array(ends.length),
    columnBits,
    thresholds: new Int32Array(ends.length * columns),
    choices: new Int32Array(2 * ends.length * columns),
  };
  ends.forEach((_, stretch) => {
    const rates = Float64Array.from(arrivalRates, (rate) => valueAt(rate, ends[stretch - 1] ?? 0));
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    mix.rates[stretch] = total;
    const shares = Float64Array.from(
      { length: columns },
      (_, queue) => ((rates[queue] ?? 0) / total) * columns,
    );
    if (total > 0) fillColumns(mix, stretch * columns, shares);
  });
  return mix;
}

/** Columns with less than their share are filled up from one with more. */
function fillColumns(
  { columnBits, thresholds, choices }: ArrivalMix,
  first: number,
  shares: Float64Array,
): void {
  const whole = 1 << (MIX_BITS - columnBits);
  const [small, large]: [number[], number[]] = [[], []];
  shares.forEach((share, column) => (share < 1 ? small : large).push(column));
  for (let column = small.pop() ?? large.pop(); column !== undefined; column = small.pop() ?? large.pop()) {
    const share = shares[column] ?? 0;
    const giver = share < 1 ? (large.at(-1) ?? column) : column;
    thresholds[first + column] = Math.round(Math.min(1, share) * whole);
    choices[2 * (first + column)] = column;
    choices[2 * (first + column) + 1] = giver;
    if (giver === column) continue;
    const left = (shares[giver] ?? 0) - (1 - share);
    shares[giver] = left;
    if (left < 1) {
      large.pop();
      small.push(giver);
    }
  }
}
