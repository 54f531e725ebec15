/** A branch as it is kept live: its facts folded, its figures counted, and how far the log has been read. */
import type { LoggedEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { evolve } from './branch/evolve.ts';
import { type BranchState, initialState } from './branch/state.ts';
import { type BranchFigures, noFigures, recordOutcome, turnDay } from './metrics/figures.ts';

export interface LiveBranch {
  /** Version of the last event folded. */
  version: number;
  state: BranchState;
  figures: BranchFigures;
}

export const newBranch = (profile: BranchProfile): LiveBranch => ({
  version: 0,
  state: initialState(profile.channel),
  figures: noFigures(),
});

/** Folds the next event of the branch; one that was folded before changes nothing. True when it was new. */
export function advance(branch: LiveBranch, profile: BranchProfile, logged: LoggedEvent): boolean {
  if (logged.version <= branch.version) return false;
  const outcomes = evolve(branch.state, logged);
  turnDay(branch.figures, profile, branch.state.now);
  for (const outcome of outcomes) recordOutcome(branch.figures, profile, outcome, branch.state.now);
  branch.version = logged.version;
  return true;
}
