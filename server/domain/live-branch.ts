/** A branch as it is kept live: its facts folded, its figures counted, and how far the log has been read. */
import { isAlertEvent } from '#shared/alerts.ts';
import type { LoggedEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { isMoveEvent } from '#shared/moves.ts';
import { foldAlert } from './alerts/fold.ts';
import { type BranchAlerts, noAlerts } from './alerts/state.ts';
import { evolve } from './branch/evolve.ts';
import type { Outcome } from './branch/outcome.ts';
import { type BranchState, initialState } from './branch/state.ts';
import { type BranchFigures, noFigures, recordOutcome, turnDay } from './metrics/figures.ts';
import { type BranchMoves, foldMove } from './staffing/fold-moves.ts';
import { followWaits } from './waits/follow.ts';
import { newWaitRecord, type WaitRecord } from './waits/wait-record.ts';

export interface LiveBranch {
  /** Version of the last event folded. */
  version: number;
  state: BranchState;
  figures: BranchFigures;
  alerts: BranchAlerts;
  /** Suggestions that help this branch. */
  moves: BranchMoves;
  /** What was learned about waits. */
  waits: WaitRecord;
}

/** Rest after an estimate to learn from, for each server and each customer who waits, ms. */
const WAITS_REST_MS = 600;

export const newBranch = (profile: BranchProfile): LiveBranch => ({
  version: 0,
  state: initialState(profile.channel),
  figures: noFigures(),
  waits: newWaitRecord(profile.channel),
  alerts: noAlerts(),
  moves: new Map(),
});

/** Folds the next event of the branch; what it made countable, or `null` when it was folded before and changed nothing. */
export function advance(
  branch: LiveBranch,
  profile: BranchProfile,
  logged: LoggedEvent,
): readonly Outcome[] | null {
  if (logged.version <= branch.version) return null;
  if (isAlertEvent(logged.event)) {
    branch.version = logged.version;
    const change = foldAlert(branch.alerts, logged.event);
    return change === null ? [] : [{ kind: 'alert', ...change }];
  }
  if (isMoveEvent(logged.event)) {
    branch.version = logged.version;
    const record = foldMove(branch.moves, profile.id, logged.event);
    return record === null ? [] : [{ kind: 'move', record }];
  }
  const outcomes = evolve(branch.state, logged);
  turnDay(branch.figures, profile, branch.state.now);
  for (const outcome of outcomes) recordOutcome(branch.figures, profile, outcome, branch.state.now);
  followWaits(branch.waits, branch.state, profile, logged, outcomes, WAITS_REST_MS);
  branch.version = logged.version;
  return outcomes;
}
