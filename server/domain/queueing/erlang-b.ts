/** Erlang's loss formula: servers without a waiting room (M/G/n/n). */
import { requireNonNegative, requireWhole } from './preconditions.ts';

export interface Loss {
  /** Share of arrivals that find all servers busy, 0–1. */
  probability: number;
  /** Its natural logarithm, which stays exact where the probability itself is too small for a number. */
  lnProbability: number;
}

/** The recursion is scaled back here, long before it leaves the range of numbers. */
const LARGE = 1e200;

/**
 * Share of arrivals that are lost; `offeredLoad` is arrival rate / service rate, in erlangs.
 * Recursion on the inverse, I₀ = 1, I_k = 1 + (k/a) I_{k−1}, B = 1/I_n: only sums of positive numbers, so
 * it loses no digits for any number of servers. Source: Erlang 1917; Jagerman 1974 for the inverse.
 */
export function erlangB(servers: number, offeredLoad: number): Loss {
  requireWhole('servers', servers);
  requireNonNegative('offeredLoad', offeredLoad);
  if (servers === 0) return { probability: 1, lnProbability: 0 };
  if (offeredLoad === 0) return { probability: 0, lnProbability: -Infinity };
  const perErlang = 1 / offeredLoad;
  let one = 1;
  let lnScale = 0;
  let beyondOne = 0;
  let inverse = 1;
  for (let k = 1; k <= servers; k++) {
    beyondOne = k * perErlang * inverse;
    inverse = one + beyondOne;
    if (inverse > LARGE) {
      inverse /= LARGE;
      one /= LARGE;
      lnScale += Math.log(LARGE);
    }
  }
  // Near certain loss the logarithm is about `beyondOne`, which 1 + beyondOne would round away.
  const lnProbability = lnScale === 0 ? -Math.log1p(beyondOne) : -(Math.log(inverse) + lnScale);
  return { probability: lnScale === 0 ? 1 / inverse : Math.exp(lnProbability), lnProbability };
}
