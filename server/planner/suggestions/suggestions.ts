/** Staffing suggestions of one server: planned, followed through their lives, and decided by people. */
import type { BranchProfile } from '#shared/network.ts';
import type { QueueOutlook } from '#shared/planning.ts';
import type { SuggestionRecordAnswer } from '#shared/suggestions.ts';
import type { Clock } from '../../clock.ts';
import type { HistoryReader } from '../../history/store.ts';
import type { LiveBranches } from '../../live-branches.ts';
import type { EventLog } from '../../log/event-log.ts';
import type { Logger } from '../../logger.ts';
import { moveRecord } from '../../reports/move-record.ts';
import type { StaffingStore } from '../../staffing-store.ts';
import type { Foresight } from '../foresight.ts';
import { createMoveDuty } from './move-duty.ts';
import { createMoveLog } from './move-log.ts';
import { createSuggestionDesk, type SuggestionDesk } from './suggestion-desk.ts';
import { createSuggestionPlanner } from './suggestion-planner.ts';

export interface Suggestions {
  desk: SuggestionDesk;
  /** When the last plan was made, epoch ms. */
  plannedAt: () => number | null;
  /** How promises came true. Throws HistoryUnavailable. */
  record: (branches: readonly BranchProfile[]) => Promise<SuggestionRecordAnswer>;
  /** Predictions that were renewed: when a breach has become likely the next plan comes sooner. */
  lookAt(outlooks: readonly QueueOutlook[]): void;
  /** To be called every {@link SUGGESTION_TICK_MS}. */
  tick(): Promise<void>;
}

export const SUGGESTION_TICK_MS = 1_000;
/** From this chance on a breach is likely. */
const LIKELY = 0.5;

export function createSuggestions(parts: {
  branches: LiveBranches;
  log: EventLog;
  staffing: StaffingStore;
  foresight: Foresight;
  history: Pick<HistoryReader, 'queueIntervals' | 'moves'>;
  projectedTo: () => number;
  settled: () => Promise<void>;
  isCurrent: () => boolean;
  clock: Clock;
  logger: Logger;
}): Suggestions {
  const moves = createMoveLog(parts);
  const planner = createSuggestionPlanner({ ...parts, moves });
  const duty = createMoveDuty({ ...parts, moves });
  const likely = new Set<string>();
  return {
    desk: createSuggestionDesk({ moves, clock: parts.clock, agreed: planner.hurry }),
    plannedAt: planner.plannedAt,
    record: (profiles) => moveRecord(parts.history, profiles, parts.clock.now()),
    lookAt(outlooks) {
      for (const { branch, queue, breachProbability } of outlooks) {
        const key = JSON.stringify([branch, queue]);
        if (breachProbability < LIKELY) likely.delete(key);
        else if (!likely.has(key)) {
          likely.add(key);
          planner.hurry();
        }
      }
    },
    async tick() {
      await Promise.all([duty.tick(), planner.tick()]);
    },
  };
}
