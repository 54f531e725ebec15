/** Means of independent replications and how far off they may be. */

/** One figure of each replication: every `step`-th value from `first` on. */
export interface Column {
  values: Float64Array;
  first: number;
  step: number;
  rows: number;
}

export interface Estimate {
  value: number;
  /** Standard deviation of the value itself, from the differences between replications. */
  standardError: number;
}

const at = ({ values, first, step }: Column, row: number): number => values[first + row * step] ?? 0;

export function totalOf(column: Column): number {
  let sum = 0;
  for (let row = 0; row < column.rows; row++) sum += at(column, row);
  return sum;
}

/** The mean of a column. */
export function meanOf(column: Column): Estimate {
  const { rows } = column;
  const value = totalOf(column) / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += (at(column, row) - value) ** 2;
  return { value, standardError: Math.sqrt(squares / (rows * (rows - 1))) };
}

/** The sum of one column over the sum of another, as waits over customers; null when there is nothing to divide by. */
export function ratioOf(upper: Column, lower: Column): Estimate | null {
  const { rows } = upper;
  const below = totalOf(lower);
  if (below === 0) return null;
  const value = totalOf(upper) / below;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += (at(upper, row) - value * at(lower, row)) ** 2;
  return { value, standardError: Math.sqrt((squares * rows) / (rows - 1)) / below };
}

/** Columns multiplied by their weights and added up, row by row. */
export function weighted(parts: readonly (readonly [column: Column, weight: number])[]): Column {
  const rows = parts[0]?.[0].rows ?? 0;
  const values = new Float64Array(rows);
  for (const [column, weight] of parts) {
    for (let row = 0; row < rows; row++) values[row] = (values[row] ?? 0) + weight * at(column, row);
  }
  return { values, first: 0, step: 1, rows };
}

/** What one column is above another, row by row. */
export const difference = (one: Column, other: Column): Column =>
  weighted([
    [one, 1],
    [other, -1],
  ]);

/** The smallest whole number that is not exceeded with each of the probabilities (rising, 0–1). */
export function wholeQuantiles(column: Column, probabilities: readonly number[]): number[] {
  const { rows } = column;
  const counts: number[] = [];
  for (let row = 0; row < rows; row++) {
    const value = at(column, row);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  let reached = counts[0] ?? 0;
  let value = 0;
  return probabilities.map((probability) => {
    while (reached < probability * rows) reached += counts[++value] ?? 0;
    return value;
  });
}

/** The value at a share (0–1) of a sorted sample, between its neighbours by a straight line. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const rank = share * (sorted.length - 1);
  const low = Math.floor(rank);
  const below = sorted[low] ?? 0;
  return below + ((sorted[low + 1] ?? below) - below) * (rank - low);
}
