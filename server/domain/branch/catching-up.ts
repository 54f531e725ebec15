/** Whether what is told of a branch is of now. */
import type { BranchState } from './state.ts';

/** What is told of a branch is this far behind while it is made up for, ms. */
const BEHIND_MS = 5 * 60_000;

/** True while a branch is told of what happened long ago: after an outage, or when a day is loaded. Nothing is so now. */
export function isCatchingUp(state: BranchState, now: number): boolean {
  if (now - state.now <= BEHIND_MS) return false;
  return [...state.sources.values()].some(({ lastHeardAt }) => now - lastHeardAt <= BEHIND_MS);
}
