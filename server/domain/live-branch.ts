/** A branch as it is kept live: its facts folded, its figures counted, and how far the log has been read. */
import type { LoggedEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { evolve } from './branch/evolve.ts';
import type { Outcome } from './branch/outcome.ts';
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

/** Folds the next event of the branch; what it made countable, or `null` when it was folded before and changed nothing. */
export function advance(
  branch: LiveBranch,
  profile: BranchProfile,
  logged: LoggedEvent,
): readonly Outcome[] | null {
  if (logged.version <= branch.version) return null;
  const outcomes = evolve(branch.state, logged);
  turnDay(branch.figures, profile, branch.state.now);
  for (const outcome of outcomes) recordOutcome(branch.figures, profile, outcome, branch.state.now);
  branch.version = logged.version;
  return outcomes;
}
