/** Means of independent replications and how far off they may be. */

/** One figure, of each replication. */
export type Column = Float64Array;

export interface Estimate {
  value: number;
  /** Standard deviation of the value itself, from the differences between replications. */
  standardError: number;
}

export function totalOf(column: Column): number {
  let sum = 0;
  for (let row = 0; row < column.length; row++) sum += column[row] ?? 0;
  return sum;
}

/** The mean of a column. */
export function meanOf(column: Column): Estimate {
  const rows = column.length;
  const value = totalOf(column) / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += ((column[row] ?? 0) - value) ** 2;
  return { value, standardError: Math.sqrt(squares / (rows * (rows - 1))) };
}

/** The sum of one column over the sum of another, as waits over customers; null when there is nothing to divide by. */
export function ratioOf(upper: Column, lower: Column): Estimate | null {
  const rows = upper.length;
  const below = totalOf(lower);
  if (below === 0) return null;
  const value = totalOf(upper) / below;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += ((upper[row] ?? 0) - value * (lower[row] ?? 0)) ** 2;
  return { value, standardError: Math.sqrt((squares * rows) / (rows - 1)) / below };
}

/** Columns multiplied by their weights and added up, row by row. */
export function weighted(parts: readonly (readonly [column: Column, weight: number])[]): Column {
  const sums = new Float64Array(parts[0]?.[0].length ?? 0);
  for (const [column, weight] of parts) {
    for (let row = 0; row < sums.length; row++) sums[row] = (sums[row] ?? 0) + weight * (column[row] ?? 0);
  }
  return sums;
}

/** What one column is above another, row by row. */
export const difference = (one: Column, other: Column): Column =>
  weighted([
    [one, 1],
    [other, -1],
  ]);

/** The smallest whole number that is not exceeded with each of the probabilities (rising, 0–1). */
export function wholeQuantiles(column: Column, probabilities: readonly number[]): number[] {
  const counts: number[] = [];
  for (const value of column) counts[value] = (counts[value] ?? 0) + 1;
  let reached = counts[0] ?? 0;
  let value = 0;
  return probabilities.map((probability) => {
    while (reached < probability * column.length) reached += counts[++value] ?? 0;
    return value;
  });
}

/** The value at a share (0–1) of a sorted sample, between its neighbours by a straight line. */
export function quantileOf(sorted: Column, share: number): number {
  const rank = share * (sorted.length - 1);
  const low = Math.floor(rank);
  const below = sorted[low] ?? 0;
  return below + ((sorted[low + 1] ?? below) - below) * (rank - low);
}
