/** What a plan saves against another on the same paths: differences replication by replication. */
import { burdenOf } from './burden.ts';
import { type Column, difference, type Estimate, meanOf, quantileOf } from './estimates.ts';
import type { TwinModel } from './model.ts';
import type { TwinQuestion } from './question.ts';
import type { Field, Records } from './records.ts';

/** What is saved in one replication; below 0 it is lost. */
export interface Gain extends Estimate {
  /** P(something is saved), 0–1. */
  helps: number;
  /** Not exceeded with probability 0.1, 0.5 and 0.9. */
  p10: number;
  p50: number;
  p90: number;
}

/** Over the customers of all windows. */
export interface PlanGain {
  /** Seconds: waits and, by the weights of the question, abandoned and late customers. */
  burden: Gain;
  waitSeconds: Gain;
  late: Gain;
  abandoned: Gain;
  /** By queue: what one queue saves another may lose. */
  waitSecondsByQueue: Estimate[];
  /** The burden saved in each replication, so that gains of several branches can be put together. */
  burdenSamples: Float64Array;
}

/** What `plan` saves where `standing` is what happens otherwise. */
export function planGain(
  model: TwinModel,
  question: TwinQuestion,
  standing: Records,
  plan: Records,
): PlanGain {
  const saved = (field: Field, queue: number | null = null): Column =>
    difference(standing.total(field, queue), plan.total(field, queue));
  const burden = difference(burdenOf(standing, question), burdenOf(plan, question));
  return {
    burden: gainOf(burden),
    waitSeconds: gainOf(saved('waitSeconds')),
    late: gainOf(saved('late')),
    abandoned: gainOf(saved('abandoned')),
    waitSecondsByQueue: Array.from({ length: model.queues }, (_, queue) =>
      meanOf(saved('waitSeconds', queue)),
    ),
    burdenSamples: burden,
  };
}

function gainOf(saved: Column): Gain {
  const sorted = saved.toSorted();
  return {
    ...meanOf(saved),
    helps: sorted.reduce((count, value) => count + (value > 0 ? 1 : 0), 0) / saved.length,
    p10: quantileOf(sorted, 0.1),
    p50: quantileOf(sorted, 0.5),
    p90: quantileOf(sorted, 0.9),
  };
}
