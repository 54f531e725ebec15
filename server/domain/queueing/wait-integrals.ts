/** The integrals of M/M/n+G over the density of the offered wait, e^{g(x)} with g(x) = λ ∫₀ˣP(R > u)du − nμx. */
import { gaussLegendre } from './gauss-legendre.ts';
import type { Patience } from './patience.ts';
import type { Station } from './station.ts';

/** Means over the offered wait V of those who do not find a free server; R is the patience. */
export interface DelayedMeans {
  /** P(V > target). */
  aboveTarget: number;
  /** P(R > V): those who are served. */
  stayed: number;
  /** P(R ≤ V). */
  gone: number;
  /** E[min(V, R)], seconds. */
  spent: number;
  /** E[V; R > V], seconds. */
  spentByServed: number;
  /** E[R; R ≤ V], seconds. */
  spentByLeaving: number;
  /** P(R > V, V ≤ target). */
  stayedWithin: number;
  /** P(R ≤ V, V ≤ target). */
  goneWithin: number;
}

const { nodes, weights } = gaussLegendre(16);
/** Where the density has fallen by e^−45 from its peak, what is left is below the rounding of the sum. */
const NATS = 45;
/** The density falls by at most this between two panels, and patience ages by at most as many scales, where panels last. */
const NATS_A_PANEL = 4;
const MOST_PANELS = 2_000;
const BISECTIONS = 50;

/** `lnMass` is ln ∫e^{g(x)}dx. The peak of g is found first, so nothing overflows for any load and any number of servers. */
export function waitIntegrals(
  { servers, arrivalRate, serviceRate }: Station,
  patience: Patience,
  target: number,
): DelayedMeans & { lnMass: number } {
  const capacity = servers * serviceRate;
  const exponent = (x: number) => arrivalRate * patience.spent(x) - capacity * x;
  const rises = (x: number) => arrivalRate * (1 - patience.gone(x)) > capacity;
  const unit = 1 / capacity;
  const mode = rises(0) ? lastOf(rises, unit) : 0;
  const peak = exponent(mode);
  const high = (x: number) => exponent(x) > peak - NATS;
  const left = high(0) ? 0 : mode - lastOf((below) => high(mode - below), unit);
  const end = mode + lastOf((above) => high(mode + above), unit);
  const right = patience.gone(end) > 0 ? end : (beyondFirstLoss(patience, exponent, unit) ?? end);

  let mass = 0;
  let aboveTarget = 0;
  let gone = 0;
  let spent = 0;
  let spentByServed = 0;
  let spentByLeaving = 0;
  let goneWithin = 0;
  let stayedWithin = 0;
  const cuts = [left, mode, target, right, ...patience.kinks].filter((x) => x >= left && x <= right);
  cuts.sort((a, b) => a - b);
  for (const [cut, to] of cuts.slice(1).entries()) {
    const from = cuts[cut] ?? left;
    const length = to - from;
    const drop = Math.abs(exponent(from) - exponent(to));
    const turns = Math.max(drop, length / patience.scale) / NATS_A_PANEL;
    const panels = Math.min(MOST_PANELS, Math.ceil(turns) + 1);
    const width = length / panels;
    const within = to <= target;
    for (let panel = 0; panel < panels; panel++) {
      const start = from + panel * width;
      for (let i = 0; i < nodes.length; i++) {
        const x = start + width * (nodes[i] ?? 0);
        const time = patience.spent(x);
        const density = width * (weights[i] ?? 0) * Math.exp(arrivalRate * time - capacity * x - peak);
        const leaving = density * patience.gone(x);
        mass += density;
        gone += leaving;
        spent += density * time;
        spentByServed += (density - leaving) * x;
        spentByLeaving += density * patience.lost(x);
        if (within) {
          goneWithin += leaving;
          stayedWithin += density - leaving;
        } else aboveTarget += density;
      }
    }
  }
  return {
    lnMass: Math.log(mass) + peak,
    aboveTarget: aboveTarget / mass,
    stayed: (mass - gone) / mass,
    gone: gone / mass,
    spent: spent / mass,
    spentByServed: spentByServed / mass,
    spentByLeaving: spentByLeaving / mass,
    stayedWithin: stayedWithin / mass,
    goneWithin: goneWithin / mass,
  };
}

/** Where nobody is gone before a late kink, as with a fixed patience, those few who do leave wait longer than that. */
function beyondFirstLoss(
  { kinks, gone }: Patience,
  exponent: (x: number) => number,
  unit: number,
): number | undefined {
  const kink = kinks.find((at) => gone(at) > 0);
  if (kink === undefined) return undefined;
  return kink + lastOf((above) => exponent(kink + above) > exponent(kink) - NATS, unit);
}

/** About the last x ≥ 0 for which `holds`, true up to there and false beyond. */
function lastOf(holds: (x: number) => boolean, firstGuess: number): number {
  let low = 0;
  let high = firstGuess;
  while (holds(high)) {
    low = high;
    high *= 2;
  }
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return high;
}
