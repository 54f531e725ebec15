/** The long-run shares of time a Markov chain spends in its states. */
import { type Chain, explore, type State, type Transitions } from './markov-chain.ts';
import type { Distribution } from './uniformisation.ts';

/** Multiplications beyond which an answer would take minutes. */
const MOST_WORK = 2e10;

/** The share of time in each state that can be reached from `start`; RangeError when there is no single answer or it is too large. */
export function steadyLaw(start: State, transitions: Transitions): Distribution {
  const chain = explore([start], transitions);
  const shares = steadyShares(chain);
  const law: Distribution = new Map();
  chain.states.forEach((state, i) => law.set(state, shares[i] ?? 0));
  return law;
}

/**
 * Stationary distribution by the elimination of Grassmann, Taksar and Heyman (1985) within the band of the matrix: the
 * last state is removed again and again. Nothing is ever subtracted, so each probability is right to nearly all digits.
 * Fast when transitions are between states near in order, as `pack` has it when the longest queue comes last.
 */
function steadyShares({ states, rowStart, source, rate }: Chain): Float64Array {
  const size = states.length;
  let band = 0;
  for (let to = 0; to < size; to++) {
    for (let e = rowStart[to] ?? 0; e < (rowStart[to + 1] ?? 0); e++)
      band = Math.max(band, Math.abs((source[e] ?? 0) - to));
  }
  if (size * band * band > MOST_WORK) throw new RangeError('this chain is too large to be solved exactly');

  const width = 2 * band + 1;
  // Rate from i to j at i·width + j − i + band.
  const rates = new Float64Array(size * width);
  for (let to = 0; to < size; to++) {
    for (let e = rowStart[to] ?? 0; e < (rowStart[to + 1] ?? 0); e++) {
      const from = source[e] ?? 0;
      const at = from * width + to - from + band;
      rates[at] = (rates[at] ?? 0) + (rate[e] ?? 0);
    }
  }

  for (let k = size - 1; k > 0; k--) {
    const first = Math.max(0, k - band);
    const row = k * width - k + band;
    let down = 0;
    for (let j = first; j < k; j++) down += rates[row + j] ?? 0;
    if (down === 0) throw new RangeError('this chain has no single steady state');
    for (let i = first; i < k; i++) {
      const own = i * width - i + band;
      const share = (rates[own + k] ?? 0) / down;
      if (share === 0) continue;
      rates[own + k] = share;
      for (let j = first; j < k; j++) rates[own + j] = (rates[own + j] ?? 0) + share * (rates[row + j] ?? 0);
    }
  }

  const shares = new Float64Array(size);
  shares[0] = 1;
  let total = 1;
  for (let k = 1; k < size; k++) {
    let share = 0;
    for (let i = Math.max(0, k - band); i < k; i++)
      share += (shares[i] ?? 0) * (rates[i * width - i + band + k] ?? 0);
    shares[k] = share;
    total += share;
  }
  return shares.map((share) => share / total);
}
