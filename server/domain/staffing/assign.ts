/**
 * Solves the assignment: greedy by net gain, which is exact as long as only gains and losses interact (they are
 * convex), then exchanges of one move and of two, which mend what counters, floors and caps spoil.
 */
import { ArcHeap } from './arc-heap.ts';
import { indexArcs } from './arc-index.ts';
import type { AssignmentProblem } from './assignment-problem.ts';
import { AssignmentState } from './assignment-state.ts';

/** The arcs taken, one for each person moved. */
export interface Assignment {
  arcs: number[];
  /** What the plan saves beyond the least gain of each move, customer-minutes. */
  objective: number;
}

/** Differences below this, customer-minutes, are rounding. */
const ROUNDING = 1e-6;
const EXCHANGE_ROUNDS = 3;

export function assign(problem: AssignmentProblem): Assignment {
  const state = new AssignmentState(problem);
  const worth = takeBest(state, problem.arcs.count);
  exchange(problem, state, worth);
  return { arcs: [...state.chosen], objective: state.total() };
}

/**
 * Takes the best arc until none is worth it, and gives those that were worth it at first: nets only fall as others are
 * taken, so no other ever is, and an arc is looked at again when its turn comes.
 */
function takeBest(state: AssignmentState, arcs: number): Int32Array {
  const heap = new ArcHeap(arcs);
  const worth = new Int32Array(arcs);
  for (let arc = 0; arc < arcs; arc++) {
    const net = state.net(arc);
    if (net <= ROUNDING) continue;
    worth[heap.size] = arc;
    heap.push(arc, net);
  }
  const found = worth.slice(0, heap.size);
  while (heap.size > 0) {
    const { arc, net } = heap.pop();
    const now = state.net(arc);
    if (now <= ROUNDING) continue;
    if (now < net - ROUNDING && now < heap.best()) {
      heap.push(arc, now);
      continue;
    }
    state.take(arc);
    const again = state.net(arc);
    if (again > ROUNDING) heap.push(arc, again);
  }
  return found;
}

/** Takes back one move or two and puts the best that they stood in the way of in their place, as long as that is better. */
function exchange(problem: AssignmentProblem, state: AssignmentState, worth: Int32Array): void {
  const { arcs, sourcePool, sourceBranch, poolBranch } = problem;
  const from = (arc: number): number => {
    const source = arcs.source[arc] ?? 0;
    const pool = sourcePool[source] ?? -1;
    return pool >= 0 ? pool : poolBranch.length + (sourceBranch[source] ?? 0);
  };
  const to = (arc: number): number => poolBranch[arcs.pool[arc] ?? 0] ?? 0;
  const byFrom = indexArcs(worth, from);
  const byTo = indexArcs(worth, to);
  const around = (arc: number): Int32Array[] => [byFrom(from(arc)), byTo(to(arc))];
  // After the first round only moves near an exchange are looked at again.
  let near: Changed | null = null;
  for (let round = 0; round < EXCHANGE_ROUNDS; round++) {
    const changed: Changed = { places: new Set(), halls: new Set() };
    const chosen = Int32Array.from(state.chosen);
    const rivals = rivalsOf(from, to, indexArcs(chosen, from), indexArcs(chosen, to));
    for (const arc of chosen) {
      if (near !== null && !near.places.has(from(arc)) && !near.halls.has(to(arc))) continue;
      if (!state.has(arc)) continue;
      const exchanged = exchangeOne(state, arc, around, rivals(around(arc)));
      for (const each of exchanged) {
        changed.places.add(from(each));
        changed.halls.add(to(each));
      }
    }
    if (changed.places.size === 0) return;
    near = changed;
  }
}

interface Changed {
  places: Set<number>;
  halls: Set<number>;
}

/** The arcs taken and taken back; none when no exchange is better. */
function exchangeOne(
  state: AssignmentState,
  arc: number,
  around: (arc: number) => Int32Array[],
  others: readonly number[],
): number[] {
  const alone = swap(state, [arc], around(arc));
  if (alone !== null) return [arc, ...alone];
  for (const other of others) {
    if (other === arc || !state.has(other)) continue;
    const taken = swap(state, [arc, other], [...around(arc), ...around(other)]);
    if (taken !== null) return [arc, other, ...taken];
  }
  return [];
}

/** The moves chosen that take a place or a person which one of the arcs would need. */
function rivalsOf(
  from: (arc: number) => number,
  to: (arc: number) => number,
  chosenFrom: (place: number) => Int32Array,
  chosenTo: (hall: number) => Int32Array,
): (near: readonly Int32Array[]) => number[] {
  return (near) => {
    const places = new Set<number>();
    const halls = new Set<number>();
    for (const arcs of near)
      for (const arc of arcs) {
        places.add(from(arc));
        halls.add(to(arc));
      }
    const found = new Set<number>();
    for (const place of places) for (const arc of chosenFrom(place)) found.add(arc);
    for (const hall of halls) for (const arc of chosenTo(hall)) found.add(arc);
    return [...found];
  };
}

/** Puts the best others in place of `out` and gives them; changes nothing and gives null where that is no better. */
function swap(state: AssignmentState, out: readonly number[], near: readonly Int32Array[]): number[] | null {
  let before = 0;
  for (const arc of out) {
    state.undo(arc);
    before += state.net(arc);
  }
  const taken: number[] = [];
  let sum = 0;
  for (;;) {
    let best = -1;
    let most = ROUNDING;
    for (const arcs of near) {
      for (const other of arcs) {
        // The first to be put in must be another one, else nothing is exchanged.
        if (taken.length === 0 && out.includes(other)) continue;
        const net = state.net(other);
        if (net > most) {
          most = net;
          best = other;
        }
      }
    }
    if (best < 0) break;
    state.take(best);
    taken.push(best);
    sum += most;
  }
  if (sum > before + ROUNDING) return taken;
  for (const other of taken.toReversed()) state.undo(other);
  for (const arc of out.toReversed()) state.take(arc);
  return null;
}
