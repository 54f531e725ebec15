/** Two ways to estimate the same wait, mixed by how well each has done: the theory, and the one bent by experience. */
import { type Bias, biasRatio, learnBias, noBias } from './bias.ts';
import { addToMean, noMean, type RunningMean } from './fading.ts';

/** Squared errors of both ways, seconds², and how far the theory is off on the whole. */
export interface Blend {
  theoryErrors: RunningMean;
  bentErrors: RunningMean;
  theoryBias: Bias;
}

/** Waits after which an older one counts e times less. */
const MEMORY = 500;
/** The way with the larger squared error counts less by the ratio of both to this power: nearly a choice. */
const SHARPNESS = 12;
/** That both err by a usual wait is believed as if it had been seen this often. */
const STRENGTH = 5;

export const newBlend = (): Blend => ({
  theoryErrors: noMean(),
  bentErrors: noMean(),
  theoryBias: noBias(),
});

/**
 * The mean wait, seconds. Where the theory holds it wins, also for lines longer than any seen before; where servers
 * come and go unseen, experience does.
 */
export function blended(blend: Blend, theory: number, bent: number, usual: number): number {
  const believed = STRENGTH * usual * usual;
  const ratio = (blend.bentErrors.sum + believed) / (blend.theoryErrors.sum + believed);
  const trust = 1 / (1 + ratio ** SHARPNESS);
  return trust * bent + (1 - trust) * unbiased(blend, theory, usual);
}

/** Takes in a wait beside what both ways had said, seconds. */
export function learnBlend(
  blend: Blend,
  { theory, bent, usual }: { theory: number; bent: number; usual: number },
  actual: number,
): void {
  addToMean(blend.theoryErrors, (unbiased(blend, theory, usual) - actual) ** 2, MEMORY);
  addToMean(blend.bentErrors, (bent - actual) ** 2, MEMORY);
  learnBias(blend.theoryBias, actual, theory);
}

const unbiased = ({ theoryBias }: Blend, theory: number, usual: number): number =>
  theory * biasRatio(theoryBias, usual);
