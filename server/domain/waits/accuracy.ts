/** How well the estimates of a queue did: what its record says of itself, so that a screen can say it too. */
import { entry } from '../metrics/entry.ts';
import { type Bias, learnBias, noBias } from './bias.ts';
import { addToMean, noMean, type RunningMean } from './fading.ts';
import { LEVELS } from './spread.ts';

/** Of waits that were estimated as they began and ended in service. */
export interface Accuracy {
  /** 1 for each that ended between P10 and P90, else 0. */
  inside: RunningMean;
  bias: Bias;
}

/** By queue. */
export type Accuracies = Map<string, Accuracy>;

/** The record of a queue in numbers. */
export interface AccuracyNow {
  /** Waits it rests on; older ones fade, so it stays below some hundreds. */
  judged: number;
  /** Share that ended between P10 and P90, ratio; `null` without any. 0.8 is what was promised. */
  covered: number | null;
  /** Actual over estimated waits, ratio; `null` without any. 1 is unbiased. */
  bias: number | null;
}

/** Waits after which an older one counts e times less. */
const MEMORY = 500;
const LOW = LEVELS.indexOf(0.1);
const HIGH = LEVELS.indexOf(0.9);

const nothingJudged = (): Accuracy => ({ inside: noMean(), bias: noBias() });

/** Takes in a wait beside what was said when it began; seconds, `quantiles` in the order of LEVELS. */
export function learnAccuracy(
  accuracies: Accuracies,
  said: { queue: string; mean: number; quantiles: readonly number[] },
  actual: number,
): void {
  const { inside, bias } = entry(accuracies, said.queue, nothingJudged);
  const isInside = actual >= (said.quantiles[LOW] ?? 0) && actual <= (said.quantiles[HIGH] ?? 0);
  addToMean(inside, isInside ? 1 : 0, MEMORY);
  learnBias(bias, actual, said.mean);
}

/** What the record of a queue says. */
export function accuracyOf(accuracies: Accuracies, queue: string): AccuracyNow {
  const { inside, bias } = accuracies.get(queue) ?? nothingJudged();
  const isKnown = inside.weight > 0 && bias.estimated.sum > 0;
  return {
    judged: Math.round(inside.weight),
    covered: isKnown ? inside.sum / inside.weight : null,
    bias: isKnown ? bias.actual.sum / bias.estimated.sum : null,
  };
}
