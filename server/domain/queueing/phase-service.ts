/** M/PH/n+M: services made of exponential phases, exact; customers may leave. */
import { longestQueue } from './longest-queue.ts';
import { count, pack, type State, type Transitions } from './markov-chain.ts';
import { requireNonNegative, requirePositive, requireRatio } from './preconditions.ts';
import { requireStation, spareCapacity } from './station.ts';
import { steadyLaw } from './steady-state.ts';
import { expected } from './uniformisation.ts';

/** One to three phases. A service begins in a phase with probability `begins`, lasts 1/`rate` seconds on average there and goes on to phase `then`, or ends. */
export type PhaseService = readonly { begins: number; rate: number; then: number | null }[];

export interface PhaseServiceFigures {
  waitProbability: number;
  meanQueue: number;
  /** Seconds, over all arrivals. */
  meanWait: number;
  abandonProbability: number;
}

const MOST_PHASES = 3;

/** Two equal phases in a row: squared coefficient of variation ½. */
export const erlang2Service = (mean: number): PhaseService => [
  { begins: 1, rate: 2 / mean, then: 1 },
  { begins: 0, rate: 2 / mean, then: null },
];

/** Short ones with probability `share` and mean `shortMean`, long ones otherwise: squared coefficient of variation above 1. */
export const mixedService = (share: number, mean: number, otherMean: number): PhaseService => [
  { begins: share, rate: 1 / mean, then: null },
  { begins: 1 - share, rate: 1 / otherMean, then: null },
];

/** Mean, seconds, and squared coefficient of variation. */
export function momentsOf(service: PhaseService): { mean: number; scv: number } {
  const from = service.map(() => ({ first: 0, second: 0 }));
  // A phase goes on only to a later one, so the last is known first.
  service.toReversed().forEach(({ rate, then }, back) => {
    const rest = then === null ? undefined : from[then];
    const first = 1 / rate + (rest?.first ?? 0);
    const second = (2 * first) / rate + (rest?.second ?? 0);
    from[service.length - 1 - back] = { first, second };
  });
  const mean = service.reduce((sum, { begins }, i) => sum + begins * (from[i]?.first ?? 0), 0);
  const square = service.reduce((sum, { begins }, i) => sum + begins * (from[i]?.second ?? 0), 0);
  return { mean, scv: square / (mean * mean) - 1 };
}

/** States are (in phase 0, in phase 1, in phase 2, waiting). */
const waitingIn = (state: State): number => count(state, 3);
const busyIn = (state: State): number => count(state, 0) + count(state, 1) + count(state, 2);

/** The first cut of the queue is for exponential services; it is doubled until what is cut off does not count. */
const NEGLIGIBLE = 1e-11;

/**
 * Figures in steady state with `abandonmentRate` per second of each waiting customer, 0 when nobody leaves.
 * RangeError when the queue grows for ever or is too long for an exact solution.
 */
export function phaseServiceQueue(
  servers: number,
  arrivalRate: number,
  service: PhaseService,
  abandonmentRate: number,
): PhaseServiceFigures {
  requireService(service);
  requireNonNegative('abandonmentRate', abandonmentRate);
  const station = { servers, arrivalRate, serviceRate: 1 / momentsOf(service).mean };
  requireStation(station);
  if (abandonmentRate === 0) spareCapacity(station);
  let longest = longestQueue(arrivalRate, servers * station.serviceRate, abandonmentRate);
  for (;;) {
    const law = steadyLaw(pack(0), transitions(servers, arrivalRate, service, abandonmentRate, longest));
    const meanQueue = expected(law, waitingIn);
    const cutOff = expected(law, (state) => (waitingIn(state) === longest ? longest * longest : 0));
    if (cutOff <= NEGLIGIBLE * meanQueue) {
      const meanWait = arrivalRate > 0 ? meanQueue / arrivalRate : 0;
      const waitProbability = expected(law, (state) => (busyIn(state) === servers ? 1 : 0));
      return { waitProbability, meanQueue, meanWait, abandonProbability: abandonmentRate * meanWait };
    }
    longest *= 2;
  }
}

function requireService(service: PhaseService): void {
  if (service.length === 0 || service.length > MOST_PHASES)
    throw new RangeError(`a service has one to ${MOST_PHASES} phases, not ${service.length}`);
  service.forEach(({ begins, rate, then }, phase) => {
    requireRatio('begins', begins);
    requirePositive('rate', rate);
    if (then !== null && (then <= phase || then >= service.length))
      throw new RangeError('a phase goes on to a later phase or ends the service');
  });
  const begins = service.reduce((sum, phase) => sum + phase.begins, 0);
  if (Math.abs(begins - 1) > 1e-9)
    throw new RangeError('the probabilities to begin in a phase must add up to 1');
}

function transitions(
  servers: number,
  arrivalRate: number,
  service: PhaseService,
  abandonmentRate: number,
  longest: number,
): Transitions {
  const unit = [pack(1), pack(0, 1), pack(0, 0, 1)];
  const oneWaiting = pack(0, 0, 0, 1);
  return (state, to) => {
    const waiting = waitingIn(state);
    const begin = (from: State, rate: number) => {
      service.forEach(({ begins }, phase) => {
        to(from + (unit[phase] ?? 0), rate * begins);
      });
    };
    if (busyIn(state) < servers) begin(state, arrivalRate);
    else if (waiting < longest) to(state + oneWaiting, arrivalRate);
    service.forEach(({ rate, then }, phase) => {
      const speed = count(state, phase) * rate;
      const left = state - (unit[phase] ?? 0);
      if (speed === 0) return;
      if (then !== null) to(left + (unit[then] ?? 0), speed);
      else if (waiting > 0) begin(left - oneWaiting, speed);
      else to(left, speed);
    });
    if (waiting > 0) to(state - oneWaiting, waiting * abandonmentRate);
  };
}
