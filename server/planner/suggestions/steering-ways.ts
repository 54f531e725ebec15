/** Where customers of a queue could go instead, what that is expected to bring, and the best of it as a proposal. */
import type { SteeringLever } from '#shared/levers.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { StaffingWorld } from '#shared/staffing-world.ts';
import type { MoveOption, SuggestedPlace } from '#shared/suggestions.ts';
import type { PlanMemory } from '../../domain/staffing/hysteresis.ts';
import { VALID_MINUTES } from '../../domain/staffing/explain.ts';
import {
  ANNOUNCED_MINUTES,
  type Destination,
  lookBoth,
  promiseSteering,
  type SteeringPromise,
} from '../../domain/staffing/steering.ts';
import { createRng, seedOf } from '../../rng.ts';
import { hallBasis } from './move-basis.ts';
import type { OpenNeed } from './open-needs.ts';
import type { NamePlace } from './place-names.ts';
import type { PoolPlaces } from './pool-places.ts';
import { type HallAhead, meanSeconds } from './pools-now.ts';
import { curveOf, pairOf, quarters, twoDigits, whole } from './ranges.ts';
import { GIVER_LIMIT, type Proposed } from './suggest.ts';

export interface SteeringAsked {
  world: StaffingWorld;
  profiles: readonly BranchProfile[];
  halls: ReadonlyMap<string, HallAhead>;
  /** As told last: that somebody of the queue waits too long within 30 min, 0–1; 0 where nobody said. */
  breachChance: (branch: string, queue: string) => number;
  /** Pools that are helped from inside their hall: that comes first (rule GD1). */
  helped: ReadonlySet<number>;
  memory: PlanMemory;
  /** Needs of this kind that stand already. */
  open: readonly OpenNeed[];
  /** Minutes after the halls' midnight. */
  minute: number;
  at: number;
}

/** A queue of which customers could be steered away. */
export interface PressedQueue {
  hall: HallAhead;
  queue: string;
  /** Its place in the twin. */
  place: number;
  /** Of a breach within 30 min, 0–1. */
  chance: number;
}

export interface SteeringWay {
  lever: SteeringLever;
  share: number;
  promise: SteeringPromise;
  netGain: number;
  wayMinutes: number;
  machine: { nameZh: string; nameEn: string } | null;
  /** The queue of another hall that takes them. */
  taker: PressedQueue | null;
  curves: MoveOption['promise']['curves'];
}

/** Who takes customers is itself no likelier to breach than this. */
const STILL_CALM = 0.2;
/** Clearly shorter: the wait there, way included, is at most this share of the wait here, and so many minutes less. */
const SHORTER = { share: 0.7, minutes: 5 };
const MOST_WAYS = 3;
const MINUTE_MS = 60_000;
const SECONDS = 60;

/** True when who comes so many minutes later, until the announcement ends, finds the hall open. */
export const staysOpen = ({ now: { opening } }: HallAhead, minutes: number, at: number): boolean =>
  opening !== null &&
  opening.opensAt <= at &&
  opening.closesAt >= at + (ANNOUNCED_MINUTES + minutes) * MINUTE_MS;

/** Ways that keep the rules and are worth it, the best first; `neighbours` are those near enough. */
export function waysElsewhere(
  queue: PressedQueue,
  neighbours: readonly { branch: string; minutes: number }[],
  asked: SteeringAsked,
): SteeringWay[] {
  const { world } = asked;
  const { policy } = world;
  const own = world.branches.find(({ id }) => id === queue.hall.now.branch);
  const service = queue.hall.ahead.queues[queue.place]?.service;
  const machines = (own?.selfService ?? []).flatMap((machine) => {
    if (!machine.queues.includes(queue.queue) || service === undefined) return [];
    const pace = machine.serviceSeconds / meanSeconds(service);
    const destination = { kind: 'machine' as const, machines: machine.machines, pace };
    return tryWay(queue, destination, { machine, taker: null }, policy.steeredToMachine, asked);
  });
  const halls = neighbours.flatMap(({ branch, minutes }) => {
    const taker = takerIn(branch, minutes, queue, asked);
    if (taker === null) return [];
    const to = { hall: taker.hall.ahead, queue: taker.place };
    const destination = { kind: 'hall' as const, to, wayMinutes: minutes };
    return tryWay(queue, destination, { machine: null, taker }, policy.steeredToHall, asked);
  });
  // Rule GD1: what stays in the hall comes first when equal.
  return [...machines, ...halls].sort((a, b) => b.netGain - a.netGain).slice(0, MOST_WAYS);
}

/** The queue of another hall with the same service, which is one of the same name; `null` when none could take customers. */
function takerIn(
  branch: string,
  minutes: number,
  { hall: from, queue }: PressedQueue,
  { profiles, halls, breachChance, at }: SteeringAsked,
): PressedQueue | null {
  const hall = halls.get(branch);
  const nameOf = (of: string) => profiles.find(({ id }) => id === of)?.queues ?? [];
  const name = nameOf(from.now.branch).find(({ id }) => id === queue)?.name;
  const same = nameOf(branch).find(({ name: { zh, en } }) => zh === name?.zh && en === name.en)?.id;
  if (hall === undefined || same === undefined || !staysOpen(hall, minutes, at)) return null;
  const place = hall.now.queues.findIndex(({ id, isKnown }) => id === same && isKnown);
  const chance = breachChance(branch, same);
  return place < 0 || chance > STILL_CALM ? null : { hall, queue: same, place, chance };
}

function tryWay(
  { hall, queue, place }: PressedQueue,
  destination: Destination,
  to: Pick<SteeringWay, 'machine' | 'taker'>,
  share: number,
  { world: { policy }, at }: SteeringAsked,
): SteeringWay[] {
  const from = { hall: hall.ahead, queue: place };
  const seed = seedOf(at, hall.now.branch, queue, to.taker?.hall.now.branch ?? '');
  const promise = promiseSteering(from, destination, share, policy, createRng(seed));
  if (promise === null) return [];
  const { receiver, giver, there, gain, loss, cost } = promise;
  const here = receiver.without.middle;
  const netGain = gain - loss - cost;
  const target = to.taker?.hall.ahead.queues[to.taker.place]?.targetSeconds ?? Infinity;
  const keeps =
    there <= SHORTER.share * here &&
    there <= here - SHORTER.minutes &&
    (giver?.with.high ?? 0) * SECONDS <= GIVER_LIMIT * target &&
    netGain >= policy.leastGain &&
    promise.helps >= policy.helps;
  if (!keeps) return [];
  const course = lookBoth(from, destination, share, quarters(policy.horizonMinutes), policy, createRng(seed));
  return [
    {
      lever: destination.kind === 'machine' ? 'steerToMachine' : 'steerToHall',
      ...to,
      share,
      promise,
      netGain,
      wayMinutes: destination.kind === 'hall' ? destination.wayMinutes : 0,
      curves: {
        receiver: curveOf(course.here.spans, at),
        giver: course.there === null ? [] : curveOf(course.there.spans, at),
      },
    },
  ];
}

/** The proposal of these ways. */
export function proposeSteering(
  pressed: PressedQueue,
  ways: readonly [SteeringWay, ...SteeringWay[]],
  names: { profiles: readonly BranchProfile[]; places: PoolPlaces; nameOf: NamePlace; at: number },
): Proposed {
  const { hall, queue, chance } = pressed;
  const { branch } = hall.now;
  const { at } = names;
  const [best] = ways;
  const { receiver, there } = best.promise;
  const ids = hall.now.queues.map(({ id }) => id);
  return {
    branch,
    proposal: {
      lever: best.lever,
      to: queuePlace(pressed, names),
      options: ways.map((way) => optionOf(way, names)),
      why: [
        { key: 'staffing_why_breach', values: { chance } },
        ...(best.taker === null
          ? []
          : [{ key: 'staffing_why_elsewhere' as const, values: { here: receiver.without.middle, there } }]),
      ],
      validUntil: at + VALID_MINUTES * MINUTE_MS,
      friction: best.taker === null ? 1 : 2,
    },
    basis: { branch, queues: [queue], hall: hallBasis(ids, hall.ahead) },
  };

  function optionOf(way: SteeringWay, known: typeof names): MoveOption {
    const { promise, share, machine, taker } = way;
    return {
      lever: way.lever,
      person: null,
      from: taker === null ? machinePlace(machine) : queuePlace(taker, known),
      minutes: Math.round(way.wayMinutes),
      steer: {
        share,
        followers: Math.round(promise.followers),
        hereSeconds: Math.round(promise.receiver.without.middle * SECONDS),
        thereSeconds: Math.round(promise.there * SECONDS),
      },
      breakShift: null,
      gain: Math.round(promise.gain),
      loss: Math.round(promise.loss),
      cost: Math.round(promise.cost),
      promise: {
        from: at,
        to: at + ANNOUNCED_MINUTES * MINUTE_MS,
        receiver: pairOf(promise.receiver),
        giver: pairOf(promise.giver),
        saved: whole(promise.saved),
        helps: twoDigits(promise.helps),
        late: null,
        curves: way.curves,
      },
      giverFact: null,
      breaks: [{ key: 'staffing_breaks_few_follow', values: { share } }],
    };
  }

  function machinePlace(machine: SteeringWay['machine']): SuggestedPlace {
    const place = { ...queuePlace(pressed, names), pool: null, queues: [], targetSeconds: null };
    return { ...place, queuesZh: machine?.nameZh ?? '', queuesEn: machine?.nameEn ?? '' };
  }
}

/** One queue as a place. */
function queuePlace(
  { hall, queue }: PressedQueue,
  { profiles, places, nameOf }: { profiles: readonly BranchProfile[]; places: PoolPlaces; nameOf: NamePlace },
): SuggestedPlace {
  const { branch } = hall.now;
  const found = profiles.find(({ id }) => id === branch)?.queues.find(({ id }) => id === queue);
  return {
    ...nameOf(places.poolOfQueues(branch, [queue]), places.branch(branch)),
    queues: [queue],
    queuesZh: found?.name.zh ?? queue,
    queuesEn: found?.name.en ?? queue,
    targetSeconds: found?.targetSeconds ?? null,
  };
}
