/** The law of the number in a birth–death queue, moved on in time on the band of numbers that matter. */

/** Rates hold for one stretch of time, per second. */
export interface BirthDeath {
  arrivalRate: number;
  servers: number;
  serviceRate: number;
  abandonmentRate: number;
}

/** Probabilities of `low`, `low + 1`, … customers in the system. */
export interface Law {
  low: number;
  chances: Float64Array;
}

/** What is less likely than this is outside the band. */
const NEGLIGIBLE = 1e-8;
/** What the edge of the band may rise to before the next fit, at least. */
const EDGE_RISE = 1e-4;
const DEVIATIONS = 6;

/** Rate at which `inSystem` becomes one less. */
const deathRate = ({ servers, serviceRate, abandonmentRate }: BirthDeath, inSystem: number): number =>
  Math.min(inSystem, servers) * serviceRate + Math.max(0, inSystem - servers) * abandonmentRate;

/** The same law on a band that can hold it for the next `seconds`. */
export function fitBand({ low, chances }: Law, model: BirthDeath, seconds: number): Law {
  let first = 0;
  let last = chances.length - 1;
  while (first < last && (chances[first] ?? 0) < NEGLIGIBLE) first++;
  while (last > first && (chances[last] ?? 0) < NEGLIGIBLE) last--;
  const bottom = furthest(low + first, chances[first] ?? 0, -1, model, seconds);
  const top = furthest(low + last, chances[last] ?? 0, 1, model, seconds);
  const fitted = new Float64Array(top - bottom + 1);
  fitted.set(chances.subarray(first, last + 1), low + first - bottom);
  return { low: bottom, chances: fitted };
}

/** How far down (−1) or up (1) of `edge` the number may come, by drift and by chance, or until that is too much against the drift. */
function furthest(
  edge: number,
  chanceThere: number,
  way: 1 | -1,
  model: BirthDeath,
  seconds: number,
): number {
  const drift = way * (model.arrivalRate - deathRate(model, edge));
  const spread = Math.sqrt((model.arrivalRate + deathRate(model, edge)) * seconds);
  const most = Math.max(0, drift) * seconds + DEVIATIONS * (spread + 1);
  let chance = Math.max(chanceThere, EDGE_RISE);
  let at = edge;
  while (way * (at - edge) < most && chance > NEGLIGIBLE && at + way >= 0) {
    at += way;
    const odds = model.arrivalRate / deathRate(model, at);
    const ahead = way === 1 ? odds : 1 / odds;
    if (ahead < 1) chance *= ahead;
  }
  return at;
}

/**
 * Moves `law` on in place by `steps` equal steps over `seconds` and gives ∫ E[waiting] on the way, customer-seconds.
 * Crank–Nicolson; from a `sharp` law the first step is two half steps of implicit Euler, which damp what would make
 * Crank–Nicolson swing (Rannacher 1984). Both schemes solve with one matrix, I − ½ step · A, so it
 * is factorised once; nothing leaves the band, and the solution is a sum of positive terms (Thomas algorithm).
 */
export function moveLaw(law: Law, model: BirthDeath, seconds: number, steps: number, sharp: boolean): number {
  const { low, chances } = law;
  const size = chances.length;
  const half = seconds / steps / 2;
  const birth = half * model.arrivalRate;
  const forward = new Float64Array(size);
  const pivot = new Float64Array(size);
  const backward = new Float64Array(size);
  let share = 0;
  let death = 0;
  for (let i = 0; i < size; i++) {
    const top = i === size - 1;
    const inverse = 1 / (1 + (top ? 0 : birth) + death - share * death);
    const nextDeath = top ? 0 : half * deathRate(model, low + i + 1);
    forward[i] = share;
    pivot[i] = inverse;
    backward[i] = nextDeath * inverse;
    share = birth * inverse;
    death = nextDeath;
  }
  const swept = new Float64Array(size);
  const allBusy = model.servers - low;

  /** One solve; gives E[waiting] of its solution x. The law becomes x, or 2x − law, which is Crank–Nicolson. */
  const solve = (crankNicolson: boolean): number => {
    let y = 0;
    for (let i = 0; i < size; i++) {
      y = (chances[i] ?? 0) + (forward[i] ?? 0) * y;
      swept[i] = y;
    }
    let x = 0;
    let waiting = 0;
    for (let i = size - 1; i >= 0; i--) {
      x = (swept[i] ?? 0) * (pivot[i] ?? 0) + (backward[i] ?? 0) * x;
      if (i > allBusy) waiting += (i - allBusy) * x;
      chances[i] = crankNicolson ? 2 * x - (chances[i] ?? 0) : x;
    }
    return waiting;
  };

  let waited = 0;
  for (let step = 0; step < steps; step++) {
    waited += sharp && step === 0 ? half * (solve(false) + solve(false)) : 2 * half * solve(true);
  }
  return waited;
}
