/** The N design: pool A serves the first class only, pool B both; customers may leave. */
import { longestQueue } from './longest-queue.ts';
import { count, pack, type State, type Transitions } from './markov-chain.ts';
import { requireNonNegative, requirePositive, requireWhole } from './preconditions.ts';
import { steadyLaw } from './steady-state.ts';
import type { Pair } from './two-class-priority.ts';
import { expected } from './uniformisation.ts';

/** Rates per second. The first class prefers pool A; a service takes as long as its pool does. */
export interface TwoPools {
  serversA: number;
  serversB: number;
  serviceRateA: number;
  serviceRateB: number;
  /** By class. */
  arrivalRates: Pair;
  /** Of each waiting customer, by class. */
  abandonmentRates: Pair;
  /** Whom a free server of pool B takes first when both classes wait. */
  poolBServesFirst: 'first' | 'second';
}

/** Figures in steady state, by class; waits in seconds over all arrivals of the class. */
export interface TwoPoolFigures {
  waitProbabilities: Pair;
  meanQueues: Pair;
  meanWaits: Pair;
  abandonProbabilities: Pair;
  /** Of pool A and pool B, 0–1. */
  occupancies: Pair;
}

/** States are (busy in A, busy in B, first class waiting, second class waiting). */
const busyA = (state: State): number => count(state, 0);
const busyB = (state: State): number => count(state, 1);
const firstWaiting = (state: State): number => count(state, 2);
const secondWaiting = (state: State): number => count(state, 3);

/** Exact figures from the chain of all states; RangeError when a queue grows for ever or too long for an exact solution. */
export function twoSkillPools(model: TwoPools): TwoPoolFigures {
  const { serversA, serversB, arrivalRates, abandonmentRates } = model;
  requirePools(model);
  const law = steadyLaw(pack(0), transitions(model));
  const fullB = (state: State) => busyB(state) === serversB;
  const chance = (holds: (state: State) => boolean) => expected(law, (state) => (holds(state) ? 1 : 0));
  const meanQueues: Pair = [expected(law, firstWaiting), expected(law, secondWaiting)];
  const perArrival = (i: 0 | 1) => (arrivalRates[i] > 0 ? meanQueues[i] / arrivalRates[i] : 0);
  const meanWaits: Pair = [perArrival(0), perArrival(1)];
  return {
    waitProbabilities: [chance((state) => fullB(state) && busyA(state) === serversA), chance(fullB)],
    meanQueues,
    meanWaits,
    abandonProbabilities: [abandonmentRates[0] * meanWaits[0], abandonmentRates[1] * meanWaits[1]],
    occupancies: [expected(law, busyA) / serversA, expected(law, busyB) / serversB],
  };
}

function requirePools(model: TwoPools): void {
  for (const servers of [model.serversA, model.serversB]) {
    requireWhole('servers', servers);
    requirePositive('servers', servers);
  }
  requirePositive('serviceRateA', model.serviceRateA);
  requirePositive('serviceRateB', model.serviceRateB);
  for (const rate of model.arrivalRates) requireNonNegative('arrivalRate', rate);
  for (const rate of model.abandonmentRates) requireNonNegative('abandonmentRate', rate);
}

function transitions(model: TwoPools): Transitions {
  const { serversA, serversB, serviceRateA, serviceRateB, arrivalRates, abandonmentRates } = model;
  const firstBeforeSecond = model.poolBServesFirst === 'first';
  const ownCapacity = { first: serversA * serviceRateA, second: 0 };
  ownCapacity[model.poolBServesFirst] += serversB * serviceRateB;
  const longest: Pair = [
    longestQueue(arrivalRates[0], ownCapacity.first, abandonmentRates[0]),
    longestQueue(arrivalRates[1], ownCapacity.second, abandonmentRates[1]),
  ];
  return (state, to) => {
    const [a, b] = [busyA(state), busyB(state)];
    const [first, second] = [firstWaiting(state), secondWaiting(state)];
    if (a < serversA) to(pack(a + 1, b, first, second), arrivalRates[0]);
    else if (b < serversB) to(pack(a, b + 1, first, second), arrivalRates[0]);
    else if (first < longest[0]) to(pack(a, b, first + 1, second), arrivalRates[0]);
    if (b < serversB) to(pack(a, b + 1, first, second), arrivalRates[1]);
    else if (second < longest[1]) to(pack(a, b, first, second + 1), arrivalRates[1]);

    if (a > 0) to(first > 0 ? pack(a, b, first - 1, second) : pack(a - 1, b, 0, second), a * serviceRateA);
    const takesFirst = first > 0 && (firstBeforeSecond || second === 0);
    const afterB = takesFirst
      ? pack(a, b, first - 1, second)
      : second > 0
        ? pack(a, b, first, second - 1)
        : pack(a, b - 1);
    if (b > 0) to(afterB, b * serviceRateB);

    if (first > 0) to(pack(a, b, first - 1, second), first * abandonmentRates[0]);
    if (second > 0) to(pack(a, b, first, second - 1), second * abandonmentRates[1]);
  };
}
