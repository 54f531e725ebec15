/**
 * Laws as tables of equally likely values: a draw is one random index and one load, whatever the law, and a draw given
 * that some time has already passed is an index among the values above it.
 */
import { normalQuantile } from '../normal-quantile.ts';
import { momentsOf } from '../phase-service.ts';
import { requireNonNegative, requirePositive, requireRatio } from '../preconditions.ts';
import type { PatienceLaw } from './laws.ts';
import { phaseTimes } from './phase-times.ts';

const TABLE_BITS = 11;
/** Values in a table. */
export const TABLE_SIZE = 1 << TABLE_BITS;
/** 32 random bits, shifted right by this, are an index. */
export const TABLE_SHIFT = 32 - TABLE_BITS;

/** The probability in the middle of each of the equally likely ranges that a table stands for. */
const SHARES = Float64Array.from({ length: TABLE_SIZE }, (_, i) => (i + 0.5) / TABLE_SIZE);
const NORMAL = SHARES.map((share) => normalQuantile(share));
const HAZARD = SHARES.map((share) => -Math.log1p(-share));
/** The exponential law of mean 1. */
export const EXPONENTIAL = new Float32Array(HAZARD);
keepMean(EXPONENTIAL, 1);

/** A table of TABLE_SIZE values, rising; RangeError when the numbers make no law. */
export function tableOf(law: PatienceLaw): Float32Array {
  const table = new Float32Array(TABLE_SIZE);
  fillTable(table, law);
  return table;
}

/** The tables of several laws, one after the other. */
export function tablesOf(laws: readonly PatienceLaw[]): Float32Array {
  const tables = new Float32Array(laws.length * TABLE_SIZE);
  laws.forEach((law, i) => {
    fillTable(tableIn(tables, i), law);
  });
  return tables;
}

/** One of several tables; empty where there is no such law. */
export const tableIn = (tables: Float32Array, law: number): Float32Array =>
  tables.subarray(law * TABLE_SIZE, (law + 1) * TABLE_SIZE);

function fillTable(table: Float32Array, law: PatienceLaw): void {
  switch (law.law) {
    case 'exponential':
      requirePositive('mean', law.mean);
      for (let i = 0; i < TABLE_SIZE; i++) table[i] = law.mean * (EXPONENTIAL[i] ?? 0);
      return;
    case 'lognormal':
      fillLognormal(table, law.mean, law.variation);
      return;
    case 'fixed':
      requireNonNegative('seconds', law.seconds);
      table.fill(law.seconds);
      return;
    case 'quantiles':
      fillMeasured(table, law.seconds);
      return;
    case 'phases':
      fillBetween(table, SHARES, phaseTimes(law.phases));
      keepMean(table, momentsOf(law.phases).mean);
      return;
    case 'never':
      table.fill(Infinity);
      return;
    case 'hazard':
      fillHazard(table, law.pieces);
      return;
    case 'balking': {
      requireRatio('balk', law.balk);
      const others = tableOf(law.others);
      SHARES.forEach((share, i) => {
        const among = Math.floor(((share - law.balk) / (1 - law.balk)) * TABLE_SIZE);
        table[i] = share < law.balk ? 0 : (others[among] ?? 0);
      });
    }
  }
}

function fillLognormal(table: Float32Array, mean: number, variation: number): void {
  requirePositive('mean', mean);
  requireNonNegative('variation', variation);
  const variance = Math.log1p(variation * variation);
  const spread = Math.sqrt(variance);
  const median = mean * Math.exp(-variance / 2);
  // Normal values are the same on both sides, so each exponential serves twice.
  for (let low = 0, high = TABLE_SIZE - 1; low < high; low++, high--) {
    const ratio = Math.exp(spread * (NORMAL[high] ?? 0));
    table[high] = median * ratio;
    table[low] = median / ratio;
  }
  keepMean(table, mean);
}

function fillMeasured(table: Float32Array, seconds: readonly number[]): void {
  const last = seconds.length - 1;
  if (last < 1) throw new RangeError('a measured law needs at least two quantiles');
  seconds.forEach((value, i) => {
    requireNonNegative('seconds', value);
    if (value < (seconds[i - 1] ?? 0)) throw new RangeError('quantiles must not fall');
  });
  fillBetween(table, SHARES, { times: seconds, reached: seconds.map((_, i) => i / last) });
}

/** The wait at which the hazard, added up, reaches −ln(1 − share). */
function fillHazard(table: Float32Array, pieces: readonly { from: number; rate: number }[]): void {
  if (pieces[0]?.from !== 0) throw new RangeError('the first piece of the hazard must begin at 0');
  const times = [0];
  const reached = [0];
  let sum = 0;
  pieces.forEach(({ from, rate }, i) => {
    requireNonNegative('rate', rate);
    const until = pieces[i + 1]?.from ?? (rate > 0 ? from + (HAZARD.at(-1) ?? 0) / rate : Infinity);
    if (!(until > from)) throw new RangeError('the pieces of the hazard must be in order');
    sum += rate === 0 ? 0 : rate * (until - from);
    times.push(until);
    reached.push(sum);
  });
  fillBetween(table, HAZARD, { times, reached });
}

/** Values between known points by straight lines; Infinity beyond what is ever reached. */
function fillBetween(
  table: Float32Array,
  marks: Float64Array,
  { times, reached }: { times: readonly number[]; reached: readonly number[] },
): void {
  let next = 1;
  marks.forEach((mark, i) => {
    while (next < reached.length && (reached[next] ?? 0) < mark) next++;
    const [from, to = Infinity] = [times[next - 1] ?? 0, times[next]];
    const [below, above = Infinity] = [reached[next - 1] ?? 0, reached[next]];
    table[i] = to === Infinity ? Infinity : from + ((to - from) * (mark - below)) / (above - below);
  });
}

/** The middle of a range is below its mean where values spread out upwards; the last value carries what is missing. */
function keepMean(table: Float32Array, mean: number): void {
  const last = TABLE_SIZE - 1;
  let rest = mean * TABLE_SIZE;
  for (let i = 0; i < last; i++) rest -= table[i] ?? 0;
  table[last] = Math.max(rest, table[last - 1] ?? 0);
}
