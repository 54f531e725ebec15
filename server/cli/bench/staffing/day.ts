/** A day of a simulated network, drawn before anybody decides anything, so that all policies meet the same day. */
import { createRng, type Rng, seedOf } from '../../../rng.ts';
import { CLOSES, OPENS, type SimulatedNetwork, SLOT, SLOTS } from './simulated-network.ts';

/** Customers of one pool in order of arrival; minutes after midnight and minutes. */
export interface PoolDay {
  arrival: Float64Array;
  service: Float64Array;
  patience: Float64Array;
}

export interface SimulatedDay {
  pools: PoolDay[];
  /** True arrivals a minute by pool and slot, which only the clairvoyant is told. */
  rates: Float64Array[];
  /** The same without surges. */
  levels: Float64Array[];
  absent: ReadonlySet<number>;
  seed: number;
}

export function drawDay(simulated: SimulatedNetwork, seed: number): SimulatedDay {
  const { rates, levels } = drawRates(simulated, createRng(seedOf('rates', seed)));
  const rng = createRng(seedOf('customers', seed));
  const people = createRng(seedOf('people', seed));
  const pools = simulated.pools.map((pool, i): PoolDay => {
    const arrival: number[] = [];
    const rate = rates[i] ?? new Float64Array(SLOTS);
    rate.forEach((perMinute, slot) => {
      const start = OPENS + slot * SLOT;
      for (let at = start + exponential(rng, perMinute); at < start + SLOT; at += exponential(rng, perMinute))
        arrival.push(at);
    });
    return {
      arrival: Float64Array.from(arrival),
      service: Float64Array.from(arrival, () => lognormal(rng, pool.serviceMinutes, pool.serviceVariation)),
      patience: Float64Array.from(arrival, () => exponential(rng, 1 / pool.patienceMinutes)),
    };
  });
  const absent = new Set(
    simulated.world.agents.flatMap((_, i) => (people() < simulated.variety.absence ? [i] : [])),
  );
  return { pools, rates, levels, absent, seed };
}

/** Arrivals by slot of a day, as history keeps them. */
export function drawCounts(simulated: SimulatedNetwork, seed: number): number[][] {
  const rng = createRng(seedOf('counts', seed));
  return drawRates(simulated, createRng(seedOf('rates', seed))).rates.map((rate) =>
    Array.from(rate, (perMinute) => {
      let count = 0;
      for (let at = exponential(rng, perMinute); at < SLOT; at += exponential(rng, perMinute)) count++;
      return count;
    }),
  );
}

function drawRates(
  { network, pools, variety }: SimulatedNetwork,
  rng: Rng,
): Pick<SimulatedDay, 'rates' | 'levels'> {
  const regions = Array.from({ length: network.regions }, () => lognormal(rng, 1, variety.region));
  const branches = network.branches.map(({ region }) => {
    const factor = (regions[region] ?? 1) * lognormal(rng, 1, variety.branch);
    const surges = rng() < variety.surge.chance;
    const from = OPENS + rng() * (CLOSES - OPENS - 120);
    const until = from + 60 + rng() * 60;
    return { factor, from: surges ? from : Infinity, until };
  });
  const branchOf = (pool: number) => branches[network.pools[pool]?.branch ?? -1];
  const levels = pools.map(({ usual }, i) => usual.map((rate) => rate * (branchOf(i)?.factor ?? 1)));
  const rates = levels.map((level, i) => {
    const { from, until } = branchOf(i) ?? { from: Infinity, until: Infinity };
    return level.map((rate, slot) => {
      const at = OPENS + slot * SLOT;
      return at >= from && at < until ? rate * variety.surge.factor : rate;
    });
  });
  return { rates, levels };
}

const exponential = (rng: Rng, rate: number): number => (rate > 0 ? -Math.log(1 - rng()) / rate : Infinity);

function lognormal(rng: Rng, mean: number, variation: number): number {
  const variance = Math.log(1 + variation ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
  return mean * Math.exp(Math.sqrt(variance) * normal - variance / 2);
}
