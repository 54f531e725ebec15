/** The wait as queueing theory has it, before experience corrects it. */
import { plannedWait } from '../queueing/planned-wait.ts';
import { type StepFunction, valueAt } from '../queueing/step-function.ts';
import { pack } from '../queueing/markov-chain.ts';
import { waitLaw } from '../queueing/wait-law.ts';

/** What the law needs; rates per second. */
export interface Line {
  /** Customers served before, not necessarily whole. */
  ahead: number;
  /** Servers, not necessarily whole. */
  capacity: number;
  /** Services one server ends. */
  serviceRate: number;
  /** At which each of those ahead gives up. */
  abandonmentRate: number;
  /** Arrivals of those who will be served before, though they come later. */
  overtakingRate: number;
}

/** However many overtake, this part of the servers is left for the others. */
const LEAST_SHARE = 0.25;
const LEAST_CAPACITY = 1;
/** Longer lines than this are counted as this long. */
const LONGEST_LINE = 2_000;

/**
 * Mean wait of one who has to wait, seconds: Σ_{i=0…ahead} 1/(nμ + iθ), between two whole numbers ahead in proportion.
 * Those who overtake take away their part of the servers, λ/(nμ). Sources: Ibrahim & Whitt 2009 (QLm); Cobham 1954.
 */
export function meanWait(line: Line): number {
  const { abandonmentRate } = line;
  const ahead = Math.min(line.ahead, LONGEST_LINE);
  const whole = Math.floor(ahead);
  const capacity = Math.max(line.capacity, LEAST_CAPACITY) * line.serviceRate;
  const left = Math.max(LEAST_SHARE, 1 - line.overtakingRate / capacity);
  const law = (place: number): number =>
    waitLaw({ servers: 1, ahead: place, serviceRate: capacity * left, abandonmentRate }).mean;
  const mean = law(whole);
  return ahead === whole ? mean : mean + (ahead - whole) * (law(whole + 1) - mean);
}

/**
 * Mean wait with the planned staff over mean wait with the staff of now (ratio), or `null` when nobody serves now.
 * `plan`: servers of the queue by seconds from now. Who goes finishes the customer in service first.
 */
export function planRatio(line: Line, plan: StepFunction): number | null {
  const servers = Math.round(line.capacity);
  if (servers === 0) return null;
  const steady = plannedMean(line, servers, [[0, servers]]);
  const planned = plannedMean(line, servers, changesFrom(plan, servers));
  return planned / steady;
}

/** Nobody serves now: how long until somebody does by the plan, and the mean wait with that, seconds; `null` when never. */
export function openingWait(line: Line, plan: StepFunction): { closed: number; mean: number } | null {
  const opens = plan.find(
    ([from, servers], i) => servers > 0 && (plan[i + 1]?.[0] ?? Infinity) > Math.max(0, from),
  );
  const mean = opens === undefined ? Infinity : plannedMean(line, 0, plan);
  return opens === undefined || mean === Infinity ? null : { closed: Math.max(0, opens[0]), mean };
}

/** The plan's changes, applied to the servers that are there. */
function changesFrom(plan: StepFunction, servers: number): StepFunction {
  const now = valueAt(plan, 0);
  const later = plan.filter(([from]) => from > 0);
  return [[0, servers], ...later.map(([from, value]) => [from, Math.max(0, servers + value - now)] as const)];
}

function plannedMean(line: Line, servers: number, plan: StepFunction): number {
  const { serviceRate, abandonmentRate } = line;
  const ahead = Math.round(Math.min(line.ahead, LONGEST_LINE));
  const queue = { arrivalRate: [[0, 0]] as const, servers: plan, serviceRate, abandonmentRate };
  const law = new Map([[pack(servers, ahead), 1]]);
  const found = { at: 0, servers, law, arrived: 0, served: 0, abandoned: 0, waitedSeconds: 0 };
  return plannedWait({ ...queue, release: 'exhaustive' }, found, 0, []).meanWait;
}
