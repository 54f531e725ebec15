/** The facts that tell the life of a suggestion (rules GD5, GD6): Muster's own, in the log of the branch it helps. */
import type { Lever } from './levers.ts';
import type {
  CancelReason,
  Proposal,
  RejectReason,
  SuggestionOutcome,
  SuggestionStatus,
  Verdict,
} from './suggestions.ts';

/** A suggestion as history keeps it; waits in seconds, times epoch ms, `null` what did not happen. */
export interface MoveRecord {
  move: string;
  lever: Lever;
  person: string;
  fromBranch: string;
  toBranch: string;
  status: SuggestionStatus;
  proposedAt: number;
  acceptedAt: number | null;
  acceptedBy: string | null;
  rejectedBy: string | null;
  rejectReason: string | null;
  helps: number;
  promisedLow: number | null;
  promisedMiddle: number | null;
  promisedHigh: number | null;
  measuredAt: number | null;
  measured: number | null;
  customers: number | null;
  noChangeLow: number | null;
  noChangeMiddle: number | null;
  noChangeHigh: number | null;
  verdict: Verdict | null;
  savedLow: number | null;
  savedMiddle: number | null;
  savedHigh: number | null;
}

/** What a promise is measured against later: the hall as it was seen when the move was proposed. */
export interface MoveBasis {
  /** Place whose waits are measured. */
  branch: string;
  queues: string[];
  hall: HallBasis;
}

/** A hall and its committed staff; times in seconds, rates per second, queues of groups by their place in the list. */
export interface HallBasis {
  queues: {
    id: string;
    serviceSeconds: number;
    serviceVariation: number;
    /** Of those who wait; 0 where nobody leaves. */
    leaveRate: number;
    targetSeconds: number;
    /** How long those who wait have waited. */
    waitedSeconds: number[];
  }[];
  groups: {
    serves: number[];
    /** From then on so many. */
    staff: [from: number, servers: number][];
    inService: [queue: number, elapsedSeconds: number][];
  }[];
}

interface Step {
  /** `<move>.<n>`, its n-th step: of two at once the log takes one. */
  id: string;
  at: number;
  move: string;
}

/** The facts of a suggestion's life; without `by` they happened by themselves. */
export type MoveStepEvent =
  | (Step & { type: 'move.proposed'; proposal: Proposal; basis: MoveBasis })
  | (Step & { type: 'move.accepted'; by: string; option: number; undoSeconds?: number })
  | (Step & { type: 'move.undone'; by: string })
  | (Step & { type: 'move.cancelled'; reason: CancelReason })
  | (Step & { type: 'move.rejected'; by: string; reason: RejectReason; text: string })
  | (Step & { type: 'move.recalled'; by: string })
  /** `null`: the sources saw it; what was moved within a hall has become its new state. */
  | (Step & { type: 'move.started' | 'move.arrived' | 'move.returned'; by: string | null })
  | (Step & { type: 'move.late' | 'move.expired' | 'move.superseded' })
  | (Step & { type: 'move.measured'; outcome: SuggestionOutcome });

/** True of the facts about moves. */
export const isMoveEvent = (event: { type: string }): event is MoveStepEvent =>
  event.type.startsWith('move.');
