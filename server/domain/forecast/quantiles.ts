/** Quantiles of a count whose rate is itself unsure: the negative binomial with that mean and variance. */
import { normalQuantile } from '../queueing/normal-quantile.ts';

/** Up to this mean the probabilities are added one by one; above, counts are as good as continuous. */
export const ADDED_UP_TO = 200;
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

/** P(N ≤ count) of the same law up to a mean of {@link ADDED_UP_TO}, 0–1; 0 below the first count. */
export function countShare(count: number, mean: number, variance: number): number {
  if (count < 0) return 0;
  const law = negativeBinomial(mean, Math.max(variance, mean * (1 + LEAST_EXCESS)));
  let probability = law.ofNone;
  let sum = probability;
  for (let before = 0; before < count; before++) {
    probability *= law.ratio(before);
    sum += probability;
  }
  return Math.min(1, sum);
}

/** P(N = 0), and how many times as likely one more than a count is. */
function negativeBinomial(mean: number, variance: number) {
  const size = mean ** 2 / (variance - mean);
  const odds = mean / (size + mean);
  return {
    ofNone: Math.exp(-size * Math.log1p(mean / size)),
    ratio: (count: number): number => ((size + count) / (count + 1)) * odds,
  };
}

function addedQuantile(share: number, mean: number, variance: number): number {
  const law = negativeBinomial(mean, variance);
  let probability = law.ofNone;
  let sum = probability;
  let count = 0;
  // What is left of the tail is too small to add when the sum stands still.
  while (sum < share) {
    probability *= law.ratio(count);
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
