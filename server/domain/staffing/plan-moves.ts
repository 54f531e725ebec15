/** One plan for the whole network: the best moves from where things stand, before anything is shown to anybody. */
import type { Lever } from '#shared/levers.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import { assign } from './assign.ts';
import { type AssignmentProblem, poseProblem } from './assignment-problem.ts';
import { bestBreakShift, withBreakAt } from './break-shifts.ts';
import { aboveFloor, committedStaff } from './committed-staff.ts';
import { limitsOf } from './limits.ts';
import {
  BUCKETS,
  emptyTables,
  type MarginalTables,
  MOST_OUT,
  MOST_IN,
  tablePool,
} from './marginal-tables.ts';
import { seatedMoves } from './counters.ts';
import type { Move } from './moves.ts';
import type { StaffingNetwork } from './network.ts';
import type { PersonNow, Situation } from './situation.ts';
import { mayMove, type Source, sourcesOf } from './sources.ts';

/** The tables of all pools for the staff they are about. */
export interface Tabled {
  staff: StepFunction[];
  tables: MarginalTables;
}

export function tabulate({ pools, policy }: StaffingNetwork, situation: Situation): Tabled {
  const staff = committedStaff(situation.people, pools.length, policy.horizonMinutes);
  const tables = emptyTables(pools.length);
  situation.pools.forEach((pool, i) => {
    const course = staff[i] ?? [[0, 0]];
    tablePool(tables, i, pool, course, policy, aboveFloor(course, pools[i]?.floor ?? 0));
  });
  return { staff, tables };
}

/** Rule GD1: what helps inside the hall comes first, so breaks are moved before people are sent. */
export function planMoves(network: StaffingNetwork, situation: Situation, tabled: Tabled): Move[] {
  const { minute } = situation;
  if (network.quiet.some(([from, to]) => minute >= from && minute < to)) return [];
  const breaks = shiftBreaks(network, situation, tabled);
  const held = new Set(breaks.map(({ person }) => person));
  const free = {
    ...situation,
    people: situation.people.map((person, i) => (held.has(i) ? { ...person, movesToday: Infinity } : person)),
  };
  const { staff, tables } = afterBreaks(network, situation, tabled, breaks);
  const problem = poseProblem(network, sourcesOf(network, free), tables, limitsOf(network, situation, staff));
  const moves = seatedMoves(network, situation, movesOf(network, problem, assign(problem).arcs));
  return [...breaks, ...moves, ...releases(network, free, { staff, tables }, moves)];
}

function shiftBreaks(
  network: StaffingNetwork,
  { pools, people }: Situation,
  { staff, tables }: Tabled,
): Move[] {
  const byPool = pools.map((): [number, PersonNow][] => []);
  people.forEach((person, i) => byPool[person.pool]?.push([i, person]));
  return pools.flatMap((pool, i) => {
    const burden = tables.burden[i] ?? 0;
    const best = bestBreakShift(pool, i, staff[i] ?? [], burden, byPool[i] ?? [], network.policy);
    return best === null ? [] : [best];
  });
}

/** Staff and tables as they are once the breaks have moved; the same where none has. */
function afterBreaks(
  network: StaffingNetwork,
  { pools, people }: Situation,
  tabled: Tabled,
  breaks: readonly Move[],
): Tabled {
  if (breaks.length === 0) return tabled;
  const staff = [...tabled.staff];
  const { gain, loss, burden } = tabled.tables;
  const tables = { gain: gain.slice(), loss: loss.slice(), burden: burden.slice() };
  for (const { person, from, breakShift } of breaks) {
    const one = people[person]?.breaks[breakShift?.place ?? -1];
    const pool = pools[from];
    if (one === undefined || pool === undefined || breakShift === null) continue;
    const moved = withBreakAt(staff[from] ?? [], one, breakShift.from);
    staff[from] = moved;
    tablePool(tables, from, pool, moved, network.policy, aboveFloor(moved, network.pools[from]?.floor ?? 0));
  }
  return { staff, tables };
}

/** Arcs as moves of people, with the gain and loss of each by its place in line. */
function movesOf(network: StaffingNetwork, problem: AssignmentProblem, taken: readonly number[]): Move[] {
  const { arcs, sources, tables } = problem;
  const came = new Int32Array(network.pools.length);
  const left = new Int32Array(network.pools.length);
  const used = new Int32Array(sources.length);
  const soonest = taken.toSorted((a, b) => (arcs.minutes[a] ?? 0) - (arcs.minutes[b] ?? 0) || a - b);
  return soonest.flatMap((arc) => {
    const place = arcs.source[arc] ?? -1;
    const source = sources[place];
    const person = source?.people[turn(used, place)];
    if (source === undefined || person === undefined) return [];
    const to = arcs.pool[arc] ?? 0;
    const from = source.pool;
    const slot = (to * MOST_IN + turn(came, to)) * BUCKETS + (arcs.bucket[arc] ?? 0);
    const loss = from < 0 ? 0 : (tables.loss[from * MOST_OUT + turn(left, from)] ?? 0);
    const branch = network.pools[to]?.branch ?? -1;
    return [
      {
        lever: leverOf(source, branch),
        person,
        from,
        to,
        minutes: arcs.minutes[arc] ?? 0,
        gain: tables.gain[slot] ?? 0,
        loss,
        cost: arcs.cost[arc] ?? 0,
        breakShift: null,
      },
    ];
  });
}

/** How many there were before this one. */
function turn(counts: Int32Array, place: number): number {
  const before = counts[place] ?? 0;
  counts[place] = before + 1;
  return before;
}

function leverOf({ duty, branch, away }: Source, to: number): Lever {
  if (branch !== to) return away === to ? 'bringBack' : 'send';
  if (duty === 'backOffice') return 'recall';
  return duty === 'spare' ? 'openCounter' : 'changeQueues';
}

/** Who was recalled goes back once the counter gains less by staying than the back office does. */
function releases(
  { policy }: StaffingNetwork,
  { people }: Situation,
  { staff, tables }: Tabled,
  moves: readonly Move[],
): Move[] {
  const touched = new Set(moves.flatMap(({ from, to }) => [from, to]));
  const gain = policy.backOfficeCost * policy.horizonMinutes;
  return people.flatMap((person, i): Move[] => {
    const { recalled, duty, pool } = person;
    const rested = mayMove({ ...person, movesToday: 0 }, { ...policy, movesADay: 1 });
    if (!recalled || duty !== 'counter' || !rested || touched.has(pool)) return [];
    const loss = tables.loss[pool * MOST_OUT] ?? Infinity;
    if (loss >= gain || (staff[pool]?.[0]?.[1] ?? 0) <= 1) return [];
    touched.add(pool);
    return [
      {
        lever: 'closeCounter',
        person: i,
        from: pool,
        to: -1,
        minutes: 0,
        gain,
        loss,
        cost: 0,
        breakShift: null,
      },
    ];
  });
}
