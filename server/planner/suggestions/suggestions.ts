/** Staffing suggestions of one server: planned, followed through their lives, and decided by people. */
import type { BranchProfile } from '#shared/network.ts';
import type { QueueOutlook } from '#shared/planning.ts';
import type { SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type { Clock } from '../../clock.ts';
import type { AgreedChange } from '../../domain/queueing/agreed-change.ts';
import { agreedChanges } from '../../domain/staffing/agreed-changes.ts';
import type { LiveMove } from '../../domain/staffing/fold-moves.ts';
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
  /** All of them, with where they are in their lives. */
  moves: () => readonly LiveMove[];
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
  /** Hears of each branch that somebody was agreed on to come to or to leave, or not any more. */
  staffChanged: (branch: string) => void;
  isCurrent: () => boolean;
  clock: Clock;
  logger: Logger;
}): Suggestions {
  const moves = createMoveLog(parts);
  let agreed: ReadonlyMap<string, readonly AgreedChange[]> = new Map();

  /** Lets predictions know who comes and goes; those of branches where that is another one than before are renewed. */
  const agree = (): void => {
    const before = agreed;
    agreed = agreedChanges(moves.all(), parts.clock.now());
    for (const id of new Set([...before.keys(), ...agreed.keys()])) {
      const branch = parts.branches.get(id);
      const changes = agreed.get(id) ?? [];
      if (branch === undefined) continue;
      branch.agreed = changes;
      if (!isSameStaff(before.get(id) ?? [], changes)) parts.staffChanged(id);
    }
  };
  const planner = createSuggestionPlanner({ ...parts, moves });
  const duty = createMoveDuty({ ...parts, moves });
  const likely = new Set<string>();
  return {
    desk: createSuggestionDesk({
      moves,
      clock: parts.clock,
      told: (word) => {
        agree();
        if (word === 'accept') planner.moveIsAgreed();
      },
    }),
    moves: moves.all,
    plannedAt: planner.plannedAt,
    record: (profiles) => moveRecord(parts.history, profiles, parts.clock.now()),
    lookAt(outlooks) {
      for (const { branch, queue, breachProbability } of outlooks) {
        const key = JSON.stringify([branch, queue]);
        if (breachProbability < LIKELY) likely.delete(key);
        else if (!likely.has(key)) {
          likely.add(key);
          planner.breachIsLikely();
        }
      }
    },
    async tick() {
      await Promise.all([duty.tick(), planner.tick()]);
      agree();
    },
  };
}

/** The same people, though what was due then may be due now. */
const isSameStaff = (before: readonly AgreedChange[], after: readonly AgreedChange[]): boolean =>
  before.length === after.length &&
  before.every(({ change, queues }, i) => change === after[i]?.change && queues === after[i].queues);
