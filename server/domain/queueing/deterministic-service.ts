/** M/D/n: every service takes the same time. */
import { poissonExcess } from './poisson.ts';
import { requirePositive } from './preconditions.ts';
import { spareCapacity } from './station.ts';

/** The terms of the series fall by e^−decay each; slower than this the roots are quicker and lose no digits. */
const SLOW_DECAY = 0.02;
const MOST_NEWTON_STEPS = 60;

/**
 * Mean wait, seconds, when each service takes `serviceSeconds` and nobody leaves; exact.
 * RangeError when the servers cannot carry the load. Source: Crommelin 1932 and 1934; for one server it is the formula of
 * Pollaczek and Khinchine.
 */
export function meanWaitFixedService(servers: number, arrivalRate: number, serviceSeconds: number): number {
  requirePositive('serviceSeconds', serviceSeconds);
  spareCapacity({ servers, arrivalRate, serviceRate: 1 / serviceSeconds });
  if (arrivalRate === 0) return 0;
  const load = arrivalRate * serviceSeconds;
  const occupancy = load / servers;
  const decay = servers * (occupancy - 1 - Math.log(occupancy));
  const meanQueue = decay < SLOW_DECAY ? queueByRoots(servers, load) : queueBySeries(servers, load);
  return (meanQueue / load) * serviceSeconds;
}

/** Σ_{i≥1} E[(N(ia) − in)⁺] / i with N(ia) Poisson of mean ia, the form of Spitzer 1956: all terms are positive. */
function queueBySeries(servers: number, load: number): number {
  let sum = 0;
  for (let i = 1; ; i++) {
    const next = sum + poissonExcess(i * servers, i * load) / i;
    if (next === sum) return sum;
    sum = next;
  }
}

/** (a² − n(n−1)) / 2(n−a) + Σ 1/(1−z) over the n−1 roots z ≠ 1 of zⁿ = e^{a(z−1)} in the unit disc. */
function queueByRoots(servers: number, load: number): number {
  let sum = (load * load - servers * (servers - 1)) / (2 * (servers - load));
  for (let j = 1; j < servers; j++) sum += rootTerm((2 * Math.PI * j) / servers, load / servers);
  return sum;
}

/** Real part of 1/(1−z) for the root of z = e^{iθ + ρ(z−1)}, by Newton's method; conjugate roots cancel the rest. */
function rootTerm(angle: number, occupancy: number): number {
  let x = 0;
  let y = 0;
  for (let step = 0; step < MOST_NEWTON_STEPS; step++) {
    const size = Math.exp(occupancy * (x - 1));
    const [u, v] = [size * Math.cos(angle + occupancy * y), size * Math.sin(angle + occupancy * y)];
    // (z − w) / (1 − ρw) with w = u + iv.
    const [p, q] = [1 - occupancy * u, -occupancy * v];
    const norm = p * p + q * q;
    const [dx, dy] = [((x - u) * p + (y - v) * q) / norm, ((y - v) * p - (x - u) * q) / norm];
    x -= dx;
    y -= dy;
    if (Math.abs(dx) + Math.abs(dy) < Number.EPSILON) break;
  }
  return (1 - x) / ((1 - x) ** 2 + y * y);
}
