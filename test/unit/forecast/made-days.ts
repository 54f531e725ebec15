/** Days made by chance around rates that are known, so that forecasts can be held against the truth. */
import type { DayCounts, Grid } from '#server/domain/forecast/grid.ts';
import { createRng, type Rng } from '#server/rng.ts';

/** Ten hours of half-hours. */
export const GRID: Grid = { slotMinutes: 30, slots: 20 };

/** Day number of a Monday, 6 January 2020. */
export const MONDAY = 18_267;

/** Arrivals a slot on a usual day: two peaks. */
export const RATES: readonly number[] = Array.from(
  { length: GRID.slots },
  (_, slot) => 40 + 25 * Math.sin((slot / GRID.slots) * 4 * Math.PI) ** 2,
);

/** A count around a rate (Knuth for small rates, else a normal approximation). */
export function poissonCount(rate: number, rng: Rng): number {
  if (rate > 100) return Math.max(0, Math.round(rate + Math.sqrt(rate) * normal(rng)));
  const limit = Math.exp(-rate);
  let product = rng();
  let count = 0;
  while (product > limit) {
    product *= rng();
    count += 1;
  }
  return count;
}

export const normal = (rng: Rng): number =>
  Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());

export interface MadeDays {
  days: DayCounts[];
  /** The rates behind the counts. */
  rates: number[][];
}

/** Days one after another from {@link MONDAY}; `rateOf` gives the rate of a slot of a day. */
export function makeDays(
  count: number,
  seed: number,
  rateOf: (day: number, slot: number) => number,
): MadeDays {
  const rng = createRng(seed);
  const rates = Array.from({ length: count }, (_, day) =>
    Array.from({ length: GRID.slots }, (_slot, slot) => rateOf(day, slot)),
  );
  const days = rates.map((rate, day) => ({
    day: MONDAY + day,
    counts: rate.map((each) => poissonCount(each, rng)),
  }));
  return { days, rates };
}

/** A factor for each day and slot: a level for the day and a drift that comes and goes within hours. */
export function makeFactors(days: number, seed: number, deviation: number): number[][] {
  const rng = createRng(seed);
  const persistence = 0.9;
  return Array.from({ length: days }, () => {
    let drift = deviation * normal(rng);
    return Array.from({ length: GRID.slots }, () => {
      const factor = 1 + drift;
      drift = drift * persistence + deviation * Math.sqrt(1 - persistence ** 2) * normal(rng);
      return Math.max(0.1, factor);
    });
  });
}
