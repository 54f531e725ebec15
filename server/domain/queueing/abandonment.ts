/** A queue whose customers lose patience: M/M/n+G, and Erlang A as its exponential case. */
import { SERVICE_LEVELS } from '../metrics/service-level.ts';
import { erlangB } from './erlang-b.ts';
import { exponentialPatience, type Patience } from './patience.ts';
import { requireNonNegative } from './preconditions.ts';
import { requireStation, type Station } from './station.ts';
import { type DelayedMeans, waitIntegrals } from './wait-integrals.ts';

/** Predicted service levels by the names of rules SL1 and SL2; null when there is nothing to divide by. */
export type PredictedServiceLevels = Record<
  'headline' | 'offered-incl-abandoned-within' | 'answered-only' | 'late-abandons-only',
  number | null
>;

/** Figures in steady state; V is the wait of a customer who would never leave, R the patience. Waits in seconds. */
export interface AbandonmentFigures {
  /** P(V > 0), 0–1. */
  waitProbability: number;
  /** Share of arrivals that abandon, 0–1. */
  abandonProbability: number;
  /** E[min(V, R)] over all arrivals: zero waits and abandoners included. */
  meanWait: number;
  meanQueue: number;
  /** Over those served; null when nobody is. */
  meanWaitServed: number | null;
  /** Until they left, over those who abandon; null when nobody does. */
  meanWaitAbandoned: number | null;
  /** Share of a server's time that is busy, 0–1; 1 without servers. */
  occupancy: number;
  /** P(V > target), 0–1. */
  offeredWaitAboveTarget: number;
  /** P(min(V, R) > target), 0–1. */
  waitAboveTarget: number;
  /** Share of arrivals served within the target, 0–1. */
  servedWithinTarget: number;
  /** Share of arrivals that abandon within the target, 0–1. */
  abandonedWithinTarget: number;
  serviceLevels: PredictedServiceLevels;
}

/** No server ever comes free, so all leave in the end. */
const neverServed = (patience: Patience): DelayedMeans => ({
  aboveTarget: 1,
  stayed: 0,
  gone: 1,
  spent: patience.mean,
  spentByServed: 0,
  spentByLeaving: patience.mean,
  stayedWithin: 0,
  goneWithin: 0,
});

/**
 * Figures of M/M/n+G; `target` is a wait in seconds. V has an atom at 0 of weight 1/B(n−1, a) and a density of
 * weight λe^{g(x)} on x > 0. RangeError when those who never leave are more than the servers can carry.
 * Sources: Baccelli & Hébuterne 1981; Zeltyn & Mandelbaum 2005.
 */
export function withAbandonment(station: Station, patience: Patience, target: number): AbandonmentFigures {
  requireStation(station);
  requireNonNegative('target', target);
  const { servers, arrivalRate, serviceRate } = station;
  if (!canCarry(station, patience))
    throw new RangeError('those who never leave are more than the servers can carry');
  if (servers === 0) return figures(station, patience, target, { idle: 0, waits: 1 }, neverServed(patience));
  const delayed = waitIntegrals(station, patience, target);
  const lnIdle = -erlangB(servers - 1, arrivalRate / serviceRate).lnProbability;
  // Either weight alone may be too large for a number; their ratio is not.
  const delayedToIdle = Math.exp(Math.log(arrivalRate) + delayed.lnMass - lnIdle);
  const chances = { idle: 1 / (1 + delayedToIdle), waits: 1 / (1 + 1 / delayedToIdle) };
  return figures(station, patience, target, chances, delayed);
}

/** Whether there is a steady state: those whose patience never ends are fewer than the servers can serve. */
export function canCarry({ servers, arrivalRate, serviceRate }: Station, patience: Patience): boolean {
  const staying = arrivalRate * (1 - patience.gone(Infinity));
  return staying === 0 || staying < servers * serviceRate;
}

/** Figures of Erlang A (M/M/n+M): customers leave at `abandonmentRate` per second of waiting. Source: Palm 1957. */
export function erlangA(station: Station & { abandonmentRate: number }, target: number): AbandonmentFigures {
  return withAbandonment(station, exponentialPatience(station.abandonmentRate), target);
}

function figures(
  { servers, arrivalRate, serviceRate }: Station,
  patience: Patience,
  target: number,
  { idle, waits }: { idle: number; waits: number },
  delayed: DelayedMeans,
): AbandonmentFigures {
  const goneByTarget = patience.gone(target);
  const abandoned = waits * delayed.gone;
  const answered = idle + waits * delayed.stayed;
  const meanWait = waits * delayed.spent;
  const offeredWaitAboveTarget = waits * delayed.aboveTarget;
  const answeredWithin = idle + waits * delayed.stayedWithin;
  const abandonedWithin = waits * delayed.goneWithin + goneByTarget * offeredWaitAboveTarget;
  const counts = { answered, abandoned, answeredWithin, abandonedWithin, shortAbandoned: 0 };
  return {
    waitProbability: waits,
    abandonProbability: abandoned,
    meanWait,
    meanQueue: arrivalRate * meanWait,
    meanWaitServed: answered > 0 ? (waits * delayed.spentByServed) / answered : null,
    meanWaitAbandoned: delayed.gone > 0 ? delayed.spentByLeaving / delayed.gone : null,
    occupancy: servers > 0 ? (arrivalRate * answered) / (servers * serviceRate) : 1,
    offeredWaitAboveTarget,
    waitAboveTarget: (1 - goneByTarget) * offeredWaitAboveTarget,
    servedWithinTarget: answeredWithin,
    abandonedWithinTarget: abandonedWithin,
    serviceLevels: {
      headline: SERVICE_LEVELS.headline(counts).ratio,
      'offered-incl-abandoned-within': SERVICE_LEVELS['offered-incl-abandoned-within'](counts).ratio,
      'answered-only': SERVICE_LEVELS['answered-only'](counts).ratio,
      'late-abandons-only': SERVICE_LEVELS['late-abandons-only'](counts).ratio,
    },
  };
}
