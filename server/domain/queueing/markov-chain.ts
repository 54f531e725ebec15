/** Continuous-time Markov chains small enough to write out state by state. */

/** Up to four counts in one number, see `pack`. */
export type State = number;

/** Where a chain goes from a state and how fast; `next` is null when it ends there. */
export type Transitions = (state: State, to: (next: State | null, rate: number) => void) => void;

/** All states that can be reached, rising, with the transitions into state i at `rowStart[i]` to `rowStart[i + 1]`. */
export interface Chain {
  states: Float64Array;
  rowStart: Int32Array;
  /** Index of the state it comes from. */
  source: Int32Array;
  rate: Float64Array;
  /** Σ of the rates out of each state, ends included. */
  exitRate: Float64Array;
}

/** Counts stay below this: four of them fit into the 53 bits of a whole number. */
const FIELD = 2 ** 13;
const MOST_STATES = 1_000_000;

/** Counts as one number; the last is the most significant. */
export const pack = (a: number, b = 0, c = 0, d = 0): State => a + FIELD * (b + FIELD * (c + FIELD * d));

/** The count at a place (0–3) of a packed state. */
export const count = (state: State, place: number): number => Math.floor(state / FIELD ** place) % FIELD;

/** Writes out what can be reached from `start`; RangeError when that is too much for memory. */
export function explore(start: Iterable<State>, transitions: Transitions): Chain {
  const seen = new Set(start);
  for (const state of seen) {
    transitions(state, (next, speed) => {
      if (next !== null && speed > 0) seen.add(next);
    });
    if (seen.size > MOST_STATES) throw new RangeError('this chain has too many states to be solved exactly');
  }
  const states = Float64Array.from(seen).sort();
  const index = new Map<State, number>();
  states.forEach((state, i) => index.set(state, i));
  const exitRate = new Float64Array(states.length);
  const edges: { from: number; to: number; speed: number }[] = [];
  const rowStart = new Int32Array(states.length + 1);
  states.forEach((state, from) => {
    transitions(state, (next, speed) => {
      exitRate[from] = (exitRate[from] ?? 0) + speed;
      if (next === null || speed === 0) return;
      const to = index.get(next) ?? 0;
      edges.push({ from, to, speed });
      rowStart[to + 1] = (rowStart[to + 1] ?? 0) + 1;
    });
  });
  for (let i = 0; i < states.length; i++) rowStart[i + 1] = (rowStart[i + 1] ?? 0) + (rowStart[i] ?? 0);
  const source = new Int32Array(edges.length);
  const rate = new Float64Array(edges.length);
  const filled = rowStart.slice();
  for (const { from, to, speed } of edges) {
    const edge = filled[to] ?? 0;
    filled[to] = edge + 1;
    source[edge] = from;
    rate[edge] = speed;
  }
  return { states, rowStart, source, rate, exitRate };
}
