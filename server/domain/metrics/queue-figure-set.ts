/** Every figure of a queue from its sums; of sums over queues, branches and times they are the same (rule SL4). */
import { SERVICE_LEVEL_NAMES } from '#shared/service-level-names.ts';
import { type Figure, type FigureSet, plain, quotient, unknown } from './figure.ts';
import type { FigureId } from './figure-catalogue.ts';
import type { QueueInterval } from './interval.ts';
import { SERVICE_LEVELS } from './service-level.ts';
import { waitQuantile } from './wait-quantile.ts';

/** Fewer tickets than this prove nothing about a wait. */
const ENOUGH_TICKETS = 20;
/** The ticket numbers must have been followed for this share of the time. */
const ENOUGH_TIME = 0.9;

const QUANTILES = { waitP50: 0.5, waitP80: 0.8, waitP95: 0.95 } as const;

/** The figures of these sums. */
export function queueFigures(sums: QueueInterval): FigureSet {
  // A level feed counts no visits: then nobody knows, and 0 would be a lie.
  const known = sums.observedSeconds === 0 || countedAny(sums);
  const count = (id: FigureId, value: number): Figure => plain(id, value, known);
  const ended = sums.answered + sums.abandoned;
  return {
    offered: count('offered', sums.offered),
    answered: count('answered', sums.answered),
    abandoned: count('abandoned', sums.abandoned),
    shortAbandoned: count('shortAbandoned', sums.shortAbandoned),
    rerouted: count('rerouted', sums.rerouted),
    missed: count('missed', sums.missed),
    handled: count('handled', sums.handled),
    rated: count('rated', sums.rated),
    serviceLevel: quotient('serviceLevel', sums.slNumerator, sums.slDenominator),
    ...serviceLevels(sums),
    averageWait: quotient('averageWait', sums.waitSeconds, sums.answered),
    maximumWait: plain('maximumWait', sums.waitSecondsMax, ended > 0),
    ...quantiles(sums),
    totalWait: quotient('totalWait', sums.totalWaitSeconds, sums.answered),
    abandonedWait: quotient('abandonedWait', sums.abandonWaitSeconds, sums.abandoned),
    answerTime: quotient('answerTime', sums.answerSeconds, sums.answerTimes),
    abandonment: quotient('abandonment', sums.abandoned, ended),
    shortAbandonShare: quotient('shortAbandonShare', sums.shortAbandoned, sums.abandoned),
    handleTime: quotient('handleTime', sums.serviceSeconds + sums.wrapUpSeconds, sums.handled),
    handlingTime: quotient('handlingTime', sums.serviceSeconds, sums.handled),
    talkTime: quotient('talkTime', sums.serviceSeconds - sums.holdSeconds, sums.handled),
    holdTime: quotient('holdTime', sums.holdSeconds, sums.handled),
    wrapUpTime: quotient('wrapUpTime', sums.wrapUpSeconds, sums.handled),
    rating: quotient('rating', sums.ratingSum, sums.rated),
    ...byArrival(sums),
    ...observed(sums),
  };
}

const countedAny = (sums: QueueInterval): boolean =>
  sums.offered + sums.answered + sums.abandoned + sums.rerouted + sums.missed + sums.handled + sums.rated > 0;

function serviceLevels(sums: QueueInterval): FigureSet {
  const figures: FigureSet = {};
  for (const name of SERVICE_LEVEL_NAMES) {
    const id = `serviceLevel.${name}` as const;
    const { numerator, denominator } = SERVICE_LEVELS[name](sums);
    figures[id] = quotient(id, numerator, denominator);
  }
  return figures;
}

function quantiles({ waits, waitSecondsMax }: QueueInterval): FigureSet {
  const figures: FigureSet = {};
  for (const [id, share] of Object.entries(QUANTILES) as [keyof typeof QUANTILES, number][]) {
    const quantile = waitQuantile(waits, waitSecondsMax, share);
    figures[id] = quantile ? { ...plain(id, quantile.seconds), error: quantile.errorSeconds } : unknown(id);
  }
  return figures;
}

/** The fate of those who arrived, whenever it came (rule WN1). */
const byArrival = (sums: QueueInterval): FigureSet => ({
  arrivalServiceLevel: quotient('arrivalServiceLevel', sums.arrivedSlNumerator, sums.arrivedSlDenominator),
  arrivalAbandonment: quotient(
    'arrivalAbandonment',
    sums.arrivedAbandoned,
    sums.arrivedAnswered + sums.arrivedAbandoned,
  ),
  arrivalAverageWait: quotient('arrivalAverageWait', sums.arrivedWaitSeconds, sums.arrivedAnswered),
  arrivalAbandonedWait: quotient(
    'arrivalAbandonedWait',
    sums.arrivedAbandonWaitSeconds,
    sums.arrivedAbandoned,
  ),
});

/** What a level feed tells, and what follows from it. */
const observed = (sums: QueueInterval): FigureSet => ({
  observedWaiting: quotient('observedWaiting', sums.observedWaitingSeconds, sums.observedSeconds),
  observedWaitingMax: plain('observedWaitingMax', sums.observedWaitingMax, sums.observedSeconds > 0),
  observedCounters: quotient(
    'observedCounters',
    sums.observedCountersSeconds,
    sums.observedCountersKnownSeconds,
  ),
  observedTickets: plain('observedTickets', sums.observedTickets, sums.observedTicketsKnownSeconds > 0),
  derivedWait: derivedWait(sums),
});

/**
 * Little's law, W = L / λ: people waiting over tickets called in a second. Only where enough tickets were called, over
 * nearly all of the time: the less the queue has grown or shrunk against them, the nearer it is.
 */
function derivedWait(sums: QueueInterval): Figure {
  const { observedSeconds, observedTicketsKnownSeconds, observedTickets } = sums;
  const isFollowed = observedTicketsKnownSeconds >= ENOUGH_TIME * observedSeconds;
  if (observedSeconds <= 0 || !isFollowed || observedTickets < ENOUGH_TICKETS) return unknown('derivedWait');
  const waiting = sums.observedWaitingSeconds / observedSeconds;
  const figure = quotient('derivedWait', waiting * observedTicketsKnownSeconds, observedTickets);
  return { ...figure, derived: true };
}
