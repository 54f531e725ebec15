/** How long a contact keeps its server, learned from the services that ended (rule HT1). */
import type { Channel } from '#shared/events.ts';
import { entry } from '../metrics/entry.ts';
import { normalQuantile } from '../queueing/normal-quantile.ts';
import { addToMean, drawnMean, noMean, type RunningMean } from './fading.ts';

/** What the services of one queue, or of a whole branch, were like; seconds. */
export interface HandlingRecord {
  service: RunningMean;
  squares: RunningMean;
  /** Of the wrap-ups after them, per service. */
  wrapUp: RunningMean;
  /** The newest services, for their quantiles: whole seconds, which take little room. */
  newest: number[];
}

/** By queue; the branch as a whole under {@link WHOLE_BRANCH}. */
export type HandlingRecords = Map<string, HandlingRecord>;

/** How long handling takes, seconds. */
export interface HandlingTime {
  /** Service, hold and wrap-up. */
  mean: number;
  /** Standard deviation of the services over their mean. */
  cv: number;
  /** Services it rests on, those of the whole branch included. */
  known: number;
  /** The service time that is not exceeded with this probability, 0–1 exclusive. */
  quantile(probability: number): number;
}

/** No queue has this name. */
export const WHOLE_BRANCH = '';
/** What is believed of a branch before its first service, seconds. */
const USUAL_SECONDS: Record<Channel, number> = { hall: 300, voice: 200, chat: 480, video: 420 };
const USUAL_CV = 1;
/** Services after which an older one counts e times less. */
const MEMORY = 500;
/** The belief weighs as much as this many services; so does the branch for a queue of which little is known. */
const STRENGTH = 10;
const NEWEST_KEPT = 200;
/** As many services make quantiles of their own. */
const ENOUGH_FOR_QUANTILES = 40;
/** Longer services are mistakes of the source. */
const LONGEST_SECONDS = 4 * 3_600;

const noHandling = (): HandlingRecord => ({
  service: noMean(),
  squares: noMean(),
  wrapUp: noMean(),
  newest: [],
});

/** Takes in a service that ended; the queue may be unknown. */
export function learnService(records: HandlingRecords, queue: string | null, serviceSeconds: number): void {
  const seconds = Math.min(serviceSeconds, LONGEST_SECONDS);
  for (const name of queue === null ? [WHOLE_BRANCH] : [queue, WHOLE_BRANCH]) {
    const record = entry(records, name, noHandling);
    addToMean(record.service, seconds, MEMORY);
    addToMean(record.squares, seconds * seconds, MEMORY);
    addToMean(record.wrapUp, 0, MEMORY);
    record.newest.push(Math.round(seconds));
    if (record.newest.length > NEWEST_KEPT) record.newest.shift();
  }
}

/** Takes in the wrap-up after a service; below zero it takes back what was wrong. */
export function learnWrapUp(records: HandlingRecords, queue: string, wrapUpSeconds: number): void {
  for (const name of [queue, WHOLE_BRANCH]) entry(records, name, noHandling).wrapUp.sum += wrapUpSeconds;
}

/** The handling time of a queue; where little is known of it that of the branch, and before that what is usual. */
export function handlingTime(records: HandlingRecords, queue: string, channel: Channel): HandlingTime {
  const branch = records.get(WHOLE_BRANCH) ?? noHandling();
  const own = records.get(queue) ?? noHandling();
  const usual = USUAL_SECONDS[channel];
  const branchService = drawnMean(branch.service, usual, STRENGTH);
  const service = drawnMean(own.service, branchService, STRENGTH);
  const usualSquare = usual * usual * (1 + USUAL_CV * USUAL_CV);
  const square = drawnMean(own.squares, drawnMean(branch.squares, usualSquare, STRENGTH), STRENGTH);
  const wrapUp = Math.max(0, drawnMean(own.wrapUp, drawnMean(branch.wrapUp, 0, STRENGTH), STRENGTH));
  const cv = Math.sqrt(Math.max(0, square / (service * service) - 1));
  return {
    mean: service + wrapUp,
    cv,
    known: branch.service.weight,
    quantile: (probability) =>
      quantileOf(own.newest, probability) ??
      scaled(quantileOf(branch.newest, probability), service / branchService) ??
      lognormalQuantile(service, cv, probability),
  };
}

const scaled = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;

function quantileOf(values: readonly number[], probability: number): number | null {
  if (values.length < ENOUGH_FOR_QUANTILES) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))] ?? null;
}

function lognormalQuantile(mean: number, cv: number, probability: number): number {
  const variance = Math.log1p(cv * cv);
  return mean * Math.exp(Math.sqrt(variance) * normalQuantile(probability) - variance / 2);
}
