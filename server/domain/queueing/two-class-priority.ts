/** Two classes at one queue: the first is always served before the second, no service is interrupted, both may leave. */
import { longestQueue } from './longest-queue.ts';
import { count, pack, type State, type Transitions } from './markov-chain.ts';
import { requireNonNegative, requirePositive, requireWhole } from './preconditions.ts';
import { steadyLaw } from './steady-state.ts';
import { requireSteps, type StepFunction, stepsBetween, valueAt } from './step-function.ts';
import { mostArrivals } from './transient-queue.ts';
import { type Distribution, expected, moveOn } from './uniformisation.ts';

/** First class, second class. */
export type Pair = readonly [number, number];

/** Rates per second and class; abandonment is that of each waiting customer. */
export interface TwoClasses {
  servers: number;
  serviceRates: Pair;
  abandonmentRates: Pair;
}

/** Figures in steady state; pairs are by class, waits in seconds over all arrivals of the class. */
export interface TwoClassFigures {
  waitProbability: number;
  meanQueues: Pair;
  meanWaits: Pair;
  abandonProbabilities: Pair;
}

/** Where the two classes stand at a time, and what came of them since now. */
export interface TwoClassesAt {
  at: number;
  meanQueues: Pair;
  /** P(all servers busy), 0–1. */
  waitProbability: number;
  /** ∫ E[waiting], customer-seconds. */
  waitedSeconds: Pair;
  abandoned: Pair;
}

/** States are (first class in service, second class in service, first waiting, second waiting). */
const waiting = { first: (state: State) => count(state, 2), second: (state: State) => count(state, 3) };
const busy = (state: State): number => count(state, 0) + count(state, 1);

/**
 * Exact figures in steady state from the chain of all states. Where both classes have one service rate it does not
 * matter whom a server serves, and the chain is smaller by as many times as there are servers.
 * RangeError when the queues grow for ever or are too long for an exact solution.
 */
export function twoClassPriority(model: TwoClasses, arrivalRates: Pair): TwoClassFigures {
  requireModel(model, arrivalRates);
  const { servers, serviceRates, abandonmentRates } = model;
  const capacity = servers * Math.min(...serviceRates);
  const longest: Pair = [
    longestQueue(arrivalRates[0], capacity, abandonmentRates[0]),
    longestQueue(arrivalRates[0] + arrivalRates[1], capacity, Math.min(...abandonmentRates)),
  ];
  const law = steadyLaw(pack(0), transitions(model, arrivalRates, longest));
  const meanQueues: Pair = [expected(law, waiting.first), expected(law, waiting.second)];
  const perArrival = (i: 0 | 1) => (arrivalRates[i] > 0 ? meanQueues[i] / arrivalRates[i] : 0);
  const meanWaits: Pair = [perArrival(0), perArrival(1)];
  return {
    waitProbability: expected(law, (state) => (busy(state) === servers ? 1 : 0)),
    meanQueues,
    meanWaits,
    abandonProbabilities: [abandonmentRates[0] * meanWaits[0], abandonmentRates[1] * meanWaits[1]],
  };
}

/** Both queues followed exactly from their present state, at each of `times` (seconds from now, rising). */
export function followTwoClasses(
  model: TwoClasses,
  arrivalRates: readonly [StepFunction, StepFunction],
  start: { inService: Pair; waiting: Pair },
  times: readonly number[],
): TwoClassesAt[] {
  requireSteps('arrivalRates', arrivalRates[0]);
  requireSteps('arrivalRates', arrivalRates[1]);
  let law: Distribution = new Map([[pack(...start.inService, ...start.waiting), 1]]);
  requireModel(model, start.waiting);
  let now = 0;
  const waited = [0, 0] as [number, number];
  return times.map((at) => {
    const ends = at > now ? [...stepsBetween(arrivalRates, now, at), at] : [];
    for (const end of ends) {
      const rates: Pair = [valueAt(arrivalRates[0], now), valueAt(arrivalRates[1], now)];
      const grow = (of: (state: State) => number, rate: number) =>
        law.keys().reduce((most, state) => Math.max(most, of(state)), 0) + mostArrivals(rate * (end - now));
      const longest: Pair = [grow(waiting.first, rates[0]), grow(waiting.second, rates[1])];
      const moved = moveOn(law, end - now, transitions(model, rates, longest));
      law = moved.after;
      waited[0] += expected(moved.spent, waiting.first);
      waited[1] += expected(moved.spent, waiting.second);
      now = end;
    }
    return {
      at,
      meanQueues: [expected(law, waiting.first), expected(law, waiting.second)],
      waitProbability: expected(law, (state) => (busy(state) >= model.servers ? 1 : 0)),
      waitedSeconds: [waited[0], waited[1]],
      abandoned: [model.abandonmentRates[0] * waited[0], model.abandonmentRates[1] * waited[1]],
    };
  });
}

function requireModel({ servers, serviceRates, abandonmentRates }: TwoClasses, counts: Pair): void {
  requireWhole('servers', servers);
  if (servers === 0) throw new RangeError('without a server nobody is served');
  for (const rate of serviceRates) requirePositive('serviceRate', rate);
  for (const rate of abandonmentRates) requireNonNegative('abandonmentRate', rate);
  for (const number of counts) requireNonNegative('arrivals', number);
}

function transitions(
  { servers, serviceRates, abandonmentRates }: TwoClasses,
  arrivalRates: Pair,
  longest: Pair,
): Transitions {
  const alike = serviceRates[0] === serviceRates[1];
  /** The state with one more of a class in service. */
  const take = (i: number, j: number, first: number, second: number, of: 0 | 1): State =>
    of === 0 || alike ? pack(i + 1, j, first, second) : pack(i, j + 1, first, second);
  /** The state after a service that left (i, j) in service. */
  const next = (i: number, j: number, first: number, second: number): State => {
    if (first > 0) return take(i, j, first - 1, second, 0);
    return second > 0 ? take(i, j, 0, second - 1, 1) : pack(i, j);
  };
  return (state, to) => {
    const [i, j] = [count(state, 0), count(state, 1)];
    const [first, second] = [count(state, 2), count(state, 3)];
    if (i + j < servers) {
      to(take(i, j, 0, 0, 0), arrivalRates[0]);
      to(take(i, j, 0, 0, 1), arrivalRates[1]);
    } else {
      if (first < longest[0]) to(pack(i, j, first + 1, second), arrivalRates[0]);
      if (second < longest[1]) to(pack(i, j, first, second + 1), arrivalRates[1]);
    }
    if (i > 0) to(next(i - 1, j, first, second), i * serviceRates[0]);
    if (j > 0) to(next(i, j - 1, first, second), j * serviceRates[1]);
    if (first > 0) to(pack(i, j, first - 1, second), first * abandonmentRates[0]);
    if (second > 0) to(pack(i, j, first, second - 1), second * abandonmentRates[1]);
  };
}
