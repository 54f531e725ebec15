/** What every model of a queue has in common. */
import { requireNonNegative, requirePositive, requireWhole } from './preconditions.ts';

/** One queue and its servers; rates per second (or per any one unit that all times of a call share). */
export interface Station {
  servers: number;
  /** Poisson arrivals per second. */
  arrivalRate: number;
  /** Services one busy server finishes per second: 1 / mean handling time. */
  serviceRate: number;
}

/** Refuses, with a RangeError, a station that cannot be. */
export function requireStation({ servers, arrivalRate, serviceRate }: Station): void {
  requireWhole('servers', servers);
  requireNonNegative('arrivalRate', arrivalRate);
  requirePositive('serviceRate', serviceRate);
}

/** Services per second more than arrivals when all servers are busy; RangeError when a queue without abandonment would grow for ever. */
export function spareCapacity(station: Station): number {
  requireStation(station);
  const spare = station.servers * station.serviceRate - station.arrivalRate;
  if (spare <= 0) {
    throw new RangeError(
      `${station.servers} servers cannot carry ${station.arrivalRate / station.serviceRate} erlangs when nobody leaves`,
    );
  }
  return spare;
}
