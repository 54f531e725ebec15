/** By how much estimates of one kind are off on the whole. */
import { addToMean, drawnMean, noMean, type RunningMean } from './fading.ts';

/** What was estimated and what came, seconds. */
export interface Bias {
  estimated: RunningMean;
  actual: RunningMean;
}

/** Waits after which an older one counts e times less. */
const MEMORY = 500;
/** That nothing is wrong is believed as if it had been seen this often. */
const STRENGTH = 60;

export const noBias = (): Bias => ({ estimated: noMean(), actual: noMean() });

export function learnBias(bias: Bias, actual: number, estimated: number): void {
  addToMean(bias.estimated, estimated, MEMORY);
  addToMean(bias.actual, actual, MEMORY);
}

/** Actual over estimated waits; `usual` is a middling wait, seconds. */
export const biasRatio = ({ estimated, actual }: Bias, usual: number): number =>
  drawnMean(actual, usual, STRENGTH) / drawnMean(estimated, usual, STRENGTH);
