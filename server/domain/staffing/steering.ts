/**
 * Customers who follow an announcement and go elsewhere (rule GD1): to a machine of the hall, or to another hall. The twin
 * lives through both halls with those who follow as a queue of their own, on the same paths of chance.
 */
import type { StaffingPolicy } from '#shared/staffing-world.ts';
import {
  changedBetween,
  integral,
  type StepFunction,
  stepsBetween,
  valueAt,
} from '../queueing/step-function.ts';
import type { TwinBranch, TwinGroup } from '../queueing/twin/branch.ts';
import { liveThrough, type Range, type Span } from './look-ahead.ts';
import type { SidePromise } from './promise.ts';

const SECONDS = 60;
/** An announcement is in force for so long, minutes. */
export const ANNOUNCED_MINUTES = 60;
/** As many servers as nobody ever waits for. */
const ELSEWHERE = 50;

/** A queue of a hall, by its place in the twin. */
export interface SteeredQueue {
  hall: TwinBranch;
  queue: number;
}

/** Where those who follow go. */
export type Destination =
  /** `pace`: how long a customer takes there, as a multiple of the service at a counter. */
  | { kind: 'machine'; machines: number; pace: number }
  | { kind: 'hall'; to: SteeredQueue; wayMinutes: number };

/** What an announcement is expected to bring. Waits in minutes, of those who come in the announced time. */
export interface SteeringPromise {
  followers: number;
  /** The wait of those who follow, their way included. */
  there: number;
  receiver: SidePromise;
  giver: SidePromise | null;
  /** Customer-minutes over the horizon: what is gained here, lost there, and the ways and the announcement. */
  gain: number;
  loss: number;
  cost: number;
  saved: Range;
  /** P(it saves more than it costs), 0–1. */
  helps: number;
}

/** `null` when nobody is expected to come, here or there. `share` (0–1) of those who come follow. */
export function promiseSteering(
  from: SteeredQueue,
  destination: Destination,
  share: number,
  policy: StaffingPolicy,
  rng: () => number,
): SteeringPromise | null {
  const { arrivalRate } = from.hall.queues[from.queue] ?? { arrivalRate: [[0, 0]] as StepFunction };
  const followers = share * integral(arrivalRate, 0, ANNOUNCED_MINUTES * SECONDS);
  const window = { from: 0, to: ANNOUNCED_MINUTES };
  const look = (spans: readonly Span[]) => lookBoth(from, destination, share, spans, policy, rng);
  const { here, there } = look([window]);
  const receiver = here.spans[0];
  const giver = there?.spans[0];
  if (!receiver?.standing || !receiver.changed || (there !== null && !giver?.changed)) return null;
  const way = destination.kind === 'hall' ? destination.wayMinutes : 0;
  const cost = policy.moveCost + followers * way;
  const net = here.saved.map((gained, i) => gained + (there?.saved[i] ?? 0) - cost).sort();
  const at = (part: number): number => net[Math.round(part * (net.length - 1))] ?? 0;
  return {
    followers,
    there: way + (giver?.changed?.middle ?? 0),
    receiver: { without: receiver.standing, with: receiver.changed },
    giver: giver?.standing && giver.changed ? { without: giver.standing, with: giver.changed } : null,
    gain: mean(here.saved),
    loss: there === null ? 0 : -mean(there.saved),
    cost,
    saved: { low: at(0.1), middle: at(0.5), high: at(0.9) },
    helps: net.length === 0 ? 0 : net.filter((saved) => saved > 0).length / net.length,
  };
}

/** Both sides by span of arrival, minutes; `there` is `null` for machines. */
export function lookBoth(
  { hall, queue }: SteeredQueue,
  destination: Destination,
  share: number,
  spans: readonly Span[],
  policy: StaffingPolicy,
  rng: () => number,
) {
  const own = hall.queues[queue];
  if (own === undefined) throw new RangeError(`there is no queue ${queue}`);
  const follows = announced(own.arrivalRate, share, 0);
  const isMachine = destination.kind === 'machine';
  const [servers, pace] = isMachine ? [destination.machines, destination.pace] : [ELSEWHERE, 1];
  const stays = changedBetween(own.arrivalRate, 0, ANNOUNCED_MINUTES * SECONDS, (rate) => rate * (1 - share));
  const here = withQueue(withRate(hall, queue, stays), queue, follows, pace);
  const look = (twin: TwinBranch, at: number, change: number) =>
    liveThrough(twin, [{ at: 0, group: addedGroup(twin), change }], [at], spans, policy, rng);
  if (isMachine) return { here: look(here, queue, servers), there: null };
  const { to, wayMinutes } = destination;
  const comes = announced(own.arrivalRate, share, wayMinutes * SECONDS);
  const there = withQueue(to.hall, to.queue, comes, 1, ELSEWHERE);
  return { here: look(here, queue, servers), there: look(there, to.queue, -ELSEWHERE) };
}

/** The group that {@link withQueue} adds. */
const addedGroup = ({ groups }: TwinBranch): number => groups.length - 1;

/** Those of an hour who follow, `later` by their way. */
const announced = (rate: StepFunction, share: number, later: number): StepFunction => {
  const end = ANNOUNCED_MINUTES * SECONDS;
  const within = [0, ...stepsBetween([rate], 0, end)].map((at): [number, number] => [
    at + later,
    share * valueAt(rate, at),
  ]);
  return [...(later > 0 ? [[0, 0] as const] : []), ...within, [end + later, 0]];
};

const withRate = (hall: TwinBranch, place: number, arrivalRate: StepFunction): TwinBranch => ({
  ...hall,
  queues: hall.queues.map((queue, i) => (i === place ? { ...queue, arrivalRate } : queue)),
});

/**
 * The hall with one more queue like another one, served by whoever serves that, and by a group of its own that comes first:
 * so many servers, whose services take `pace` times as long.
 */
function withQueue(
  hall: TwinBranch,
  like: number,
  arrivalRate: StepFunction,
  pace: number,
  servers = 0,
): TwinBranch {
  const model = hall.queues[like];
  if (model === undefined) throw new RangeError(`there is no queue ${like}`);
  const added = hall.queues.length;
  const serves = (group: TwinGroup): TwinGroup => ({
    ...group,
    serves: group.serves.map((tier) => (tier.includes(like) ? [...tier, added] : tier)),
  });
  return {
    ...hall,
    queues: [...hall.queues, { ...model, arrivalRate, waitedSeconds: [] }],
    groups: [...hall.groups.map(serves), { serves: [[added]], staff: [[0, servers]], pace, inService: [] }],
  };
}

const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
