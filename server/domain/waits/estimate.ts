/** Estimated waits (EWT): for one who comes now, and for each who waits. */
import type { BranchProfile } from '#shared/network.ts';
import type { NoExpectedWait } from '#shared/expected-waits.ts';
import type { BranchState, Observation } from '../branch/state.ts';
import { sourceState } from '../metrics/measure-queue.ts';
import type { StepFunction } from '../queueing/step-function.ts';
import { basisOf, find, type Found } from './basis.ts';
import { handlingTime } from './handling-time.ts';
import { abandonmentRate } from './patience-record.ts';
import { meanWait, openingWait, planRatio } from './queue-law.ts';
import { quantilesOf } from './spread.ts';
import type { Customer, Scene } from './standing.ts';
import { usualPriority } from './trend.ts';
import type { WaitRecord } from './wait-record.ts';

/** How long somebody has yet to wait who stays, seconds. P50–P80 is the range to show, P10–P90 the 80 % interval. */
export interface WaitEstimate {
  mean: number;
  p10: number;
  p20: number;
  p50: number;
  p80: number;
  p90: number;
}

/** An estimate, or why there is none. */
export type Estimated = { estimate: WaitEstimate; none: null } | { estimate: null; none: NoExpectedWait };

/** What an estimate is made from, as of the scene's moment. */
export interface Surroundings {
  record: WaitRecord;
  state: BranchState;
  profile: BranchProfile;
  scene: Scene;
  /** Servers planned for the queue by seconds from now; without one those of now stay. */
  plan?: StepFunction;
}

/** Services of the branch that must have ended before anything is estimated. */
const FEWEST_SERVICES = 5;

/** The wait of one who would join a queue now, of the priority that most there have. */
export function estimateNewcomer(around: Surroundings, queue: string): Estimated {
  const { record, state, scene } = around;
  const refused = refusedBySource(around, queue);
  if (refused !== null) return none(refused);
  const observed = state.queues.get(queue)?.observed ?? null;
  if (observed !== null && !record.trends.has(queue)) return fromLevels(record, queue, observed);
  const priority = usualPriority(record.trends, queue, scene.now);
  const found = find(record, scene, { queue, priority, queuedAt: scene.now, contact: null });
  const { free, ahead } = found.standing;
  if (free >= 1 && ahead < free) return estimated(0, [0, 0, 0, 0, 0]);
  return estimateFor(around, found, false);
}

/** The further wait of one who waits. */
export function estimateWaiting(around: Surroundings, customer: Customer): Estimated {
  const refused = refusedBySource(around, customer.queue);
  if (refused !== null) return none(refused);
  return estimateFor(around, find(around.record, around.scene, customer), true);
}

function estimateFor({ record, plan }: Surroundings, found: Found, isLater: boolean): Estimated {
  const { customer, standing, line } = found;
  if (handlingTime(record.handling, customer.queue, record.channel).known < FEWEST_SERVICES)
    return none('tooLittleKnown');
  const ratio = plan === undefined ? 1 : planRatio(line, plan);
  if (ratio !== null && standing.capacity + standing.away > 0) {
    if (ratio === Infinity) return none('nobodyServes');
    const { mean, quantiles } = basisOf(record, found, isLater);
    return estimated(
      mean * ratio,
      quantiles.map((seconds) => seconds * ratio),
    );
  }
  const opening = plan === undefined ? null : openingWait(line, plan);
  if (opening === null) return none('nobodyServes');
  const { closed, mean } = opening;
  const quantiles = quantilesOf(record.spread, mean - closed, standing.ahead);
  return estimated(
    mean,
    quantiles.map((seconds) => closed + seconds),
  );
}

/** Why the source of a queue cannot be believed now. */
function refusedBySource({ state, profile, scene }: Surroundings, queue: string): NoExpectedWait | null {
  const source = sourceState(state, profile, state.queues.get(queue), scene.now);
  switch (source) {
    case 'silent':
      return 'sourceSilent';
    case 'frozen':
    case 'contradictory':
      return 'sourceFrozen';
    case 'live':
    case 'skewed':
      return null;
    default:
      return source satisfies never;
  }
}

// A level feed names no contacts, so that no record of its estimates can be kept: theory alone.
function fromLevels(record: WaitRecord, queue: string, observed: Observation): Estimated {
  const { waiting, countersOpen, averageServiceSeconds } = observed;
  if (countersOpen === 0) return none('nobodyServes');
  if (countersOpen === null || averageServiceSeconds === null || averageServiceSeconds <= 0)
    return none('noServiceTimes');
  const mean = meanWait({
    ahead: waiting,
    capacity: countersOpen,
    serviceRate: 1 / averageServiceSeconds,
    abandonmentRate: abandonmentRate(record.patience, queue, record.channel),
    overtakingRate: 0,
  });
  return estimated(mean, quantilesOf(record.spread, mean, waiting));
}

const none = (reason: NoExpectedWait): Estimated => ({ estimate: null, none: reason });

/** `quantiles` in the order of LEVELS. */
function estimated(
  mean: number,
  [p10 = 0, p20 = 0, p50 = 0, p80 = 0, p90 = 0]: readonly number[],
): Estimated {
  return { estimate: { mean, p10, p20, p50, p80, p90 }, none: null };
}
