/**
 * Staffing suggestions: what is proposed, what people do with it, what it promised and what came of it (rules GD1–GD6).
 * A suggestion belongs to the branch it helps; its facts stand in the log of that branch.
 *
 * | route, under `/api/v1` | body or query | answer |
 * |---|---|---|
 * | GET  /suggestions | SuggestionsQuery | SuggestionsAnswer: those of the places, giving or receiving, the latest first |
 * | GET  /suggestions/record | SuggestionsQuery | SuggestionRecordAnswer |
 * | GET  /suggestions/:id | | { suggestion: Suggestion } |
 * | POST /suggestions/:id/:command | the fields of the command | { suggestion: Suggestion } as it stands then |
 * | GET, PUT /staffing-world | StaffingWorld | StaffingWorld |
 * | POST /staffing-world/tables | StaffingTables | { rows, branches, agents }, or 422 with `faults: StaffingFault[]` |
 *
 * A command that is so already answers as if it had been done. 409 says by `field` what stands in the way:
 * see {@link SUGGESTION_CONFLICTS}; the suggestion, asked for again, says who did what and when.
 */
import { z } from 'zod';
import { Id, Text } from './ids.ts';
import type { Lever } from './levers.ts';
import { LEAST_UNDO_SECONDS, MOST_UNDO_SECONDS } from './undo-window.ts';
import type { StaffingFact } from './staffing-facts.ts';

/**
 * `proposed` waits for an answer; `accepted`, `started`, `late` (cannot be there in time) and `arrived` are under way;
 * the others are over.
 */
export type SuggestionStatus =
  | 'proposed'
  | 'accepted'
  | 'started'
  | 'late'
  | 'arrived'
  | 'returned'
  | 'rejected'
  | 'expired'
  | 'superseded'
  | 'recalled';

/** What holds in 80 % of cases, and the middle. */
export interface PromisedRange {
  low: number;
  middle: number;
  high: number;
}

/** Mean wait, seconds, of those who arrive in a time: as things stand, and with the move. */
export interface WaitPair {
  without: PromisedRange;
  with: PromisedRange;
}
export interface CurvePoint extends WaitPair {
  /** Middle of a quarter-hour, epoch ms. */
  at: number;
}

/** People serve pools of queues; `pool` is `null` for the back office and for who serves none. */
export interface SuggestedPlace {
  branch: string;
  nameZh: string;
  nameEn: string;
  pool: string | null;
  queues: string[];
  queuesZh: string;
  queuesEn: string;
  /** Longest wait the branch promises there, seconds. */
  targetSeconds: number | null;
}

export interface MovePromised {
  /** Those who arrive within are promised these waits, epoch ms. */
  from: number;
  to: number;
  /** `null` where nobody is expected, or the move touches no such side. */
  receiver: WaitPair | null;
  giver: WaitPair | null;
  /** Waiting saved in both places together, net of the move's own cost; customer-minutes over the horizon. */
  saved: PromisedRange;
  /** Chance that it saves more than it costs, 0–1. */
  helps: number;
  /** If the person is so much later than planned. */
  late: { minutes: number; saved: PromisedRange; helps: number } | null;
  curves: { receiver: CurvePoint[]; giver: CurvePoint[] };
}

/** Customers who follow an announcement. */
export interface Steering {
  /** Of those who come, so many are taken to follow (0–1, by policy), and how many that is expected to be. */
  share: number;
  followers: number;
  /** Mean waits, seconds: here as things stand, there with those who follow, the way included. */
  hereSeconds: number;
  thereSeconds: number;
}

/** One way to meet the need. */
export interface MoveOption {
  lever: Lever;
  /** `null` where customers are steered. */
  person: { id: string; name: string; home: string } | null;
  /** Where the person is, the same place as `to` when a break moves; where customers are steered, the place they go to. */
  from: SuggestedPlace;
  /** Minutes until the person serves; the customers' way. */
  minutes: number;
  /** `null` where nobody is steered. */
  steer: Steering | null;
  /** Of `shiftBreak`, epoch ms and minutes. */
  breakShift: { from: number; to: number; minutes: number } | null;
  /** Customer-minutes over the horizon: what one place gains, the other loses, and the move itself costs. */
  gain: number;
  loss: number;
  cost: number;
  promise: MovePromised;
  giverFact: StaffingFact | null;
  breaks: StaffingFact[];
}

/** What a person gave as the reason for saying no. */
export const REJECT_REASONS = [
  'personUnavailable',
  'tooFar',
  'improved',
  'skillMismatch',
  'arrangedOtherwise',
  'wrongData',
  'affectsStaff',
  'other',
] as const;
export const RejectReason = z.enum(REJECT_REASONS);
export type RejectReason = z.infer<typeof RejectReason>;

/** Why it was taken back by itself within the time for undoing. */
export type CancelReason = 'dataStale';

/** Commands by the word in the address. Nothing is needed but what stands here; unknown fields are refused. */
export const SuggestionCommand = z.discriminatedUnion('do', [
  /** Takes one of the options; the first is the suggested one. */
  z.strictObject({
    do: z.literal('accept'),
    option: z.number().int().min(0).max(9).default(0),
    undoSeconds: z.number().int().min(LEAST_UNDO_SECONDS).max(MOST_UNDO_SECONDS).optional(),
  }),
  /** Within the time that accepting left for it (rule GD5). */
  z.strictObject({ do: z.literal('undo') }),
  z.strictObject({ do: z.literal('start') }),
  z.strictObject({ do: z.literal('arrive') }),
  z.strictObject({ do: z.literal('return') }),
  z.strictObject({
    do: z.literal('reject'),
    reason: z.enum(REJECT_REASONS).default('other'),
    text: z.prefault(Text, ''),
  }),
  /** Calls back who is on the way or there; not to be undone. */
  z.strictObject({ do: z.literal('recall') }),
]);
export type SuggestionCommand = z.infer<typeof SuggestionCommand>;
export type SuggestionCommandWord = SuggestionCommand['do'];

/** `status`: somebody was first, or it is over; `data`: a hall's figures are stale; `time`: too late to undo or accept. */
export const SUGGESTION_CONFLICTS = ['status', 'data', 'time'] as const;
export type SuggestionConflict = (typeof SUGGESTION_CONFLICTS)[number];

// Written so that a browser that takes a list of words from here does not carry the library of schemas.
export const SuggestionsQuery = z.strictObject({ branch: z.optional(Id), region: z.optional(Id) });
export type SuggestionsQuery = z.output<typeof SuggestionsQuery>;

export type Verdict = 'asPromised' | 'better' | 'worse';

/** The promise beside what happened, of the place that was helped (rule GD6); waits in seconds. */
export interface SuggestionOutcome {
  measuredAt: number;
  promised: PromisedRange;
  /** Mean wait of those who arrived in the promised time; `null` when nobody did. */
  measured: number | null;
  customers: number;
  /** The same time without the move, told what really came. */
  noChange: PromisedRange;
  /** `null` when nobody came, which counts neither way. */
  verdict: Verdict | null;
  /** Customer-minutes; below 0 the move did harm. */
  saved: PromisedRange | null;
}

/** What happens to a suggestion, as facts. */
export type MoveAction = `move.${SuggestionStatus | 'undone' | 'cancelled' | 'measured'}`;

/** One step of its life; `by` is `null` when it happened by itself. */
export interface SuggestionStep {
  at: number;
  action: MoveAction;
  by: string | null;
  /** Of a refusal, or of taking back by itself. */
  reason: RejectReason | CancelReason | null;
  text: string;
}

/** What is proposed; nothing of it changes afterwards. */
export interface Proposal {
  lever: Lever;
  /** The place that is helped; of `closeCounter` the back office. */
  to: SuggestedPlace;
  /** The best first; at least one. */
  options: MoveOption[];
  /** Why, the strongest first; keys are messages. */
  why: StaffingFact[];
  validUntil: number;
  /**
   * 1 stays in the hall: one click. 2 one person between halls: one click while its record is good and the giver keeps
   * well within its target. 3 the giver would pass 80 % of its target: options are compared first.
   */
  friction: 1 | 2 | 3;
}

/** Times are epoch ms. */
export interface Suggestion extends Proposal {
  id: string;
  /** The branch it helps. */
  branch: string;
  status: SuggestionStatus;
  proposedAt: number;
  /** Which option was accepted, by whom and when; until when that can be undone. */
  accepted: { option: number; by: string; at: number; undoUntil: number } | null;
  /** When the person should serve there, once accepted. */
  dueAt: number | null;
  startedAt: number | null;
  arrivedAt: number | null;
  steps: SuggestionStep[];
  outcome: SuggestionOutcome | null;
}

/** A line of the floor's live table: that something changed; the whole is asked for over HTTP. */
export interface SuggestionRow {
  id: string;
  status: SuggestionStatus;
  changedAt: number;
}

export interface SuggestionsAnswer {
  suggestions: Suggestion[];
  /** When the last plan was made, epoch ms; `null` before the first, or without people to plan with. */
  plannedAt: number | null;
}
