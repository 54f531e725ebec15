/** How waits of a queue have been: usually, of late, and by priority. */
import {
  addFading,
  addToMean,
  drawnMean,
  type Fading,
  fadedTo,
  noFading,
  noMean,
  type RunningMean,
} from './fading.ts';
import { type Bias, biasRatio, learnBias, noBias } from './bias.ts';
import { WHOLE_BRANCH } from './handling-time.ts';
import { entry } from '../metrics/entry.ts';

/** Waits of those who had to wait and were served, seconds. */
export interface Trend {
  usual: RunningMean;
  recent: RunningMean;
  /** Services begun, those of them that began at once, and arrivals by priority; fading. */
  starts: Fading;
  atOnce: Fading;
  arrivals: Map<number, Fading>;
  /** By priority: how waits were beside what had been estimated. */
  biases: Map<number, Bias>;
}

/** By queue; the branch as a whole under {@link WHOLE_BRANCH}. */
export type Trends = Map<string, Trend>;

/** Waits after which an older one counts e times less. */
const USUAL_MEMORY = 200;
const RECENT_MEMORY = 10;
/** What is believed otherwise weighs as much as so many waits. */
const USUAL_STRENGTH = 10;
const RECENT_STRENGTH = 1;
/** Times after which an older one counts e times less, ms. */
const STARTS_MEMORY_MS = 5 * 60_000;
const AT_ONCE_MEMORY_MS = 10 * 60_000;
const ARRIVALS_MEMORY_MS = 30 * 60_000;

const noTrend = (): Trend => ({
  usual: noMean(),
  recent: noMean(),
  starts: noFading(),
  atOnce: noFading(),
  arrivals: new Map(),
  biases: new Map(),
});

/** A queue's trend and that of its branch. */
const bothOf = (trends: Trends, queue: string): Trend[] =>
  [queue, WHOLE_BRANCH].map((name) => entry(trends, name, noTrend));

/** Takes in an arrival. */
export function learnArrival(trends: Trends, queue: string, priority: number, at: number): void {
  const { arrivals } = entry(trends, queue, noTrend);
  addFading(entry(arrivals, priority, noFading), at, ARRIVALS_MEMORY_MS);
}

/** Takes in that a service began. */
export function learnStart(trends: Trends, queue: string, isAtOnce: boolean, at: number): void {
  for (const trend of bothOf(trends, queue)) {
    addFading(trend.starts, at, STARTS_MEMORY_MS);
    if (isAtOnce) addFading(trend.atOnce, at, AT_ONCE_MEMORY_MS);
  }
}

/** Takes in the wait of one who was served, beside the mean that had been estimated, seconds. */
export function learnTrend(
  trends: Trends,
  { queue, priority }: { queue: string; priority: number },
  actual: number,
  estimated: number,
): void {
  for (const trend of bothOf(trends, queue)) {
    addToMean(trend.usual, actual, USUAL_MEMORY);
    addToMean(trend.recent, actual, RECENT_MEMORY);
  }
  learnBias(entry(entry(trends, queue, noTrend).biases, priority, noBias), actual, estimated);
}

/** The trend of a queue in numbers, at one moment. */
export interface TrendNow {
  /** Mean wait of the last hundred or so, and of the last ten or so, seconds. */
  usual: number;
  recent: number;
  /** Services begun in the last minutes in the queue, and at once in the branch. */
  starts: number;
  atOnce: number;
  /** Actual over estimated waits, of this queue and priority. */
  bias: number;
}

/** `theory` is the mean wait that stands in for experience where there is none, seconds. */
export function trendNow(
  trends: Trends,
  { queue, priority }: { queue: string; priority: number },
  theory: number,
  now: number,
): TrendNow {
  const branch = trends.get(WHOLE_BRANCH) ?? noTrend();
  const own = trends.get(queue) ?? noTrend();
  const usual = drawnMean(own.usual, drawnMean(branch.usual, theory, USUAL_STRENGTH), USUAL_STRENGTH);
  return {
    usual,
    recent: drawnMean(own.recent, usual, RECENT_STRENGTH),
    starts: fadedTo(own.starts, now, STARTS_MEMORY_MS),
    atOnce: fadedTo(branch.atOnce, now, AT_ONCE_MEMORY_MS),
    bias: biasRatio(own.biases.get(priority) ?? noBias(), usual),
  };
}

/** Arrivals of a higher priority in a queue, per second, of late. */
export function higherArrivalRate(trends: Trends, queue: string, priority: number, now: number): number {
  let arrivals = 0;
  for (const [other, count] of trends.get(queue)?.arrivals ?? [])
    if (other > priority) arrivals += fadedTo(count, now, ARRIVALS_MEMORY_MS);
  return arrivals / (ARRIVALS_MEMORY_MS / 1_000);
}

/** The priority of most who came to a queue of late; 0 before anybody came. */
export function usualPriority(trends: Trends, queue: string, now: number): number {
  let usual = 0;
  let most = 0;
  for (const [priority, count] of trends.get(queue)?.arrivals ?? []) {
    const arrivals = fadedTo(count, now, ARRIVALS_MEMORY_MS);
    if (arrivals <= most) continue;
    usual = priority;
    most = arrivals;
  }
  return usual;
}
