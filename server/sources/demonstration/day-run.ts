import type { SourceEventInput } from '#shared/events.ts';

/** A fact with its time in epoch milliseconds (or, in a recorded day, milliseconds after local midnight). */
export type TimedFact = SourceEventInput & { at: number };

/** One branch on one local day, told step by step. */
export interface DayRun {
  branch: string;
  /** Facts due up to and including this time that were not given before, in the order they are due. */
  advanceTo(timeMs: number): DueFact[];
  readonly isOver: boolean;
}

/** A fact and when it is due; `event.at` says the same unless the source's clock is wrong. */
export interface DueFact {
  dueAt: number;
  event: TimedFact;
}

/** Replays facts that are known beforehand, in order of time. */
export function replay(branch: string, facts: readonly DueFact[]): DayRun {
  let told = 0;
  return {
    branch,
    get isOver() {
      return told === facts.length;
    },
    advanceTo(timeMs) {
      const from = told;
      while ((facts[told]?.dueAt ?? Infinity) <= timeMs) told += 1;
      return facts.slice(from, told);
    },
  };
}
