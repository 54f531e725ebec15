/** Bends an estimate by what its own record shows: a gamma regression that learns from one wait after the other. */

/** Plain arrays, so that a checkpoint can hold them. */
export interface Correction {
  weights: Float64Array;
  /** How uncertain the weights are, row by row. */
  covariance: Float64Array;
}

/** Variance of a weight before anything is learned; 0 is what all are then. */
const PRIOR_VARIANCE = 0.03;
/** Waits after which an older one counts e times less. */
const MEMORY = 5_000;
/** One wait counts at most as if it had been this many times longer than estimated. */
const LARGEST_SURPRISE = 3;
/** An estimate is bent by this factor at most. */
const LARGEST_BEND = 4;

export function newCorrection(size: number): Correction {
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) covariance[i * size + i] = PRIOR_VARIANCE;
  return { weights: new Float64Array(size), covariance };
}

/** The factor by which an estimate is to be multiplied, given what was seen when it was made. */
export function bendOf({ weights }: Correction, seen: readonly number[]): number {
  const exponent = seen.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  return Math.min(LARGEST_BEND, Math.max(1 / LARGEST_BEND, Math.exp(exponent)));
}

/**
 * Takes in a wait that was `ratio` times as long as estimated with what was seen, bend included: one step of recursive
 * least squares on the working response of a regression with logarithmic link (McCullagh & Nelder 1989, §2.5), older
 * waits discounted. No weight becomes less certain than it was at first, so that what does not vary for a long time
 * cannot run away.
 */
export function learnCorrection(
  { weights, covariance }: Correction,
  seen: readonly number[],
  ratio: number,
): void {
  const size = weights.length;
  const keep = 1 - 1 / MEMORY;
  const gain = new Float64Array(size);
  let denominator = keep;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (covariance[i * size + j] ?? 0) * (seen[j] ?? 0);
    gain[i] = sum;
    denominator += sum * (seen[i] ?? 0);
  }
  const surprise = Math.min(LARGEST_SURPRISE, ratio - 1) / denominator;
  for (let i = 0; i < size; i++) {
    weights[i] = (weights[i] ?? 0) + (gain[i] ?? 0) * surprise;
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      covariance[at] = ((covariance[at] ?? 0) - ((gain[i] ?? 0) * (gain[j] ?? 0)) / denominator) / keep;
    }
  }
  boundVariances(covariance, size);
}

function boundVariances(covariance: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const variance = covariance[i * size + i] ?? 0;
    if (variance <= PRIOR_VARIANCE) continue;
    const shrink = Math.sqrt(PRIOR_VARIANCE / variance);
    for (let j = 0; j < size; j++) {
      covariance[i * size + j] = (covariance[i * size + j] ?? 0) * shrink;
      covariance[j * size + i] = (covariance[j * size + i] ?? 0) * shrink;
    }
  }
}
