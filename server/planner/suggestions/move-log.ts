/** The suggestions of all branches, and how facts about them get into the log. */
import type { MoveStepEvent } from '#shared/moves.ts';
import { isUnderWay, type LiveMove, personOf } from '../../domain/staffing/fold-moves.ts';
import { isCatchingUp } from '../../domain/branch/catching-up.ts';
import type { LiveBranches } from '../../live-branches.ts';
import type { EventLog } from '../../log/event-log.ts';
import type { StaffedHall } from './staffed-hall.ts';

/** In whose name Muster tells of moves. */
const MOVE_SOURCE = 'muster';
const SECOND_MS = 1_000;

export interface MoveLog {
  all(): LiveMove[];
  find(move: string): LiveMove | undefined;
  /** True when this fact was the first of its number: of two at once the log takes one. Throws LogUnavailable. */
  append(branch: string, fact: MoveStepEvent, now: number): Promise<boolean>;
  /** A branch whose figures can be believed now (rule LV3). */
  freshHall(branch: string, now: number): StaffedHall | undefined;
  /** True when somebody is agreed on for a move, or on the way; who has arrived may move on. */
  isTaken(person: string): boolean;
}

export function createMoveLog(parts: {
  branches: LiveBranches;
  log: EventLog;
  /** Resolves when what is in the log is folded. */
  settled: () => Promise<void>;
  /** False while the log cannot be read. */
  isCurrent: () => boolean;
}): MoveLog {
  const { branches, log, settled, isCurrent } = parts;
  const all = (): LiveMove[] =>
    [...branches.ids()].flatMap((id) => [...(branches.get(id)?.live.moves.values() ?? [])]);
  return {
    all,
    find(move) {
      for (const id of branches.ids()) {
        const found = branches.get(id)?.live.moves.get(move);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async append(branch, fact, now) {
      const request = { branch, source: MOVE_SOURCE, receivedAt: now, events: [fact] };
      const [answer] = await log.append([request]);
      await settled();
      return answer?.[0] === true;
    },
    freshHall(branch, now) {
      const hall = branches.get(branch);
      if (hall === undefined || !isCurrent() || isCatchingUp(hall.live.state, now)) return undefined;
      const heard = Math.max(
        -Infinity,
        ...[...hall.live.state.sources.values()].map((each) => each.lastHeardAt),
      );
      return now - heard <= hall.profile.expectedSeconds * SECOND_MS ? hall : undefined;
    },
    isTaken: (person) =>
      all().some(
        ({ suggestion }) =>
          isUnderWay(suggestion) && suggestion.arrivedAt === null && personOf(suggestion) === person,
      ),
  };
}
