/** Warnings of breaches beside what came of them: each is scored when its time is over, and later ones corrected. */
import {
  type ChanceCorrection,
  corrected,
  learnChance,
  noCorrection,
  noReliability,
  type Reliability,
  scoreWarning,
} from './reliability.ts';

/** Warnings of one network: what they are worth, and the correction made from it. */
export interface WarningRecord {
  /** As they were told. */
  told: Reliability;
  correction: ChanceCorrection;
  /** Warnings whose time is not over, by queue. */
  open: Map<string, OpenWarning[]>;
}

interface OpenWarning {
  at: number;
  /** Of the model, and as told; 0–1. */
  chance: number;
  told: number;
  cameTrue: boolean;
}

/** Warnings of a queue that are scored are at least this far apart, ms. */
const APART_MS = 300_000;
/** How much of a warning of its own one of them is: those of half an hour tell mostly of the same. */
const WEIGHT = 0.3;

export const newWarningRecord = (): WarningRecord => ({
  told: noReliability(),
  correction: noCorrection(),
  open: new Map(),
});

/** What a queue was found like. */
export interface Look {
  /** Names the queue of the hall. */
  key: string;
  at: number;
  /** True when its source can be believed. */
  isKnown: boolean;
  /** True when somebody has waited too long since it was last looked at. */
  wasLate: boolean;
}

/** Takes in how a queue was found: warnings come true, or their time of `withinMs` is over. */
export function followWarnings(
  record: WarningRecord,
  { key, at, isKnown, wasLate }: Look,
  withinMs: number,
): void {
  const open = record.open.get(key);
  if (open === undefined) return;
  // Of a silent source nobody will know what came.
  if (!isKnown) {
    record.open.delete(key);
    return;
  }
  const still: OpenWarning[] = [];
  for (const warning of open) {
    if (wasLate && at <= warning.at + withinMs + APART_MS / 2) warning.cameTrue = true;
    if (at < warning.at + withinMs) still.push(warning);
    else {
      scoreWarning(record.told, warning.told, warning.cameTrue);
      learnChance(record.correction, warning.chance, warning.cameTrue, WEIGHT);
    }
  }
  record.open.set(key, still);
}

/** The chance to tell; it is kept to be scored unless the breach is there already. */
export function tellChance(
  record: WarningRecord,
  { key, at }: Look,
  chance: number,
  isLate: boolean,
): number {
  const told = corrected(record.correction, chance);
  if (isLate) return 1;
  const open = record.open.get(key) ?? [];
  if (at - (open.at(-1)?.at ?? -Infinity) >= APART_MS) {
    open.push({ at, chance, told, cameTrue: false });
    record.open.set(key, open);
  }
  return told;
}
