/** Erlang's delay formula: all wait, nobody leaves (M/M/n). */
import { erlangB } from './erlang-b.ts';
import { requireNonNegative } from './preconditions.ts';
import { spareCapacity, type Station } from './station.ts';

export interface DelayFigures {
  /** P(wait > 0), 0–1. */
  waitProbability: number;
  /** Seconds, over all arrivals, those that do not wait included. */
  meanWait: number;
  meanQueue: number;
  /** Seconds, over those that wait. */
  meanWaitOfDelayed: number;
  /** P(wait > target), 0–1. */
  waitAboveTarget: number;
  /** P(wait ≤ target), 0–1: the service level. */
  withinTarget: number;
  /** Share of a server's time that is busy, 0–1. */
  occupancy: number;
  meanInSystem: number;
}

/**
 * Figures of M/M/n in steady state; `target` is a wait in seconds. RangeError when the servers cannot carry the load.
 * C = nB / ((n−a) + aB), written so that nothing cancels as the load nears the servers. Source: Erlang 1917.
 */
export function erlangC(station: Station, target: number): DelayFigures {
  const spare = spareCapacity(station);
  requireNonNegative('target', target);
  const { servers, arrivalRate, serviceRate } = station;
  const load = arrivalRate / serviceRate;
  const blocked = erlangB(servers, load).probability;
  const waitProbability = (servers * blocked) / (spare / serviceRate + load * blocked);
  const meanWait = waitProbability / spare;
  const meanQueue = arrivalRate * meanWait;
  const waitAboveTarget = waitProbability * Math.exp(-spare * target);
  return {
    waitProbability,
    meanWait,
    meanQueue,
    meanWaitOfDelayed: 1 / spare,
    waitAboveTarget,
    withinTarget: 1 - waitAboveTarget,
    occupancy: load / servers,
    meanInSystem: meanQueue + load,
  };
}
