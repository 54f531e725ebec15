/** What a split says: busy or slow, both or neither, and what to name as its cause (rule GD7). */
import {
  type Driver,
  type DriverFacts,
  type DriverMessage,
  DRIVERS,
  type DriverVerdict,
  type WaitParts,
} from '#shared/drivers.ts';

export interface Judged {
  verdict: DriverVerdict;
  /** What made the wait longer, the largest first. */
  causes: Driver[];
  message: DriverMessage;
}

/** A wait of fewer than so many people is chance. */
const ENOUGH_ANSWERED = 5;
/** Nobody minds less, seconds. */
const LEAST_EXCESS_SECONDS = 30;
/** Waits and arrivals are unusual beyond so many standard errors; by chance alone one simulated day in ten waits longer. */
const CLEAR_DEVIATIONS = 2;
/** A cause is named beyond so many of its own standard errors. */
const NAMED_DEVIATIONS = 1;
/** A cause that makes less than this share of the excess is not named. */
const LEAST_SHARE = 0.25;
/** Counters missing for less than this are an opening a little late, a pause a little long. */
const LEAST_COUNTERS = 0.25;
/** Standard deviation over mean of handling times; history keeps their sums only. */
const HANDLING_VARIATION = 1;

/** What can be told apart from chance. */
export interface Evidence {
  measuredSeconds: number;
  usualSeconds: number;
  answered: number;
  /** How far the wait lies from its usual on one day, seconds, as a standard deviation. */
  scatterSeconds: number;
  parts: WaitParts;
  facts: DriverFacts;
  /** Days behind what is usual. */
  days: number;
}

/** The verdict on one wait. */
export function judge({ answered, measuredSeconds, usualSeconds, ...evidence }: Evidence): Judged {
  const { scatterSeconds, parts, facts, days } = evidence;
  if (answered < ENOUGH_ANSWERED) return { verdict: 'unknown', causes: [], message: 'tooFewAnswered' };
  const excess = measuredSeconds - usualSeconds;
  // Waits scatter at least like their mean, as waits in a queue do.
  const scatter = Math.max(scatterSeconds, usualSeconds / Math.sqrt(answered));
  const clearly = CLEAR_DEVIATIONS * scatter * Math.sqrt(1 + 1 / days);
  if (excess < Math.max(LEAST_EXCESS_SECONDS, clearly)) {
    const isBusy = deviation(facts, 'arrivals', days) > CLEAR_DEVIATIONS;
    const verdict = isBusy ? 'busyNotSlow' : 'usual';
    return { verdict, causes: [], message: verdict };
  }
  const causes = DRIVERS.filter(
    (driver) => parts[driver] >= LEAST_SHARE * excess && deviation(facts, driver, days) > NAMED_DEVIATIONS,
  ).sort((a, b) => parts[b] - parts[a]);
  const [main] = causes;
  if (main === undefined || parts.rest > parts[main])
    return { verdict: 'unknown', causes, message: 'slowUnexplained' };
  const message = messageOf(main, facts);
  return { verdict: main === 'arrivals' ? 'busyAndSlow' : 'slowNotBusy', causes, message };
}

function messageOf(main: Driver, { counters }: DriverFacts): DriverMessage {
  switch (main) {
    case 'arrivals':
      return 'busyAndSlow';
    case 'handling':
      return 'slowByHandling';
    case 'counters':
      return counters.against === 'plan' ? 'slowByCountersAgainstPlan' : 'slowByCountersAgainstUsual';
    default:
      return main satisfies never;
  }
}

/** By how many standard errors a driver is on the side that makes waits longer. */
function deviation(
  { arrivals, handling, counters, handled }: DriverFacts,
  driver: Driver,
  days: number,
): number {
  switch (driver) {
    case 'arrivals': {
      // Counts scatter like Poisson ones, those of the usual days as their mean.
      const error = Math.sqrt(Math.max(1, arrivals.expected * (1 + 1 / days)));
      return (arrivals.actual - arrivals.expected) / error;
    }
    case 'handling': {
      const error = (HANDLING_VARIATION * handling.expected) / Math.sqrt(Math.max(1, handled));
      return (handling.actual - handling.expected) / error;
    }
    case 'counters':
      return (counters.expected - counters.actual) / LEAST_COUNTERS;
    default:
      return driver satisfies never;
  }
}
