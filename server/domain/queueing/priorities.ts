/** Priority classes at one queue, nobody leaves. */
import { erlangC } from './erlang-c.ts';
import { requireNonNegative } from './preconditions.ts';

export interface PriorityFigures {
  /** P(wait > 0), 0–1, the same for all classes. */
  waitProbability: number;
  /** Seconds, highest class first. */
  meanWaits: number[];
  /** Seconds, when all were served in order of arrival. */
  meanWaitFifo: number;
}

/**
 * Mean waits when a free server takes the highest waiting class and no service is interrupted; equal service rates.
 * `arrivalRates` per second, highest class first. RangeError when the servers cannot carry the load.
 * W_k = (C / nμ) / ((1 − σ_{k−1})(1 − σ_k)), σ_k the load of the classes up to k on each server. Source: Cobham 1954.
 */
export function nonPreemptivePriority(
  servers: number,
  arrivalRates: readonly number[],
  serviceRate: number,
): PriorityFigures {
  for (const rate of arrivalRates) requireNonNegative('arrivalRate', rate);
  const arrivalRate = arrivalRates.reduce((sum, rate) => sum + rate, 0);
  const { waitProbability, meanWait } = erlangC({ servers, arrivalRate, serviceRate }, 0);
  const capacity = servers * serviceRate;
  let freeOfHigher = 1;
  const meanWaits = arrivalRates.map((rate) => {
    const freeOfThese = freeOfHigher - rate / capacity;
    const wait = waitProbability / (capacity * freeOfHigher * freeOfThese);
    freeOfHigher = freeOfThese;
    return wait;
  });
  return { waitProbability, meanWaits, meanWaitFifo: meanWait };
}
