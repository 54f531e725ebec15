/** What lies ahead of each queue, as the planner last foretold it: kept in memory beside the branch. */
import type { HallOutlook, QueueOutlook } from '#shared/planning.ts';
import type { LiveBranches } from '../live-branches.ts';

/** What is expected of one queue. */
export type QueuePrediction = QueueOutlook;

/** Where predictions are looked up, and put. */
export interface Predictions {
  /** `undefined` when nothing was foretold, or nothing can be: a silent source, a feed that names nobody. */
  queue(branch: string, queue: string): QueuePrediction | undefined;
  /** All that is foretold of a branch. */
  of(branch: string): readonly QueuePrediction[];
  /** Replaces everything foretold of a branch. */
  replace(branch: string, outlook: HallOutlook): void;
}

/** The predictions of these branches. */
export function createPredictions(branches: LiveBranches): Predictions {
  const of = (branch: string): readonly QueuePrediction[] => branches.get(branch)?.outlook.queues ?? [];
  return {
    of,
    queue: (branch, queue) => of(branch).find((each) => each.queue === queue),
    replace(branch, outlook) {
      const known = branches.get(branch);
      if (known !== undefined) known.outlook = outlook;
    },
  };
}
