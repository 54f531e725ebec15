/** Warnings of breaches as they are told: what the model says, corrected by what came of earlier ones, which is kept. */
import { WARNING_SECONDS } from '../domain/prediction/foretell.ts';
import type { HallNow, QueueNow } from '../domain/prediction/hall-now.ts';
import { seriesKey } from '../domain/prediction/region-model.ts';
import { followWarnings, newWarningRecord, tellChance } from '../domain/prediction/warning-record.ts';
import type { LearnedWarnings, WarningStore } from './warning-store.ts';

export interface BreachWarnings {
  /** Takes in how a queue is found, and gives the chance to tell of it; `null` when nothing can be told. */
  tell(hall: HallNow, queue: QueueNow, modelChance: number | undefined): number | null;
  /** As told last, 0–1; 0 when nothing was. */
  chanceOf(branch: string, queue: string): number;
  /** Keeps what was learned; as often as it is worth it, or `atOnce`. */
  keep(at: number, atOnce?: boolean): void;
  /** What came of those that were told. */
  learned: LearnedWarnings;
}

/** What came of warnings is kept this often, ms. */
const KEEP_EVERY_MS = 60_000;

export function createBreachWarnings(store: WarningStore): BreachWarnings {
  const record = { ...newWarningRecord(), ...store.read() };
  const chances = new Map<string, number>();
  let keptAt = -Infinity;
  return {
    learned: record,
    tell({ branch, at }, queue, modelChance) {
      const look = { ...queue, key: seriesKey(branch, queue.id), at };
      followWarnings(record, look, WARNING_SECONDS * 1_000);
      chances.delete(look.key);
      if (!queue.isKnown || modelChance === undefined) return null;
      const chance = tellChance(record, look, modelChance, isLate(queue));
      chances.set(look.key, chance);
      return chance;
    },
    chanceOf: (branch, queue) => chances.get(seriesKey(branch, queue)) ?? 0,
    keep(at, atOnce = false) {
      if (!atOnce && at - keptAt < KEEP_EVERY_MS) return;
      keptAt = at;
      store.write(record);
    },
  };
}

const isLate = ({ waitedSeconds, targetSeconds }: QueueNow): boolean =>
  (waitedSeconds[0] ?? 0) > targetSeconds;
