/** An estimate as it is made: theory, bent by experience, with what it rests on. */
import { biasRatio } from './bias.ts';
import { bendOf } from './correction.ts';
import { evidenceOf, startOf } from './evidence.ts';
import { handlingTime } from './handling-time.ts';
import { abandonmentRate } from './patience-record.ts';
import { type Line, meanWait } from './queue-law.ts';
import { quantilesOf } from './spread.ts';
import { type Customer, overlapOf, type Scene, type Standing } from './standing.ts';
import { higherArrivalRate, trendNow } from './trend.ts';
import type { Basis, WaitRecord } from './wait-record.ts';

/** A server that has left people waiting comes back in time in about one case of three. */
const AWAY_COUNTS = 0.3;

/** The line of a customer as the theory sees it. */
export function lineOf(record: WaitRecord, scene: Scene, customer: Customer, standing: Standing): Line {
  const { queue, priority } = customer;
  let overtakingRate = 0;
  for (const other of record.trends.keys()) {
    const rate = higherArrivalRate(record.trends, other, priority, scene.now);
    if (rate > 0) overtakingRate += rate * overlapOf(scene, queue, other);
  }
  return {
    ahead: standing.ahead,
    capacity: standing.capacity + AWAY_COUNTS * standing.away,
    serviceRate: 1 / handlingTime(record.handling, queue, record.channel).mean,
    abandonmentRate: abandonmentRate(record.patience, queue, record.channel),
    overtakingRate,
  };
}

/**
 * The estimate for a customer who has to wait, and what it was made from. `isLater`: not at the beginning of the wait
 * but on the way, for the further wait.
 */
export function basisOf(
  record: WaitRecord,
  line: Line,
  customer: Customer,
  standing: Standing,
  now: number,
  isLater: boolean,
): Basis {
  const theory = meanWait(line);
  const trend = trendNow(record.trends, customer, theory, now);
  const evidence = evidenceOf(theory, standing, trend);
  const bias = trend.bias * (isLater ? biasRatio(record.laterBias, trend.usual) : 1);
  const mean = startOf(theory, trend) * bendOf(record.correction, evidence) * bias;
  const { queue, priority, queuedAt } = customer;
  const { ahead } = standing;
  const quantiles = quantilesOf(isLater ? record.laterSpread : record.spread, mean, ahead);
  return { queue, priority, queuedAt, mean, usual: trend.usual, ahead, evidence, quantiles };
}
