/** Whether what is told of a branch is of now. */
import type { BranchState } from './state.ts';

/** What is told of a branch is this far behind while it is made up for, ms. */
const BEHIND_MS = 5 * 60_000;
const SECOND_MS = 1_000;

/**
 * Until when a branch has told what happened, epoch ms, once it is behind by more than a source may be silent (rule LV3);
 * `null` as long as it is told of up to now, or was never told of. What comes after that is not known, which is not nothing.
 */
export function toldUntil({ now: told }: BranchState, expectedSeconds: number, now: number): number | null {
  return told > 0 && now - told > expectedSeconds * SECOND_MS ? told : null;
}

/** True while a branch is told of what happened long ago: after an outage, or when a day is loaded. Nothing is so now. */
export function isCatchingUp(state: BranchState, now: number): boolean {
  if (now - state.now <= BEHIND_MS) return false;
  return [...state.sources.values()].some(({ lastHeardAt }) => now - lastHeardAt <= BEHIND_MS);
}
