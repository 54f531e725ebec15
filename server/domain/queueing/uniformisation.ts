/** How a distribution over the states of a Markov chain moves on in time. */
import { type Chain, explore, type State, type Transitions } from './markov-chain.ts';

/** Probability of each state; what is missing to 1 has ended. */
export type Distribution = Map<State, number>;

export interface Moved {
  after: Distribution;
  /** Expected seconds spent in each state on the way. */
  spent: Distribution;
}

/** Jumps expected in one series: its first weight e^−512 is still a number. */
const MOST_JUMPS = 512;
/** What is less likely than this is left out. */
const NEGLIGIBLE = 1e-18;
/** Weights of a series below this end it. */
const TAIL = 1e-20;

/** The distribution after `seconds`. Source: Jensen 1953 (uniformisation); sums of positive terms only. */
export function moveOn(from: Distribution, seconds: number, transitions: Transitions): Moved {
  const chain = explore(from.keys(), transitions);
  const { states, exitRate } = chain;
  let now = Float64Array.from(states, (state) => from.get(state) ?? 0);
  const spent = new Float64Array(states.length);
  const speed = exitRate.reduce((most, rate) => Math.max(most, rate), 0);
  if (speed === 0) now.forEach((chance, i) => (spent[i] = chance * seconds));
  else {
    const parts = Math.ceil((speed * seconds) / MOST_JUMPS);
    const series = jumpSeries((speed * seconds) / parts);
    for (let part = 0; part < parts; part++) now = moveOnce(chain, now, speed, series, spent);
  }
  return { after: toDistribution(states, now), spent: toDistribution(states, spent) };
}

/** Σ of `value` over the states of a distribution, each weighted with its probability. */
export function expected(distribution: Distribution, value: (state: State) => number): number {
  let sum = 0;
  for (const [state, chance] of distribution) sum += chance * value(state);
  return sum;
}

/** P(k jumps) and P(more than k jumps), for k = 0, 1, … */
interface JumpSeries {
  exactly: number[];
  more: number[];
}

function jumpSeries(mean: number): JumpSeries {
  const exactly = [Math.exp(-mean)];
  for (let k = 1; ; k++) {
    const weight = ((exactly[k - 1] ?? 0) * mean) / k;
    exactly.push(weight);
    if (k > mean && weight < TAIL) break;
  }
  const more = new Array<number>(exactly.length).fill(0);
  for (let k = exactly.length - 1; k > 0; k--) more[k - 1] = (more[k] ?? 0) + (exactly[k] ?? 0);
  return { exactly, more };
}

function moveOnce(
  { rowStart, source, rate, exitRate }: Chain,
  from: Float64Array,
  speed: number,
  { exactly, more }: JumpSeries,
  spent: Float64Array,
): Float64Array<ArrayBuffer> {
  const size = from.length;
  const after = new Float64Array(size);
  const share = rate.map((one) => one / speed);
  const stay = exitRate.map((one) => 1 - one / speed);
  let now = Float64Array.from(from);
  let next = new Float64Array(size);
  for (let k = 0; k < exactly.length; k++) {
    const weight = exactly[k] ?? 0;
    const seconds = (more[k] ?? 0) / speed;
    for (let i = 0; i < size; i++) {
      const chance = now[i] ?? 0;
      after[i] = (after[i] ?? 0) + weight * chance;
      spent[i] = (spent[i] ?? 0) + seconds * chance;
      let jumped = (stay[i] ?? 0) * chance;
      const end = rowStart[i + 1] ?? 0;
      for (let e = rowStart[i] ?? 0; e < end; e++) jumped += (share[e] ?? 0) * (now[source[e] ?? 0] ?? 0);
      next[i] = jumped;
    }
    [now, next] = [next, now];
  }
  return after;
}

function toDistribution(states: Float64Array, chances: Float64Array): Distribution {
  const kept: Distribution = new Map();
  states.forEach((state, i) => {
    const chance = chances[i] ?? 0;
    if (chance > NEGLIGIBLE) kept.set(state, chance);
  });
  return kept;
}
