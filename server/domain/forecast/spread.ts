/** How much days differ from their profile, and at which times of day. */
import { at, type Grid, sum } from './grid.ts';

/** A day of history beside what its profile expected. */
export interface DayAgainstProfile {
  counts: readonly number[];
  expected: readonly number[];
  /** Days behind the profile of its weekday, this one among them. */
  weekdayDays: number;
}

export interface Spread {
  /** Variance of the rate's ratio to the profile at a usual time of day. */
  variance: number;
  /** How unsteady each slot is, 1 for a usual one. */
  loading: readonly number[];
}

/** Assumed until history says otherwise: rates are off by 10 % (one standard deviation), all day alike. */
export const USUAL_VARIANCE = 0.01;
/** How many days of history the assumed variance and the assumed loadings are worth. */
const VARIANCE_DAYS = 5;
const LOADING_DAYS = 10;
/** However steady a series has been, its variance is not taken below this part of the assumed one. */
const LEAST_OF_ASSUMED = 0.25;
/** Least squared loading. */
const LEAST_SQUARED_LOADING = 0.2;
/** One wild slot must not set the spread of a series: ratios count up to this. */
const RATIO_LIMIT = 1;
/** Fewer expected arrivals in a slot than this say nothing about a ratio. */
const LEAST_EXPECTED = 0.5;
/** Variance of what is in one slot only, beyond Poisson, as a part of `variance`. */
export const SLOT_SHARE = 0.1;
/** A profile of one day alone lies on it: its residuals are blown up by no more than this allows, days. */
const LEAST_FREEDOM = 0.5;
/** Times of day are alike over this, minutes. */
const ALIKE_MINUTES = 60;

/**
 * Measures the spread by moments: products of the residual ratios of different slots of a day have no Poisson part, so
 * their weighted mean over the days estimates the variance (weights √(m_i m_j); `persistence` is that of one slot,
 * `dayPart` the part of the variance that lasts all day).
 * Slots' own variance less Poisson gives the loadings, smoothed over neighbours. Both are shrunk to what is assumed.
 */
export function fitSpread(
  days: readonly DayAgainstProfile[],
  grid: Grid,
  { persistence, dayPart }: { persistence: number; dayPart: number },
  assumed: number,
): Spread {
  const ones = Array.from({ length: grid.slots }, () => 1);
  if (days.length === 0) return { variance: assumed, loading: ones };
  const ratios = days.map(residualRatios);
  const weights = slotWeights(days, grid);
  const pairs = dayPart * pairSum(weights, 1) + (1 - dayPart) * pairSum(weights, persistence);
  const products = ratios.map((row) =>
    pairSum(
      row.map((ratio, slot) => ratio * at(weights, slot)),
      1,
    ),
  );
  const measured = pairs > 0 ? sum(products) / days.length / pairs : assumed;
  const trust = days.length / (days.length + VARIANCE_DAYS);
  const variance = Math.max(LEAST_OF_ASSUMED * assumed, trust * measured + (1 - trust) * assumed);
  return { variance, loading: loadings(ratios, days, grid, variance * (1 + SLOT_SHARE)) };
}

/** By slot, how far a day was off its profile, as a ratio. */
export function residualRatios({ counts, expected, weekdayDays }: DayAgainstProfile): number[] {
  // A profile that contains the day itself lies too near to it.
  const correction = Math.sqrt(weekdayDays / Math.max(LEAST_FREEDOM, weekdayDays - 1));
  return counts.map((count, slot) => {
    const usual = at(expected, slot);
    const ratio = (count - usual) / Math.max(LEAST_EXPECTED, usual);
    return Math.max(-RATIO_LIMIT, Math.min(RATIO_LIMIT, ratio)) * correction;
  });
}

/** Roots of the usual arrivals: what slots weigh. */
export const slotWeights = (days: readonly DayAgainstProfile[], grid: Grid): number[] =>
  Array.from({ length: grid.slots }, (_, slot) =>
    Math.sqrt(sum(days.map(({ expected }) => at(expected, slot))) / days.length),
  );

/** Σ over pairs i ≠ j of v_i v_j persistence^|i−j|. */
export function pairSum(values: readonly number[], persistence: number): number {
  let carried = 0;
  let total = 0;
  for (const value of values) {
    total += 2 * value * carried;
    carried = (carried + value) * persistence;
  }
  return total;
}

function loadings(
  ratios: readonly (readonly number[])[],
  days: readonly DayAgainstProfile[],
  grid: Grid,
  usual: number,
): number[] {
  const poisson = Array.from(
    { length: grid.slots },
    (_, slot) =>
      sum(days.map(({ expected }) => 1 / Math.max(LEAST_EXPECTED, at(expected, slot)))) / days.length,
  );
  const own = poisson.map(
    (chance, slot) => sum(ratios.map((row) => at(row, slot) ** 2)) / days.length - chance,
  );
  const smooth = smoothed(own, Math.round(ALIKE_MINUTES / grid.slotMinutes));
  return smooth.map((variance, slot) => {
    // Where chance outweighs the variance looked for, more days are needed to see it.
    const needed = LOADING_DAYS * ((usual + at(poisson, slot)) / usual) ** 2;
    const trust = days.length / (days.length + needed);
    return Math.sqrt(Math.max(LEAST_SQUARED_LOADING, (trust * variance) / usual + 1 - trust));
  });
}

/** Mean over neighbours with weights that fall to zero at `reach` slots; edges repeat. */
function smoothed(values: readonly number[], reach: number): number[] {
  return values.map((_, slot) => {
    let total = 0;
    let weight = 0;
    for (let step = 1 - reach; step < reach; step++) {
      const near = Math.max(0, Math.min(values.length - 1, slot + step));
      const share = 1 - Math.abs(step) / reach;
      total += share * at(values, near);
      weight += share;
    }
    return weight > 0 ? total / weight : at(values, slot);
  });
}
