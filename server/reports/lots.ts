/** A long question in lots of bounded size, each of whole steps, so that no read holds up the server. */
import type { BranchProfile } from '#shared/network.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import type { Slot } from './calendar.ts';

/** Quarter-hours or days of a branch that one read may cover; each is a row of every queue, agent or counter. */
const LOT_STEPS = 100;
const LOT_MS = LOT_STEPS * INTERVAL_MS;

export interface Lot<Span> {
  branches: readonly BranchProfile[];
  span: Span;
}

/** Lots of quarter-hours; times are cut where `slotAt` says that a step begins. */
export function* timeLots(
  profiles: readonly BranchProfile[],
  span: Slot,
  slotAt: (at: number) => Slot,
): Generator<Lot<Slot>> {
  const steps = (span.to - span.from) / INTERVAL_MS;
  for (const branches of inGroups(profiles, Math.max(1, Math.floor(LOT_STEPS / steps)))) {
    for (let from = span.from; from < span.to;) {
      const to = from + LOT_MS < span.to ? slotAt(from + LOT_MS).from : span.to;
      yield { branches, span: { from, to } };
      from = to;
    }
  }
}

export interface Days {
  fromDay: number;
  toDay: number;
}

/** Lots of days. */
export function* dayLots(profiles: readonly BranchProfile[], { fromDay, toDay }: Days): Generator<Lot<Days>> {
  for (const branches of inGroups(profiles, Math.max(1, Math.floor(LOT_STEPS / (toDay - fromDay))))) {
    for (let from = fromDay; from < toDay; from += LOT_STEPS)
      yield { branches, span: { fromDay: from, toDay: Math.min(toDay, from + LOT_STEPS) } };
  }
}

function* inGroups<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
