/** Quantiles of a count whose rate is itself unsure: the negative binomial with that mean and variance. */
import { normalQuantile } from '../queueing/normal-quantile.ts';

/** Up to this mean the probabilities are added one by one; above, counts are as good as continuous. */
const ADDED_UP_TO = 200;
/** A variance this little above the mean is Poisson for all purposes, ratio. */
const LEAST_EXCESS = 1e-6;

/**
 * Smallest count that is not exceeded with probability `share` (0–1, exclusive). Up to a mean of 200 exact; above, the
 * gamma distribution of the same mean and variance by Wilson & Hilferty (1931): off by at most 0.3 % of the mean while
 * the standard deviation is up to half of it, by 2 % where both are equal, and rough beyond.
 */
export function countQuantile(share: number, mean: number, variance: number): number {
  if (mean <= 0) return 0;
  const spread = Math.max(variance, mean * (1 + LEAST_EXCESS));
  return mean <= ADDED_UP_TO ? addedQuantile(share, mean, spread) : continuousQuantile(share, mean, spread);
}

function addedQuantile(share: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean);
  const odds = mean / (size + mean);
  let probability = Math.exp(-size * Math.log1p(mean / size));
  let sum = probability;
  let count = 0;
  // What is left of the tail is too small to add when the sum stands still.
  while (sum < share) {
    probability *= ((size + count) / (count + 1)) * odds;
    if (count > mean && sum + probability === sum) return count;
    sum += probability;
    count += 1;
  }
  return count;
}

function continuousQuantile(share: number, mean: number, variance: number): number {
  const shape = mean ** 2 / variance;
  const cubeRoot = 1 - 1 / (9 * shape) + normalQuantile(share) / (3 * Math.sqrt(shape));
  return mean * Math.max(0, cubeRoot) ** 3;
}
