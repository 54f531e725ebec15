/** Suggestions to test screens and selectors with; each with only what matters to the test. */
import type {
  CurvePoint,
  MoveOption,
  MovePromised,
  PromisedRange,
  SuggestedPlace,
  Suggestion,
} from '#shared/suggestions.ts';
import { NOT_BEGUN } from '#server/domain/staffing/fold-moves.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;

export const range = (low: number, middle: number, high: number): PromisedRange => ({ low, middle, high });

const placeOf = (branch: string, over: Partial<SuggestedPlace> = {}): SuggestedPlace => ({
  branch,
  nameZh: `${branch} 厅`,
  nameEn: `${branch} Hall`,
  pool: 'general',
  queues: ['general'],
  queuesZh: '综合',
  queuesEn: 'General',
  targetSeconds: 900,
  ...over,
});

export const promiseOf = (at: number, over: Partial<MovePromised> = {}): MovePromised => ({
  from: at + 18 * MINUTE_MS,
  to: at + 78 * MINUTE_MS,
  receiver: { without: range(1_500, 2_040, 2_700), with: range(840, 1_140, 1_500) },
  giver: { without: range(300, 480, 600), with: range(480, 660, 840) },
  saved: range(120, 310, 520),
  helps: 0.9,
  late: { minutes: 15, saved: range(-20, 140, 300), helps: 0.75 },
  curves: {
    receiver: curve(at, range(1_500, 2_040, 2_700), range(840, 1_140, 1_500)),
    giver: curve(at, range(300, 480, 600), range(480, 660, 840)),
  },
  ...over,
});

const curve = (at: number, without: PromisedRange, withMove: PromisedRange): CurvePoint[] =>
  Array.from({ length: 8 }, (_, i) => ({ at: at + (i + 0.5) * QUARTER_MS, without, with: withMove }));

export const moveOption = (at: number, over: Partial<MoveOption> = {}): MoveOption => ({
  lever: 'send',
  person: { id: 'liu', name: 'Liu Yang', home: 'headrow' },
  from: placeOf('headrow'),
  minutes: 18,
  breakShift: null,
  steer: null,
  gain: 400,
  loss: 60,
  cost: 10,
  promise: promiseOf(at),
  giverFact: { key: 'staffing_giver_idle', values: { left: 3, load: 0.58 } },
  breaks: [{ key: 'staffing_breaks_late', values: { minutes: 25 } }],
  ...over,
});

/** One that was proposed at `at`, valid for ten minutes. */
export const suggestionOf = (id: string, at: number, over: Partial<Suggestion> = {}): Suggestion => ({
  id,
  branch: 'briggate',
  lever: 'send',
  to: placeOf('briggate'),
  options: [moveOption(at)],
  why: [{ key: 'staffing_why_backlog', values: { waiting: 14, servers: 4 } }],
  validUntil: at + 10 * MINUTE_MS,
  friction: 2,
  status: 'proposed',
  proposedAt: at,
  ...NOT_BEGUN,
  steps: [{ at, action: 'move.proposed', by: null, reason: null, text: '' }],
  ...over,
});

/** One that steers customers of a queue to another hall. */
export const steeringOf = (id: string, at: number, over: Partial<Suggestion> = {}): Suggestion =>
  suggestionOf(id, at, {
    lever: 'steerToHall',
    options: [
      moveOption(at, {
        ...{ lever: 'steerToHall', person: null, minutes: 12, giverFact: null },
        steer: { share: 0.1, followers: 4, hereSeconds: 2_040, thereSeconds: 1_140 },
        promise: promiseOf(at, { late: null }),
        breaks: [{ key: 'staffing_breaks_few_follow', values: { share: 0.1 } }],
      }),
    ],
    why: [
      { key: 'staffing_why_breach', values: { chance: 0.86 } },
      { key: 'staffing_why_elsewhere', values: { here: 34, there: 19 } },
    ],
    ...over,
  });
