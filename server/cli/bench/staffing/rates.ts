/** Arrivals to come, as the production forecast sees them or as they truly are. */
import { expectedBetween } from '../../../domain/forecast/day-course.ts';
import {
  fitPool,
  learnPoolSlot,
  type PoolCourse,
  type PoolModel,
  startPoolDay,
} from '../../../domain/forecast/pooling.ts';
import type { DayCounts } from '../../../domain/forecast/grid.ts';
import type { StepFunction } from '../../../domain/queueing/step-function.ts';
import { seedOf } from '../../../rng.ts';
import { drawCounts, type SimulatedDay } from './day.ts';
import type { Simulation } from './simulation.ts';
import { OPENS, type SimulatedNetwork, SLOT, SLOTS } from './simulated-network.ts';

/** Minutes from now and a minute. */
export interface PoolRates {
  arrivalRate: StepFunction;
  /** As a share of the mean squared. */
  rateVariance: number;
}

/** Followed through one day: asked at the present time, in order. */
export type Rates = (simulation: Simulation) => PoolRates[];

const HISTORY_DAYS = 28;
const GRID = { slotMinutes: SLOT, slots: SLOTS };
const AHEAD_SLOTS = 9;
/** Neighbouring slots on each side by which a share is steadied. */
const SHARE_REACH = 3;

/**
 * A forecast learned from days before, as in production: the region first, then each branch; the queues of a branch
 * share its ups and downs, and have their usual shares of its customers.
 */
export function learnedRates(simulated: SimulatedNetwork, seed: number): () => Rates {
  const { network } = simulated;
  const history = Array.from({ length: HISTORY_DAYS }, (_, day) =>
    drawCounts(simulated, seedOf('history', seed, day)),
  );
  const branchCounts = history.map((counts) =>
    network.branches.map(({ pools }) => sumOf(pools.map((pool) => counts[pool] ?? []))),
  );
  const regions = Array.from({ length: network.regions }, (_, region) =>
    network.branches.flatMap((branch, i) => (branch.region === region ? [i] : [])),
  );
  const models = regions.map((members): [PoolModel, number[]] => {
    const series = members.map((branch): [string, DayCounts[]] => [
      String(branch),
      branchCounts.map((counts, day) => ({ day, counts: counts[branch] ?? [] })),
    ]);
    return [fitPool(new Map(series), { grid: GRID }), members];
  });
  const shares = network.pools.map(({ branch }, pool) => {
    const own = sumOf(history.map((counts) => counts[pool] ?? []));
    const all = sumOf(branchCounts.map((counts) => counts[branch] ?? []));
    return own.map((_, slot) => around(own, slot) / Math.max(1, around(all, slot)));
  });
  return () => {
    const courses = models.map(([model, members]) => ({
      course: startPoolDay(model, HISTORY_DAYS),
      members,
    }));
    return followedRates(simulated, courses, shares);
  };
}

const sumOf = (rows: readonly (readonly number[])[]): number[] =>
  Array.from({ length: SLOTS }, (_, slot) => rows.reduce((sum, row) => sum + (row[slot] ?? 0), 0));

/** The count of a slot and its neighbours: shares change slowly. */
const around = (counts: readonly number[], slot: number): number =>
  counts
    .slice(Math.max(0, slot - SHARE_REACH), slot + SHARE_REACH + 1)
    .reduce((sum, count) => sum + count, 0);

function followedRates(
  { network, pools }: SimulatedNetwork,
  courses: readonly { course: PoolCourse; members: number[] }[],
  shares: readonly (readonly number[])[],
): Rates {
  let slot = 0;
  const counted = new Int32Array(network.branches.length);
  const newSince = (branch: number, simulation: Simulation): number => {
    const come = (network.branches[branch]?.pools ?? []).reduce(
      (sum, pool) => sum + simulation.come(pool),
      0,
    );
    const count = come - (counted[branch] ?? 0);
    counted[branch] = come;
    return count;
  };
  return (simulation) => {
    const current = Math.min(SLOTS, Math.floor((simulation.now - OPENS) / SLOT));
    for (; slot < current; slot++) {
      for (const { course, members } of courses)
        learnPoolSlot(
          course,
          new Map(members.map((branch) => [String(branch), newSince(branch, simulation)])),
        );
    }
    const until = Math.min(SLOTS, slot + AHEAD_SLOTS);
    const rates: PoolRates[] = pools.map(() => ({ arrivalRate: [[0, 0]], rateVariance: 0 }));
    if (slot >= SLOTS) return rates;
    for (const { course, members } of courses) {
      for (const branch of members) {
        const own = course.members.get(String(branch));
        if (own === undefined) continue;
        const means = Array.from(
          { length: until - slot },
          (_, i) => expectedBetween(own, slot + i, slot + i + 1).mean,
        );
        const whole = expectedBetween(own, slot, until);
        const rateVariance = whole.mean > 0 ? whole.rateVariance / whole.mean ** 2 : 0;
        for (const pool of network.branches[branch]?.pools ?? []) {
          const perMinute = means.map((mean, i) => (mean * (shares[pool]?.[slot + i] ?? 0)) / SLOT);
          rates[pool] = { arrivalRate: stepsFrom(simulation.now, slot, perMinute), rateVariance };
        }
      }
    }
    return rates;
  };
}

/** What nobody can know: the rates of the day itself. */
export const trueRates = (day: SimulatedDay): Rates => toldRates(day.rates);

/** Arrivals a minute by pool and slot as somebody tells them. */
export function toldRates(told: readonly Float64Array[]): Rates {
  return ({ now }) => {
    const slot = Math.max(0, Math.floor((now - OPENS) / SLOT));
    return told.map((rates) => ({
      arrivalRate: stepsFrom(now, slot, [...rates.slice(slot, slot + AHEAD_SLOTS)]),
      rateVariance: 0,
    }));
  };
}

/** Slots of the day as steps from now; nobody comes after the last. */
function stepsFrom(now: number, slot: number, means: readonly number[]): StepFunction {
  const begins = OPENS + slot * SLOT - now;
  const steps = means.map((mean, i): [number, number] => [i === 0 ? 0 : begins + i * SLOT, mean]);
  return [...steps, [Math.max(0.001, begins + means.length * SLOT), 0]];
}
