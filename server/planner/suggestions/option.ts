/** One planned move as people see it: who, what it promises, what it costs the giver, what would break it. */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import type { CurvePoint, MoveOption } from '#shared/suggestions.ts';
import { createRng } from '../../rng.ts';
import { explainMove, type Explanation } from '../../domain/staffing/explain.ts';
import type { Move } from '../../domain/staffing/moves.ts';
import type { Tabled } from '../../domain/staffing/plan-moves.ts';
import type { LookAhead, PlaceChange } from '../../domain/staffing/look-ahead.ts';
import { placeChanges, promiseMove } from '../../domain/staffing/promise.ts';
import type { Situation } from '../../domain/staffing/situation.ts';
import type { NamePlace } from './place-names.ts';
import { curveOf, pairOf, quarters, twoDigits, whole } from './ranges.ts';

/** What is needed to tell of moves. */
export interface Told {
  policy: StaffingPolicy;
  agents: readonly { id: string; name?: string | undefined; code?: string | undefined; home: string }[];
  situation: Situation;
  look: LookAhead;
  tabled: Tabled;
  nameOf: NamePlace;
  /** Epoch ms. */
  at: number;
  seed: number;
}

const MINUTE_MS = 60_000;
/** How it turns out when somebody is so much later than planned, minutes. */
const LATE_MINUTES = 15;

const rounded = (value: number): number => Math.round(value);
export function tellOption(
  move: Move,
  told: Told,
): { option: MoveOption; why: Explanation['why']; validMinutes: number } {
  const { policy, agents, situation, look, tabled, nameOf, at, seed } = told;
  const { pools, people } = situation;
  const { staff } = tabled;
  const person = people[move.person];
  const agent = agents[move.person];
  const one = person?.breaks[move.breakShift?.place ?? -1] ?? null;
  const promiseAt = (minutes: number) => promiseMove(look, staff, { ...move, minutes }, createRng(seed), one);
  const promise = promiseAt(move.minutes);
  const travels = move.lever === 'send' || move.lever === 'bringBack' || move.lever === 'recall';
  const late = travels ? promiseAt(move.minutes + LATE_MINUTES) : null;
  const { why, giver, breaks, validMinutes } = explainMove(move, pools, staff, promise, {
    arrivalsNextHour: null,
  });
  const changes = placeChanges(staff, move, one);
  const curve = (change: PlaceChange | null): CurvePoint[] => {
    if (change === null) return [];
    return curveOf(look(change, quarters(policy.horizonMinutes), createRng(seed))?.spans ?? [], at);
  };
  return {
    why,
    validMinutes,
    option: {
      lever: move.lever,
      person: {
        id: agent?.id ?? '',
        name: agent?.name ?? agent?.code ?? agent?.id ?? '',
        home: agent?.home ?? '',
      },
      from: nameOf(move.from, person?.branch ?? -1),
      minutes: rounded(move.minutes),
      steer: null,
      breakShift:
        one === null || move.breakShift === null
          ? null
          : {
              from: at + one.from * MINUTE_MS,
              to: at + move.breakShift.from * MINUTE_MS,
              minutes: one.minutes,
            },
      gain: rounded(move.gain),
      loss: rounded(move.loss),
      cost: rounded(move.cost),
      promise: {
        from: at + promise.from * MINUTE_MS,
        to: at + promise.to * MINUTE_MS,
        receiver: pairOf(promise.receiver),
        giver: pairOf(promise.giver),
        saved: whole(promise.saved),
        helps: twoDigits(promise.helps),
        late:
          late === null
            ? null
            : { minutes: LATE_MINUTES, saved: whole(late.saved), helps: twoDigits(late.helps) },
        curves: { receiver: curve(changes.receiver), giver: curve(changes.giver) },
      },
      giverFact: giver,
      breaks,
    },
  };
}
