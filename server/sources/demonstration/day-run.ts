import type { SourceEventInput } from '#shared/events.ts';

/** A fact with its time in epoch milliseconds (or, in a recorded day, milliseconds after local midnight). */
export type TimedFact = SourceEventInput & { at: number };

/** One branch on one local day, told step by step. */
export interface DayRun {
  branch: string;
  /** Facts up to and including this time that were not given before, in order of time. */
  advanceTo(timeMs: number): TimedFact[];
  readonly isOver: boolean;
}

/** Replays facts that are known beforehand, in order of time. */
export function replay(branch: string, facts: readonly TimedFact[]): DayRun {
  let told = 0;
  return {
    branch,
    get isOver() {
      return told === facts.length;
    },
    advanceTo(timeMs) {
      const from = told;
      while ((facts[told]?.at ?? Infinity) <= timeMs) told += 1;
      return facts.slice(from, told);
    },
  };
}
