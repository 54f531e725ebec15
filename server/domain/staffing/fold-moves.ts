/** The suggestions of one branch, as their facts tell them; what a fact says of one that is not known changes nothing. */
import type { MoveBasis, MoveRecord, MoveStepEvent } from '#shared/moves.ts';
import type { MoveOption, Suggestion, SuggestionStatus, SuggestionStep } from '#shared/suggestions.ts';

/** Accepting can be undone for so long, unless somebody wants longer (rule GD5), ms. */
export const UNDO_MS = 10_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Suggestions are kept this long: a working day's moves count for rules GD3 and GD4, ms. */
const KEEP_MS = 14 * 3_600_000;

export interface LiveMove {
  suggestion: Suggestion;
  basis: MoveBasis;
  /** Facts of its life so far; the next one bears the next number. */
  facts: number;
}

/** By id, in the order they were proposed. */
export type BranchMoves = Map<string, LiveMove>;

const STATUS_AFTER = {
  'move.rejected': 'rejected',
  'move.expired': 'expired',
  'move.superseded': 'superseded',
  'move.returned': 'returned',
  'move.recalled': 'recalled',
} as const satisfies Partial<Record<MoveStepEvent['type'], SuggestionStatus>>;

/** The id of the n-th fact about a suggestion. */
export const moveStepId = (move: string, n: number): string => `${move}.${n}`;

/** Folds one fact; the suggestion as history keeps it then, or `null` when nothing changed. */
export function foldMove(moves: BranchMoves, branch: string, event: MoveStepEvent): MoveRecord | null {
  for (const [id, { suggestion }] of moves) if (event.at - suggestion.proposedAt > KEEP_MS) moves.delete(id);
  if (event.type === 'move.proposed') {
    if (moves.has(event.move)) return null;
    moves.set(event.move, { suggestion: proposed(branch, event), basis: event.basis, facts: 0 });
  }
  const known = moves.get(event.move);
  if (known === undefined) return null;
  known.facts += 1;
  known.suggestion.steps.push(stepOf(event));
  apply(known.suggestion, event);
  return recordOf(known.suggestion);
}

/** Of a suggestion that nobody has answered. */
export const NOT_BEGUN = {
  accepted: null,
  dueAt: null,
  startedAt: null,
  arrivedAt: null,
  outcome: null,
} as const;

const proposed = (
  branch: string,
  { move, at, proposal }: Extract<MoveStepEvent, { type: 'move.proposed' }>,
): Suggestion => ({
  ...proposal,
  id: move,
  branch,
  status: 'proposed',
  proposedAt: at,
  ...NOT_BEGUN,
  steps: [],
});

function apply(suggestion: Suggestion, event: MoveStepEvent): void {
  switch (event.type) {
    case 'move.proposed':
      return;
    case 'move.accepted': {
      const { option, by, at, undoSeconds } = event;
      const undoMs = undoSeconds === undefined ? UNDO_MS : undoSeconds * SECOND_MS;
      suggestion.status = 'accepted';
      suggestion.accepted = { option, by, at, undoUntil: at + undoMs };
      suggestion.dueAt = at + (suggestion.options[option]?.minutes ?? 0) * MINUTE_MS;
      return;
    }
    case 'move.undone':
    case 'move.cancelled':
      suggestion.status = 'proposed';
      suggestion.accepted = null;
      suggestion.dueAt = null;
      return;
    case 'move.started':
      // Who sets off late stays late.
      if (suggestion.status !== 'late') suggestion.status = 'started';
      suggestion.startedAt = event.at;
      return;
    case 'move.late':
      suggestion.status = 'late';
      return;
    case 'move.arrived':
      suggestion.status = 'arrived';
      suggestion.arrivedAt = event.at;
      return;
    case 'move.measured':
      suggestion.outcome = event.outcome;
      return;
    case 'move.rejected':
    case 'move.expired':
    case 'move.superseded':
    case 'move.returned':
    case 'move.recalled':
      suggestion.status = STATUS_AFTER[event.type];
      return;
    default:
      event satisfies never;
  }
}

const stepOf = (event: MoveStepEvent): SuggestionStep => ({
  at: event.at,
  action: event.type,
  by: 'by' in event ? event.by : null,
  reason: 'reason' in event ? event.reason : null,
  text: 'text' in event ? event.text : '',
});

/** The option that was accepted; before that, and after a refusal, the suggested one. */
export const chosenOption = ({ options, accepted }: Suggestion): MoveOption | undefined =>
  options[accepted?.option ?? 0];

/** Who was asked; `null` where customers are steered. */
export const personOf = (suggestion: Suggestion): string | null =>
  chosenOption(suggestion)?.person?.id ?? null;

/** The waits whose promise is measured: of the place that is helped, or of the one left for the back office. */
export const promisedWaits = ({ promise, lever }: MoveOption) =>
  lever === 'closeCounter' ? promise.giver : promise.receiver;

const UNDER_WAY: ReadonlySet<SuggestionStatus> = new Set(['accepted', 'started', 'late', 'arrived']);
/** True from accepting until the person is back. */
export const isUnderWay = ({ status }: Suggestion): boolean => UNDER_WAY.has(status);

function recordOf(suggestion: Suggestion): MoveRecord {
  const { id, lever, to, status, proposedAt, accepted, outcome, steps } = suggestion;
  const option = chosenOption(suggestion);
  const promised = option === undefined ? null : promisedWaits(option)?.with;
  const refusal = steps.findLast(({ action }) => action === 'move.rejected');
  return {
    move: id,
    lever: option?.lever ?? lever,
    person: option?.person?.id ?? '',
    fromBranch: option?.from.branch ?? '',
    toBranch: to.branch,
    status,
    proposedAt,
    acceptedAt: accepted?.at ?? null,
    acceptedBy: accepted?.by ?? null,
    rejectedBy: refusal?.by ?? null,
    rejectReason: refusal?.reason ?? null,
    helps: option?.promise.helps ?? 0,
    promisedLow: promised?.low ?? null,
    promisedMiddle: promised?.middle ?? null,
    promisedHigh: promised?.high ?? null,
    measuredAt: outcome?.measuredAt ?? null,
    measured: outcome?.measured ?? null,
    customers: outcome?.customers ?? null,
    noChangeLow: outcome?.noChange.low ?? null,
    noChangeMiddle: outcome?.noChange.middle ?? null,
    noChangeHigh: outcome?.noChange.high ?? null,
    verdict: outcome?.verdict ?? null,
    savedLow: outcome?.saved?.low ?? null,
    savedMiddle: outcome?.saved?.middle ?? null,
    savedHigh: outcome?.saved?.high ?? null,
  };
}
