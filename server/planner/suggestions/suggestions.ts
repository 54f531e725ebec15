/** Staffing suggestions of one server: planned, followed through their lives, and decided by people. */
import type { BranchProfile } from '#shared/network.ts';
import type { QueueOutlook } from '#shared/planning.ts';
import type { SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type { Clock } from '../../clock.ts';
import type { AgreedHere } from '../../domain/queueing/agreed-change.ts';
import { agreedChanges } from '../../domain/staffing/agreed-changes.ts';
import { agreedSteering } from '../../domain/staffing/agreed-steering.ts';
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
  /** Hears of each branch that somebody, staff or customers, was agreed on to come to or to leave, or not any more. */
  agreedChanged: (branch: string) => void;
  isCurrent: () => boolean;
  clock: Clock;
  logger: Logger;
}): Suggestions {
  const moves = createMoveLog(parts);

  /** Branches where anybody was agreed on when that was looked at last. */
  let agreedAt: ReadonlySet<string> = new Set();

  /** Lets predictions know who comes and goes; those of branches where that is another one than before are renewed. */
  const agree = (): void => {
    const now = parts.clock.now();
    const staff = agreedChanges(moves.all(), now);
    const steering = agreedSteering(moves.all(), now);
    const here = new Set([...staff.keys(), ...steering.keys()]);
    for (const id of here.union(agreedAt)) {
      const branch = parts.branches.get(id);
      if (branch === undefined) continue;
      const before = branch.agreed;
      branch.agreed = { staff: staff.get(id) ?? [], steering: steering.get(id) ?? [] };
      if (!isSame(before, branch.agreed)) parts.agreedChanged(id);
    }
    agreedAt = here;
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

/** The same people and customers, though what was due then may be due now. */
const isSame = (before: AgreedHere, after: AgreedHere): boolean =>
  before.staff.length === after.staff.length &&
  before.staff.every(
    ({ change, queues }, i) => change === after.staff[i]?.change && queues === after.staff[i].queues,
  ) &&
  before.steering.length === after.steering.length &&
  before.steering.every(
    ({ queue, from, to }, i) =>
      queue === after.steering[i]?.queue && from === after.steering[i].from && to === after.steering[i].to,
  );
