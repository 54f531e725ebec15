/** The exact optimum of an assignment by HiGHS, to see how near the planner comes. */
import loadHighs, { type Highs } from 'highs';
import type { AssignmentProblem } from '../../../domain/staffing/assignment-problem.ts';
import { BUCKETS, MOST_IN, MOST_OUT } from '../../../domain/staffing/marginal-tables.ts';

/** Customer-minutes beyond the least gain of each move, as in `Assignment`. */
export interface Optimum {
  objective: number;
  /** Proven: no plan can be better than this. */
  bound: number;
}

export interface AuditLimits {
  /** Of the best bound, at which it is near enough; 0–1. */
  gap: number;
  seconds: number;
  /** People may be divided: only the bound is of use then, which is found much sooner. */
  relaxed: boolean;
}

export interface Auditor {
  /** RangeError when the time is over before anything is proven. */
  solve(problem: AssignmentProblem, limits: AuditLimits): Optimum;
}

/** Starts the solver, which takes a moment. */
export async function startAuditor(): Promise<Auditor> {
  const highs = await loadHighs();
  return { solve: (problem, limits) => solve(highs, problem, limits) };
}

function solve(highs: Highs, problem: AssignmentProblem, { gap, seconds, relaxed }: AuditLimits): Optimum {
  const program = programOf(problem);
  const { columns, rows } = program;
  const starts = [0];
  for (const { entries } of columns) starts.push((starts.at(-1) ?? 0) + entries.length);
  const entries = columns.flatMap((column) => column.entries);
  const model = highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(columns, ({ worth }) => worth),
    colLower: new Float64Array(columns.length),
    colUpper: Float64Array.from(columns, ({ most }) => most),
    rowLower: Float64Array.from(rows, ({ least }) => least ?? -highs.infinity),
    rowUpper: Float64Array.from(rows, ({ most }) => most),
    matrix: {
      format: 'csc',
      numCols: columns.length,
      numRows: rows.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(entries, ([row]) => row),
      values: Float64Array.from(entries, ([, value]) => value),
    },
    ...(relaxed ? {} : { integrality: Int32Array.from(columns, ({ whole }) => (whole ? 1 : 0)) }),
  });
  try {
    model.options.set({ output_flag: false, mip_rel_gap: gap, time_limit: seconds });
    model.run();
    const objective = model.getObjectiveValue();
    if (!relaxed) return { objective, bound: Number(model.info.get('mip_dual_bound')) };
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal)
      throw new RangeError('the bound was not proven in time');
    return { objective, bound: objective };
  } finally {
    model.dispose();
  }
}

interface Column {
  worth: number;
  most: number;
  whole: boolean;
  entries: [row: number, value: number][];
}
interface Row {
  /** Equal to it when `least` is the same; null for no least. */
  least: number | null;
  most: number;
}

/** Flows on arcs, filled gain and loss slots, and for each pool whether it gives or takes. */
function programOf({ arcs, tables, limits, leastGain, ...problem }: AssignmentProblem): {
  columns: Column[];
  rows: Row[];
} {
  const columns: Column[] = [];
  const rows: Row[] = [];
  const named = new Map<string, number>();
  const row = (name: string, least: number | null, most: number): number => {
    const known = named.get(name);
    if (known !== undefined) return known;
    named.set(name, rows.push({ least, most }) - 1);
    return rows.length - 1;
  };
  const takers = new Set<number>();
  const givers = new Set<number>();
  for (let arc = 0; arc < arcs.count; arc++) {
    const source = arcs.source[arc] ?? 0;
    const pool = arcs.pool[arc] ?? 0;
    const bucket = arcs.bucket[arc] ?? 0;
    const from = problem.sourcePool[source] ?? -1;
    const cost = (arcs.cost[arc] ?? 0) + leastGain;
    const best = (tables.gain[pool * MOST_IN * BUCKETS + bucket] ?? 0) - cost;
    // With falling gains and rising losses what is not worth it as the first move never is.
    if (best - (from < 0 ? 0 : (tables.loss[from * MOST_OUT] ?? Infinity)) <= 0) continue;
    const giver = problem.sourceBranch[source] ?? 0;
    const taker = problem.poolBranch[pool] ?? 0;
    const region = problem.sourceRegion[source] ?? 0;
    const entries: [number, number][] = [
      [row(`source ${source}`, null, problem.sourceCount[source] ?? 0), 1],
      [row(`arrive ${pool} ${bucket}`, 0, 0), 1],
      [row(`come ${pool}`, null, limits.come[pool] ?? 0), 1],
      [row(`region ${region}`, null, limits.region[region] ?? 0), 1],
    ];
    takers.add(pool);
    if (from >= 0) {
      givers.add(from);
      entries.push([row(`leave ${from}`, 0, 0), 1]);
    }
    if (from < 0 || giver !== taker)
      entries.push([row(`counters ${taker}`, null, limits.counters[taker] ?? 0), 1]);
    if (giver !== taker && problem.sources[source]?.away === -1)
      entries.push([row(`give ${giver}`, null, limits.give[giver] ?? 0), 1]);
    columns.push({ worth: -cost, most: MOST_IN, whole: true, entries });
  }
  for (const pool of takers) {
    for (let k = 0; k < MOST_IN; k++) {
      const slot = row(`slot ${pool} ${k}`, null, 1);
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const arrive = named.get(`arrive ${pool} ${bucket}`);
        if (arrive === undefined) continue;
        const entries: [number, number][] = [
          [arrive, -1],
          [slot, 1],
        ];
        if (givers.has(pool)) entries.push([row(`takes ${pool}`, null, MOST_IN), 1]);
        const worth = tables.gain[(pool * MOST_IN + k) * BUCKETS + bucket] ?? 0;
        columns.push({ worth, most: 1, whole: false, entries });
      }
    }
  }
  for (const pool of givers) {
    const most = Math.min(MOST_OUT, limits.leave[pool] ?? 0);
    for (let j = 0; j < most; j++) {
      const worth = -(tables.loss[pool * MOST_OUT + j] ?? 0);
      if (worth === -Infinity) break;
      const entries: [number, number][] = [[row(`leave ${pool}`, 0, 0), -1]];
      if (takers.has(pool)) entries.push([row(`gives ${pool}`, null, 0), 1]);
      columns.push({ worth, most: 1, whole: false, entries });
    }
    if (takers.has(pool))
      columns.push({
        worth: 0,
        most: 1,
        whole: true,
        entries: [
          [row(`takes ${pool}`, null, MOST_IN), MOST_IN],
          [row(`gives ${pool}`, null, 0), -MOST_OUT],
        ],
      });
  }
  return { columns, rows };
}
