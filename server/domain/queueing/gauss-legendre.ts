/** Gauss–Legendre quadrature: exact for polynomials of degree 2·order − 1. */

export interface Rule {
  /** Nodes in (0, 1), rising. */
  nodes: Float64Array;
  /** Weights that add up to 1. */
  weights: Float64Array;
}

const NEWTON_STEPS = 8;

/** The rule on [0, 1]; nodes by Newton's method from Tricomi's guess (Abramowitz & Stegun 25.4.29, 22.16.6). */
export function gaussLegendre(order: number): Rule {
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (order + 0.5));
    let slope = 0;
    for (let step = 0; step < NEWTON_STEPS; step++) {
      let before = 0;
      let value = 1;
      for (let k = 1; k <= order; k++) {
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      }
      slope = (order * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    nodes[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
