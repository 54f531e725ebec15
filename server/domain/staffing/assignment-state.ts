/** A plan under construction: who was taken from where, and what the next arc would bring. */
import type { AssignmentProblem } from './assignment-problem.ts';
import { BUCKETS, MOST_IN, MOST_OUT } from './marginal-tables.ts';

/** Counts so far; `take` and `undo` keep them right. */
export class AssignmentState {
  /** Arcs taken, in any order; one may stand more than once. */
  readonly chosen: number[] = [];
  readonly #problem: AssignmentProblem;
  readonly #used: Int32Array;
  readonly #left: Int32Array;
  /** By pool and bucket, then by pool. */
  readonly #cameAt: Int32Array;
  readonly #came: Int32Array;
  readonly #counters: Int32Array;
  readonly #given: Int32Array;
  readonly #moved: Int32Array;
  /** By arc. */
  readonly #taken: Int32Array;

  constructor(problem: AssignmentProblem) {
    const pools = problem.poolBranch.length;
    this.#problem = problem;
    this.#used = new Int32Array(problem.sources.length);
    this.#left = new Int32Array(pools);
    this.#cameAt = new Int32Array(pools * BUCKETS);
    this.#came = new Int32Array(pools);
    this.#counters = problem.limits.counters.slice();
    this.#given = new Int32Array(problem.limits.give.length);
    this.#moved = new Int32Array(problem.limits.region.length);
    this.#taken = new Int32Array(problem.arcs.count);
  }

  /**
   * What one more person on this arc adds to the plan beyond the least gain a suggestion must bring, customer-minutes;
   * −Infinity where a limit forbids it. A counter that somebody leaves in this plan is not counted as free yet.
   */
  net(arc: number): number {
    const {
      arcs,
      sourcePool,
      sourceCount,
      sourceBranch,
      sourceRegion,
      poolBranch,
      limits,
      tables,
      leastGain,
    } = this.#problem;
    const source = arcs.source[arc] ?? 0;
    const pool = arcs.pool[arc] ?? 0;
    const from = sourcePool[source] ?? -1;
    const giver = sourceBranch[source] ?? 0;
    const taker = poolBranch[pool] ?? 0;
    const region = sourceRegion[source] ?? 0;
    const came = this.#came[pool] ?? 0;
    if ((this.#used[source] ?? 0) >= (sourceCount[source] ?? 0)) return -Infinity;
    if (came >= Math.min(MOST_IN, limits.come[pool] ?? 0) || (this.#left[pool] ?? 0) > 0) return -Infinity;
    if ((this.#moved[region] ?? 0) >= (limits.region[region] ?? 0)) return -Infinity;
    let loss = 0;
    if (from >= 0) {
      const left = this.#left[from] ?? 0;
      if (left >= Math.min(MOST_OUT, limits.leave[from] ?? 0) || (this.#came[from] ?? 0) > 0)
        return -Infinity;
      loss = tables.loss[from * MOST_OUT + left] ?? Infinity;
    }
    if (from < 0 || giver !== taker) {
      if ((this.#counters[taker] ?? 0) <= 0) return -Infinity;
    }
    if (giver !== taker && this.#problem.sources[source]?.away === -1) {
      if ((this.#given[giver] ?? 0) >= (limits.give[giver] ?? 0)) return -Infinity;
    }
    return this.#gain(pool, arcs.bucket[arc] ?? 0) - loss - (arcs.cost[arc] ?? 0) - leastGain;
  }

  /** What the pool gains by one more in the bucket: those who come sooner take the better places. */
  #gain(pool: number, bucket: number): number {
    return this.#worth(pool, bucket, 1) - this.#worth(pool, bucket, 0);
  }

  /** Value of all who come to the pool, with so many more in a bucket; the soonest are counted first. */
  #worth(pool: number, bucket: number, more: number): number {
    const { gain } = this.#problem.tables;
    let place = 0;
    let sum = 0;
    for (let b = 0; b < BUCKETS; b++) {
      const people = (this.#cameAt[pool * BUCKETS + b] ?? 0) + (b === bucket ? more : 0);
      for (let i = 0; i < people && place < MOST_IN; i++, place++)
        sum += gain[(pool * MOST_IN + place) * BUCKETS + b] ?? 0;
    }
    return sum;
  }

  has(arc: number): boolean {
    return (this.#taken[arc] ?? 0) > 0;
  }

  take(arc: number): void {
    this.chosen.push(arc);
    this.#count(arc, 1);
  }

  undo(arc: number): void {
    this.chosen.splice(this.chosen.lastIndexOf(arc), 1);
    this.#count(arc, -1);
  }

  #count(arc: number, by: 1 | -1): void {
    const { arcs, sourcePool, sourceBranch, sourceRegion, poolBranch, sources } = this.#problem;
    const source = arcs.source[arc] ?? 0;
    const pool = arcs.pool[arc] ?? 0;
    const from = sourcePool[source] ?? -1;
    const giver = sourceBranch[source] ?? 0;
    const taker = poolBranch[pool] ?? 0;
    add(this.#taken, arc, by);
    add(this.#used, source, by);
    add(this.#came, pool, by);
    add(this.#cameAt, pool * BUCKETS + (arcs.bucket[arc] ?? 0), by);
    add(this.#moved, sourceRegion[source] ?? 0, by);
    if (from >= 0) add(this.#left, from, by);
    if (from < 0 || giver !== taker) add(this.#counters, taker, -by);
    if (giver !== taker && sources[source]?.away === -1) add(this.#given, giver, by);
  }

  /** The objective: what the plan saves beyond the least gain of each move, customer-minutes. */
  total(): number {
    const { arcs, tables, leastGain } = this.#problem;
    let sum = 0;
    for (const arc of this.chosen) sum -= (arcs.cost[arc] ?? 0) + leastGain;
    for (let pool = 0; pool < this.#came.length; pool++) {
      if ((this.#came[pool] ?? 0) > 0) sum += this.#worth(pool, 0, 0);
      for (let j = 0; j < (this.#left[pool] ?? 0); j++) sum -= tables.loss[pool * MOST_OUT + j] ?? 0;
    }
    return sum;
  }
}

function add(counts: Int32Array, place: number, by: number): void {
  counts[place] = (counts[place] ?? 0) + by;
}
