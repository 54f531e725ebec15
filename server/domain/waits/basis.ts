/** An estimate as it is made: theory, bent by experience, with what it rests on. */
import { biasRatio } from './bias.ts';
import { blended } from './blend.ts';
import { bendOf } from './correction.ts';
import { evidenceOf, startOf } from './evidence.ts';
import { handlingTime } from './handling-time.ts';
import { abandonmentRate } from './patience-record.ts';
import { type Line, meanWait } from './queue-law.ts';
import { quantilesOf } from './spread.ts';
import { type Customer, overlapOf, type Scene, type Standing, standingOf } from './standing.ts';
import { higherArrivalRate, trendNow } from './trend.ts';
import type { Basis, WaitRecord } from './wait-record.ts';

/** A server that has left people waiting comes back in time in about one case of three. */
const AWAY_COUNTS = 0.3;

/** A customer as the branch has them, and as the theory sees them. */
export interface Found {
  customer: Customer;
  standing: Standing;
  line: Line;
  /** Epoch ms. */
  now: number;
}

/** Looks where a customer stands in the scene. */
export function find(record: WaitRecord, scene: Scene, customer: Customer): Found {
  const { queue, priority } = customer;
  const standing = standingOf(scene, customer);
  let overtakingRate = 0;
  for (const other of record.trends.keys()) {
    const rate = higherArrivalRate(record.trends, other, priority, scene.now);
    if (rate > 0) overtakingRate += rate * overlapOf(scene, queue, other);
  }
  const line = {
    ahead: standing.ahead,
    capacity: standing.capacity + AWAY_COUNTS * standing.away,
    serviceRate: 1 / handlingTime(record.handling, queue, record.channel).mean,
    abandonmentRate: abandonmentRate(record.patience, queue, record.channel),
    overtakingRate,
  };
  return { customer, standing, line, now: scene.now };
}

/**
 * The estimate for a customer who has to wait, and what it was made from. `isLater`: not at the beginning of the wait
 * but on the way, for the further wait.
 */
export function basisOf(
  record: WaitRecord,
  { customer, standing, line, now }: Found,
  isLater: boolean,
): Basis {
  const theory = meanWait(line);
  const trend = trendNow(record.trends, customer, theory, now);
  const { usual } = trend;
  const evidence = evidenceOf(theory, standing, trend);
  const bent = startOf(theory, trend) * bendOf(record.correction, evidence) * trend.bias;
  const laterBias = isLater ? biasRatio(record.laterBias, usual) : 1;
  const mean = blended(record.blend, theory, bent, usual) * laterBias;
  const { queue, priority, queuedAt } = customer;
  const { ahead } = standing;
  const quantiles = quantilesOf(isLater ? record.laterSpread : record.spread, mean, ahead);
  return { queue, priority, queuedAt, mean, usual, theory, bent, ahead, evidence, quantiles };
}
