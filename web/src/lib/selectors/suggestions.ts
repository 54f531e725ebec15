/** Suggestions as lists, cards and boards show them. Pure; times epoch ms, waits seconds. */
import { isSteering, type Lever } from '#shared/levers.ts';
import type { KeptPromises, SuggestionRecordAnswer } from '#shared/kept-promises.ts';
import type {
  MoveOption,
  PromisedRange,
  Suggestion,
  SuggestedPlace,
  SuggestionCommandWord,
  SuggestionStatus,
} from '#shared/suggestions.ts';

/** Where in its life a suggestion is. */
type Stage = 'proposed' | 'underWay' | 'done';
const STAGES: Record<SuggestionStatus, Stage> = {
  proposed: 'proposed',
  accepted: 'underWay',
  started: 'underWay',
  late: 'underWay',
  arrived: 'underWay',
  returned: 'done',
  rejected: 'done',
  expired: 'done',
  superseded: 'done',
  recalled: 'done',
};

/** The option that was accepted, or the suggested one. */
export const optionOf = ({ options, accepted }: Suggestion): MoveOption | undefined =>
  options[accepted?.option ?? 0];

const savedBy = (suggestion: Suggestion): number => optionOf(suggestion)?.promise.saved.middle ?? 0;
const changedAt = ({ steps, proposedAt }: Suggestion): number => steps.at(-1)?.at ?? proposedAt;

/** What waits for an answer, the most useful first; who is under way, the latest first; what is over, the newest first. */
export function inStages(suggestions: readonly Suggestion[]): Record<Stage, Suggestion[]> {
  const of = (stage: Stage) => suggestions.filter(({ status }) => STAGES[status] === stage);
  return {
    proposed: of('proposed').sort((a, b) => savedBy(b) - savedBy(a) || (a.id < b.id ? -1 : 1)),
    underWay: of('underWay').sort(
      (a, b) => Number(b.status === 'late') - Number(a.status === 'late') || (a.dueAt ?? 0) - (b.dueAt ?? 0),
    ),
    done: of('done').sort((a, b) => changedAt(b) - changedAt(a)),
  };
}

/** Those whose promise was held against what happened, the newest first. */
export const measured = (suggestions: readonly Suggestion[]): Suggestion[] =>
  suggestions
    .filter(({ outcome }) => outcome !== null)
    .sort((a, b) => (b.outcome?.measuredAt ?? 0) - (a.outcome?.measuredAt ?? 0));

/** Why a suggestion cannot be accepted now; `null` when it can. */
export type Blocker = 'stale' | 'expired' | 'answered' | 'notAllowed';

export function blockerOf(
  { status, validUntil }: Pick<Suggestion, 'status' | 'validUntil'>,
  now: number,
  /** The figures on the screen are live. */
  current: boolean,
  /** Whoever looks may decide this. */
  allowed: boolean,
): Blocker | null {
  if (status !== 'proposed') return 'answered';
  if (now >= validUntil) return 'expired';
  if (!current) return 'stale';
  return allowed ? null : 'notAllowed';
}

/** The right that deciding it takes. */
export const decidedWith = ({ friction }: Pick<Suggestion, 'friction'>): 'decideHall' | 'decideMove' =>
  friction === 1 ? 'decideHall' : 'decideMove';

/** Options have to be compared before it is accepted. */
export const isCompared = ({ friction }: Pick<Suggestion, 'friction'>): boolean => friction === 3;

/** What somebody chose: an option, from 0, or to leave things as they are; `null` before. */
export type Choice = number | 'none' | null;

/** The choice that an address holds; what was accepted is chosen. */
export function choiceFrom(text: string | null, { options, accepted }: Suggestion): Choice {
  if (accepted) return accepted.option;
  if (text === null || text === 'none') return text;
  return options[Number(text)] ? Number(text) : null;
}

/** What a person reports of one under way, in the order in which it happens. */
const NEXT_STEPS: Partial<Record<SuggestionStatus, readonly SuggestionCommandWord[]>> = {
  accepted: ['start', 'recall'],
  started: ['arrive', 'recall'],
  late: ['arrive', 'recall'],
  arrived: ['return', 'recall'],
};
export const nextSteps = ({
  status,
  lever,
}: Pick<Suggestion, 'status' | 'lever'>): readonly SuggestionCommandWord[] => {
  // An announcement begins by itself, and whoever wants it to end says so.
  if (isSteering(lever)) return status === 'arrived' ? ['return'] : [];
  return NEXT_STEPS[status] ?? [];
};

/** True as long as an acceptance can be undone. */
export const isUndoable = ({ status, accepted }: Suggestion, now: number): boolean =>
  status === 'accepted' && accepted !== null && now < accepted.undoUntil;

/** One side of a move: its wait without it, and the range with it. */
export interface Dumbbell {
  side: 'receiver' | 'giver';
  place: SuggestedPlace;
  without: number;
  with: PromisedRange;
}

export function dumbbells({ to }: Pick<Suggestion, 'to'>, { from, promise }: MoveOption): Dumbbell[] {
  return [
    { side: 'receiver' as const, place: to, pair: promise.receiver },
    { side: 'giver' as const, place: from, pair: promise.giver },
  ].flatMap(({ side, place, pair }) =>
    pair === null ? [] : [{ side, place, without: pair.without.middle, with: pair.with }],
  );
}

/** The end of the axis that all of these share, seconds: the target in sight, and room after the longest wait. */
export function axisEnd(waits: readonly number[], targets: readonly (number | null)[]): number {
  const longest = Math.max(1, ...waits, ...targets.map((target) => target ?? 0));
  return longest * ROOM;
}
const ROOM = 1.1;

/** How far somebody is, 0–1, and how many whole minutes late. */
export function progressOf(
  { accepted, startedAt, arrivedAt, dueAt }: Suggestion,
  now: number,
): { share: number; lateMinutes: number } {
  const from = startedAt ?? accepted?.at;
  if (arrivedAt !== null) return { share: 1, lateMinutes: 0 };
  if (from === undefined || dueAt === null) return { share: 0, lateMinutes: 0 };
  const share = dueAt <= from ? 1 : (now - from) / (dueAt - from);
  return {
    share: Math.min(1, Math.max(0, share)),
    lateMinutes: Math.max(0, Math.floor((now - dueAt) / MINUTE_MS)),
  };
}
const MINUTE_MS = 60_000;

/** Equally likely outcomes that a chance is told by. */
export const OUTCOMES = 20;
/** In how many of {@link OUTCOMES} it helps; certainty is never told. */
export const helpfulOf = (helps: number): number =>
  Math.min(OUTCOMES - 1, Math.max(0, Math.round(helps * OUTCOMES)));

/** With fewer measured nobody can judge by them. */
const FEWEST_MEASURED = 10;
export const isJudged = ({ of }: KeptPromises): boolean => of >= FEWEST_MEASURED;

const NOTHING: KeptPromises = { asPromised: 0, better: 0, worse: 0, of: 0 };
/** How suggestions of this kind came true. */
export const recordOf = (record: SuggestionRecordAnswer | null, lever: Lever): KeptPromises =>
  record?.byLever.find((each) => each.lever === lever) ?? NOTHING;
