/** Times that already last: how much longer, given how long they have. */
import { TABLE_SIZE } from './quantile-table.ts';
import type { RandomBits } from './random-bits.ts';

/** Among so few values at the top of a table the longest times are told apart too coarsely. */
const TAIL = TABLE_SIZE / 64;
const TAIL_BEGINS = TABLE_SIZE - TAIL;

/** A time that has lasted `elapsed` seconds, and where it stands in the table of its law. */
export interface Residual {
  elapsed: number;
  table: Float32Array;
  /** Index of the first value above. */
  above: number;
  /** What is left on average of times longer than all but the longest 64th; 0 for a law that ends there. */
  tailMean: number;
}

export function residualOf(table: Float32Array, elapsed: number): Residual {
  const found = table.findIndex((value) => value > elapsed);
  const threshold = table[TAIL_BEGINS - 1] ?? 0;
  let tail = 0;
  for (let i = TAIL_BEGINS; i < TABLE_SIZE; i++) tail += table[i] ?? 0;
  const tailMean = threshold === Infinity ? Infinity : Math.max(0, tail / TAIL - threshold);
  return { elapsed, table, above: found < 0 ? TABLE_SIZE : found, tailMean };
}

/**
 * The whole duration, at least `elapsed`. Beyond the table the tail goes on as if it were exponential: a customer who
 * has outlasted what was ever measured does not leave at once.
 */
export function drawResidual(bits: RandomBits, { elapsed, table, above, tailMean }: Residual): number {
  if (above >= TAIL_BEGINS) return elapsed + tailMean * bits.exponential();
  return table[above + Math.floor(bits.share() * (TABLE_SIZE - above))] ?? elapsed;
}
