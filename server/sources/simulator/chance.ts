import type { Rng } from '#server/rng.ts';

/** A whole number in [from, to). */
export const between = (rng: Rng, from: number, to: number): number => Math.floor(from + rng() * (to - from));

/** Standard normal (Box–Muller). */
const normal = (rng: Rng): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());

/** Lognormal with this mean and coefficient of variation. */
export function lognormal(rng: Rng, mean: number, variation: number): number {
  const variance = Math.log(1 + variation * variation);
  return mean * Math.exp(Math.sqrt(variance) * normal(rng) - variance / 2);
}

/** Lognormal with this median and this spread of its logarithm. */
export const lognormalAround = (rng: Rng, median: number, sigma: number): number =>
  median * Math.exp(sigma * normal(rng));
