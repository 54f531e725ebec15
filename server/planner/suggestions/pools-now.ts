/** Pools of the staffing world as they stand, from halls and what is expected of their next hours. */
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { HallNow } from '../../domain/prediction/hall-now.ts';
import { integral, stepsBetween, valueAt, type StepFunction } from '../../domain/queueing/step-function.ts';
import type { TwinBranch, TwinQueue } from '../../domain/queueing/twin/branch.ts';
import type { DurationLaw, PatienceLaw } from '../../domain/queueing/twin/laws.ts';
import type { PoolNow } from '../../domain/staffing/situation.ts';

/** A hall with what lies ahead of it. */
export interface HallAhead {
  now: HallNow;
  ahead: TwinBranch;
}

const SECONDS = 60;
/** A queue nobody is expected in weighs as much as this many arrivals over the horizon. */
const LEAST_WEIGHT = 0.01;
const USUAL_SERVICE_SECONDS = 480;

/** In the order of the world; of halls that cannot be believed nobody comes and nobody waits. */
export function poolsNow(
  { branches, policy }: StaffingWorld,
  halls: ReadonlyMap<string, HallAhead>,
): PoolNow[] {
  return branches.flatMap(({ id, pools }) => {
    const hall = halls.get(id);
    return pools.map(({ queues }) =>
      hall === undefined ? UNKNOWN : poolNow(hall, queues, policy.horizonMinutes),
    );
  });
}

const UNKNOWN: PoolNow = {
  waiting: 0,
  busy: 0,
  arrivalRate: [[0, 0]],
  rateVariance: 0,
  serviceMinutes: USUAL_SERVICE_SECONDS / SECONDS,
  serviceVariation: 1,
  patienceMinutes: Infinity,
  targetMinutes: 1,
};

function poolNow({ now, ahead }: HallAhead, served: readonly string[], horizon: number): PoolNow {
  const places = now.queues.flatMap(({ id }, place) => (served.includes(id) ? [place] : []));
  const queues = places.flatMap((place) => ahead.queues[place] ?? []);
  const weights = queues.map(
    ({ arrivalRate, waitedSeconds }) =>
      LEAST_WEIGHT + waitedSeconds.length + integral(arrivalRate, 0, horizon * SECONDS),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (queue: TwinQueue) => number): number =>
    queues.reduce((sum, queue, i) => sum + of(queue) * (weights[i] ?? 0), 0) / total;
  if (queues.length === 0) return UNKNOWN;
  const leaving = mean(({ patience }) => leaveRate(patience));
  return {
    waiting: queues.reduce((sum, { waitedSeconds }) => sum + waitedSeconds.length, 0),
    busy: now.groups.flatMap(({ inService }) => inService).filter(({ queue }) => places.includes(queue))
      .length,
    arrivalRate: added(queues.map(({ arrivalRate }) => arrivalRate)),
    rateVariance: ahead.dayFactor === null ? 0 : 1 / ahead.dayFactor.shape,
    serviceMinutes: mean(({ service }) => meanSeconds(service)) / SECONDS,
    serviceVariation: mean(({ service }) => variationOf(service)),
    patienceMinutes: leaving === 0 ? Infinity : 1 / leaving / SECONDS,
    targetMinutes: Math.min(...queues.map(({ targetSeconds }) => targetSeconds)) / SECONDS,
  };
}

/** Rates a second by seconds, added up as rates a minute by minutes. */
function added(rates: readonly StepFunction[]): StepFunction {
  const cuts = [0, ...stepsBetween(rates, 0, Infinity)];
  return cuts.map((at) => [at / SECONDS, rates.reduce((sum, rate) => sum + valueAt(rate, at), 0) * SECONDS]);
}

/** How long a service takes on average, seconds. */
export const meanSeconds = (law: DurationLaw): number => {
  if (law.law === 'lognormal' || law.law === 'exponential') return law.mean;
  return law.law === 'fixed' ? law.seconds : USUAL_SERVICE_SECONDS;
};

/** How services scatter: standard deviation over mean. */
export const variationOf = (law: DurationLaw): number => (law.law === 'lognormal' ? law.variation : 1);

/** How many of those who wait leave, per second. */
export const leaveRate = (law: PatienceLaw): number => (law.law === 'exponential' ? 1 / law.mean : 0);
