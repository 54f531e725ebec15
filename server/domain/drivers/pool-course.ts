/** The course of a day at a pool of counters: its queue fills and empties, and goes on from one slot into the next. */
import { meanAbove } from '../queueing/birth-death.ts';
import { fitBand, type Law, moveLaw } from '../queueing/birth-death-law.ts';
import { createQueueCurves, NOBODY_WAITING, type QueueCurves } from './queue-curves.ts';

/** What happens at a pool in one slot. */
export interface PoolSlot {
  arrivals: number;
  /** Mean of one who comes then; above 0. */
  handlingSeconds: number;
  /** Open on average, so not always a whole number. */
  servers: number;
}

/**
 * Steps in one mean service time: the mean wait of a day is within 0.1 % of that with 32 of them. The first slot begins
 * from an exact state and is stepped so many times finer.
 */
const STEPS_A_SERVICE = 1;
const START_UP = 4;

/**
 * Follows a pool that begins empty through slots of equal length: M(t)/M(t)/n(t)+M by the birth–death solver, each
 * waiting customer leaving at `leaveRate` per second.
 */
export function poolCourse(slots: readonly PoolSlot[], slotSeconds: number, leaveRate: number): QueueCurves {
  const curves = createQueueCurves(slotSeconds);
  let law: Law = { low: 0, chances: Float64Array.of(1) };
  for (const { arrivals, handlingSeconds, servers } of slots) {
    const isSharp = law.chances.length === 1;
    if (isSharp && arrivals === 0) {
      curves.add(0, NOBODY_WAITING);
      continue;
    }
    const model = {
      arrivalRate: arrivals / slotSeconds,
      servers,
      serviceRate: 1 / handlingSeconds,
      abandonmentRate: leaveRate,
    };
    const steps = Math.ceil((slotSeconds / handlingSeconds) * STEPS_A_SERVICE) * (isSharp ? START_UP : 1);
    const atStart = meanAbove(law, servers);
    law = fitBand(law, model, slotSeconds);
    const mean = moveLaw(law, model, slotSeconds, steps, isSharp) / slotSeconds;
    curves.add(arrivals, { atStart, mean, atEnd: meanAbove(law, servers) });
  }
  return curves;
}
