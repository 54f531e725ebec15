/** One plan of the network and what of it is worth proposing (rules GD1–GD5); it knows no clock and keeps nothing. */
import type { Lever } from '#shared/levers.ts';
import type { MoveBasis } from '#shared/moves.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { MoveOption, Proposal } from '#shared/suggestions.ts';
import { seedOf } from '../../rng.ts';
import { checkPlan } from '../../domain/staffing/check-plan.ts';
import { persistent, type PlanMemory } from '../../domain/staffing/hysteresis.ts';
import { layOutNetwork, type StaffingNetwork } from '../../domain/staffing/network.ts';
import { type Move, needOf, netGain } from '../../domain/staffing/moves.ts';
import { planMoves, tabulate } from '../../domain/staffing/plan-moves.ts';
import type { Situation } from '../../domain/staffing/situation.ts';
import type { HallsAhead } from './halls-ahead.ts';
import { type Told, tellOption } from './option.ts';
import { placeNames } from './place-names.ts';
import { isRejectedNeed, type OpenNeed } from './open-needs.ts';

export interface PlanAsked {
  world: StaffingWorld;
  profiles: readonly BranchProfile[];
  situation: Situation;
  halls: HallsAhead;
  memory: PlanMemory;
  /** What is on the screens already, or was rejected a short time ago. */
  open: readonly OpenNeed[];
  at: number;
}

export interface Proposed {
  branch: string;
  proposal: Proposal;
  basis: MoveBasis;
}

export interface PlanAnswer {
  proposed: Proposed[];
  memory: PlanMemory;
  /** Suggestions that no plan asks for any more, or that break a rule now. */
  outdated: string[];
  /** Rules a plan broke, in words; such a plan proposes nothing. */
  breaches: string[];
}

/** Pools that a plan helps from inside the hall: these levers come before customers are steered (rule GD1). */
interface Helped {
  helped: ReadonlySet<number>;
}

/** Ways to meet a need that are shown beside the first. */
const OTHER_WAYS = 2;
const MINUTE_MS = 60_000;
/** A giver that waits for more than this share of its target makes people compare options first. */
export const GIVER_LIMIT = 0.8;

export function suggest({
  world,
  profiles,
  situation,
  halls,
  memory: before,
  open,
  at,
}: PlanAsked): PlanAnswer & Helped {
  const network = layOutNetwork(world);
  const tabled = tabulate(network, situation);
  const planned = planMoves(network, situation, tabled);
  const breaches = checkPlan(network, situation, planned).map(({ rule, message }) => `${rule}: ${message}`);
  if (breaches.length > 0) return { proposed: [], memory: before, outdated: [], breaches, helped: new Set() };
  const { kept: moves, memory } = persistent(before, planned, needOf, network.policy.persistentPlans);
  const news = newMoves(moves, open);
  const others = news.length === 0 ? [] : otherWays(network, situation, tabled, planned);
  const told: Told = {
    policy: network.policy,
    agents: world.agents,
    situation,
    look: halls.look,
    tabled,
    nameOf: placeNames(world, profiles),
    at,
    seed: 0,
  };
  const taken = new Set(news.map(({ person }) => person));
  const proposed = news.flatMap((move): Proposed[] => {
    const ways = [move];
    for (const other of others) {
      if (ways.length > OTHER_WAYS) break;
      if (needOf(other) !== needOf(move) || taken.has(other.person)) continue;
      taken.add(other.person);
      ways.push(other);
    }
    const proposal = propose(ways, told, network, halls);
    return proposal === null ? [] : [proposal];
  });
  const needed = new Set(planned.map(needOf));
  const outdated = open.flatMap(({ id, need }) =>
    id === null || needed.has(need) || before.has(need) ? [] : id,
  );
  return {
    proposed,
    memory,
    outdated,
    breaches,
    helped: new Set(planned.filter(staysInside).map(({ to }) => to)),
  };
}

const staysInside = ({ lever }: { lever: Lever }): boolean => lever !== 'send' && lever !== 'bringBack';

/** What is not proposed yet: of so many people that a need asks for, those beyond the ones already asked for. */
function newMoves(moves: readonly Move[], open: readonly OpenNeed[]): Move[] {
  const asked = new Set(open.flatMap(({ id, person }) => (id === null ? [] : person)));
  const left = new Map<string, number>();
  for (const { id, need } of open) if (id !== null) left.set(need, (left.get(need) ?? 0) + 1);
  return moves.filter((move) => {
    const need = needOf(move);
    const already = left.get(need) ?? 0;
    left.set(need, already - 1);
    const isRejected = open.some((each) => each.need === need && isRejectedNeed(each, netGain(move)));
    return already <= 0 && !asked.has(move.person) && !isRejected;
  });
}

/** Who else could be asked: plans without those who are asked first. */
function otherWays(
  network: StaffingNetwork,
  situation: Situation,
  tabled: ReturnType<typeof tabulate>,
  planned: readonly Move[],
): Move[] {
  const held = new Set(planned.map(({ person }) => person));
  const found: Move[] = [];
  for (let way = 0; way < OTHER_WAYS; way++) {
    const free = {
      ...situation,
      people: situation.people.map((person, i) =>
        held.has(i) ? { ...person, movesToday: Infinity, breaks: person.breaks.map(fixed) } : person,
      ),
    };
    const moves = planMoves(network, free, tabled);
    if (checkPlan(network, free, moves).length > 0) break;
    for (const move of moves) held.add(move.person);
    found.push(...moves);
  }
  return found;
}

const fixed = <Break extends { movableMinutes: number }>(one: Break): Break => ({
  ...one,
  movableMinutes: 0,
});

/** `null` when it is too unlikely to help (rule GD2). */
function propose(
  ways: readonly Move[],
  told: Told,
  { policy, branches }: StaffingNetwork,
  halls: HallsAhead,
): Proposed | null {
  const { situation, nameOf, at } = told;
  const [first] = ways;
  if (first === undefined) return null;
  const branchAt = situation.people[first.person]?.branch ?? -1;
  const to = nameOf(first.to, branchAt);
  const tells = ways.map((move) => tellOption(move, { ...told, seed: seedOf(at, move.person, move.to) }));
  const useful = tells.filter(({ option }) => option.promise.helps >= policy.helps);
  const [best] = useful;
  if (best === undefined || best !== tells[0]) return null;
  const measured = first.to < 0 ? first.from : first.to;
  const hall = halls.basisOf(measured);
  if (hall === undefined) return null;
  const { branch, queues } = nameOf(measured, branchAt);
  return {
    branch: first.to < 0 ? (branches[branchAt]?.id ?? '') : to.branch,
    proposal: {
      lever: first.lever,
      to,
      options: useful.map(({ option }) => option),
      why: best.why,
      validUntil: at + best.validMinutes * MINUTE_MS,
      friction: frictionOf(best.option),
    },
    basis: { branch, queues, hall },
  };
}

function frictionOf(option: MoveOption): Proposal['friction'] {
  if (staysInside(option)) return 1;
  const { promise, from } = option;
  const { giver } = promise;
  const isPressed = giver !== null && giver.with.high > GIVER_LIMIT * (from.targetSeconds ?? Infinity);
  return isPressed ? 3 : 2;
}
