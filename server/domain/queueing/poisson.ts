/** The Poisson distribution where plain formulas overflow or lose digits. */

/** Beyond this the series of Stirling needs only its first terms. */
const STIRLING_FROM = 16;
const HALF_LN_2PI = Math.log(2 * Math.PI) / 2;

/** ln Γ(n+1) − (n + ½) ln n + n − ½ ln 2π: what Stirling's formula leaves out, for n ≥ 1 (Abramowitz & Stegun 6.1.41). */
function stirlingError(n: number): number {
  if (n < STIRLING_FROM) {
    let factorial = 1;
    for (let k = 2; k <= n; k++) factorial *= k;
    return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - HALF_LN_2PI;
  }
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** n ln(n/mean) + mean − n without loss of digits where the two are close. */
function deviance(n: number, mean: number): number {
  const gap = (n - mean) / (n + mean);
  if (Math.abs(gap) > 0.1) return n * Math.log(n / mean) + mean - n;
  // ln(n/mean) = 2 artanh(gap), as a series.
  let sum = (n - mean) * gap;
  let power = 2 * n * gap;
  for (let k = 3; ; k += 2) {
    power *= gap * gap;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}

/** P(N = n), full precision for any mean above 0. Source: Loader, "Fast and accurate computation of binomial probabilities", 2000. */
export function poissonProbability(n: number, mean: number): number {
  if (n === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(n) - deviance(n, mean)) / Math.sqrt(2 * Math.PI * n);
}

/** E[max(N − n, 0)]: a sum of positive terms. */
export function poissonExcess(n: number, mean: number): number {
  let probability = poissonProbability(n, mean);
  let sum = 0;
  for (let above = 1; ; above++) {
    probability *= mean / (n + above);
    const next = sum + above * probability;
    // Beyond the mode the terms fall, so what follows a term that does not count does not count either.
    if (next === sum && n + above > mean) return sum;
    sum = next;
  }
}
