/** Figures of agents and counters from their sums; of several of them they are the same. */
import type { BranchProfile } from '#shared/network.ts';
import { openMs } from '../branch/opening-hours.ts';
import { type FigureSet, plain, quotient } from './figure.ts';
import {
  AGENT_ACTIVITIES,
  type AgentInterval,
  COUNTER_ACTIVITIES,
  type CounterInterval,
} from './interval.ts';

const SECOND_MS = 1_000;
const sumOf = (spentMs: Readonly<Record<string, number>>): number =>
  Object.values(spentMs).reduce((sum, ms) => sum + ms, 0);

/** Figures of an agent, or of several (rules OC1, HT1). */
export function agentFigures({
  spentMs,
  handled,
  serviceSeconds,
  holdSeconds,
  wrapUpSeconds,
}: AgentInterval): FigureSet {
  const busyMs = spentMs.serving + spentMs.wrapUp;
  const signedInMs = sumOf(spentMs);
  const figures: FigureSet = {
    occupancy: quotient('occupancy', busyMs, busyMs + spentMs.available),
    utilisation: quotient('utilisation', busyMs + spentMs.available, signedInMs),
    signedInTime: plain('signedInTime', signedInMs / SECOND_MS),
    handled: plain('handled', handled),
    handleTime: quotient('handleTime', serviceSeconds + wrapUpSeconds, handled),
    handlingTime: quotient('handlingTime', serviceSeconds, handled),
    talkTime: quotient('talkTime', serviceSeconds - holdSeconds, handled),
    holdTime: quotient('holdTime', holdSeconds, handled),
    wrapUpTime: quotient('wrapUpTime', wrapUpSeconds, handled),
  };
  for (const activity of AGENT_ACTIVITIES) {
    const id = `agentTime.${activity}` as const;
    figures[id] = quotient(id, spentMs[activity], signedInMs);
  }
  return figures;
}

/**
 * Figures of a counter, or of several (rule OC2). `possibleMs` is how long they might have been open: see
 * {@link possibleOpenMs}.
 */
export function counterFigures({ spentMs, openInHoursMs }: CounterInterval, possibleMs: number): FigureSet {
  const openTimeMs = spentMs.serving + spentMs.wrapUp + spentMs.idle;
  const figures: FigureSet = {
    counterUse: quotient('counterUse', spentMs.serving, openTimeMs),
    openingRate: quotient('openingRate', openInHoursMs, possibleMs),
    openTime: plain('openTime', openTimeMs / SECOND_MS),
  };
  const knownMs = sumOf(spentMs);
  for (const activity of COUNTER_ACTIVITIES) {
    const id = `counterTime.${activity}` as const;
    figures[id] = quotient(id, spentMs[activity], knownMs);
  }
  return figures;
}

/** How long this many counters might have been open in [`from`, `to`): while the hall was, ms. */
export const possibleOpenMs = (profile: BranchProfile, counters: number, from: number, to: number): number =>
  counters * openMs(profile, from, to);
