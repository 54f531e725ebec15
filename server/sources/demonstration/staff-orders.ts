/** People of the demonstration do what was agreed on about them: they go where they are sent, and come back. */
import type { Lever, SteeringLever } from '#shared/levers.ts';
import { createRng, seedOf } from '#server/rng.ts';
import type { Worker } from '../simulator/counters.ts';
import type { Hall } from '../simulator/hall.ts';
import type { Shift } from '../simulator/shifts.ts';
import { Timeline } from '../timeline.ts';

/** Levers that move people. */
type StaffLever = Exclude<Lever, SteeringLever>;

/** What was agreed on about one person. Times are epoch ms. */
export interface StaffOrder {
  /** Of this order alone. */
  id: string;
  lever: StaffLever;
  /** As the whole network knows the person; the halls at home know the code. */
  person: string;
  code: string;
  name: string;
  home: string;
  from: string;
  to: string;
  /** To be served there. */
  queues: readonly string[];
  /** When the person is told. */
  at: number;
  /** How long it takes to get there. */
  travelMs: number;
  /** When somebody called the person back; `null` as long as nobody has. */
  endsAt: number | null;
  lunch: { from: number; to: number } | null;
}

/** What was agreed on, to be carried out as its time comes. */
export interface Orders<Order> {
  /** When the next of them is due, epoch ms; `Infinity` when none is. */
  readonly nextAt: number;
  /** Takes in those that are new, and those that have ended since. */
  take(orders: readonly Order[]): void;
  /** Carries out the next one. */
  runNext(): void;
}

const MINUTE_MS = 60_000;
/** Whoever was sent comes back after this at the latest. */
const STAY_MS = 120 * MINUTE_MS;
/** The way takes between these parts of what was planned. */
const WAY = [0.85, 1.15] as const;

/** Where somebody has been sent, and what is left of the shift at home. */
interface Stay {
  hall: string;
  worker: Worker;
  travelMs: number;
  rest: Shift | null;
}

/** The orders about people of these halls; `hallOf` gives a hall on the day that runs. */
export function createStaffOrders(hallOf: (branch: string) => Hall | undefined): Orders<StaffOrder> {
  const due = new Timeline<() => void>();
  const known = new Set<string>();
  const stays = new Map<string, Stay>();
  /** As the sources of a hall call the person: elsewhere the code may be somebody else's. */
  const called = ({ person, code, home }: StaffOrder, branch: string): string =>
    branch === home ? code : person;

  /** Whoever is back at home goes on with the shift. */
  const comeBack = (order: StaffOrder, at: number): void => {
    const stay = stays.get(order.person);
    if (stay === undefined) return;
    stays.delete(order.person);
    const { hall, worker, travelMs, rest } = stay;
    worker.until = at;
    const left = hallOf(hall)?.release(worker.agent, at) ?? null;
    if (rest === null) return;
    const { agent, to, pauses } = rest;
    hallOf(order.home)?.seat(
      { agent, name: agent, until: to, pauses, queues: [] },
      (left?.leavesAt ?? at) + (hall === order.home ? 0 : travelMs),
    );
  };

  const stayUntil = (order: StaffOrder, stay: Stay, until: number): void => {
    stays.set(order.person, stay);
    due.add(until, () => {
      if (stays.get(order.person) === stay) comeBack(order, until);
    });
  };

  const send = (order: StaffOrder): void => {
    const { id, from, to, name, at } = order;
    const released = hallOf(from)?.release(called(order, from), at) ?? null;
    if (released === null) return;
    const [least, most] = WAY;
    const travelMs = Math.round(order.travelMs * (least + (most - least) * createRng(seedOf(id))()));
    const { leavesAt, shift } = released;
    const lunch = shift.pauses.find(({ reason }) => reason === 'lunch')?.from ?? Infinity;
    const until = Math.min(leavesAt + travelMs + STAY_MS, Math.min(lunch, shift.to) - travelMs);
    const worker = { agent: called(order, to), name, until, pauses: [], queues: order.queues };
    hallOf(to)?.seat(worker, leavesAt + travelMs);
    stayUntil(order, { hall: to, worker, travelMs, rest: shift }, until);
  };

  const recall = (order: StaffOrder): void => {
    const { to, name, at, travelMs } = order;
    const until = at + travelMs + STAY_MS;
    const worker = { agent: called(order, to), name, until, pauses: [], queues: order.queues };
    hallOf(to)?.expect(worker, at);
    hallOf(to)?.seat(worker, at + travelMs);
    stayUntil(order, { hall: to, worker, travelMs, rest: null }, until);
  };

  const turnBack = (order: StaffOrder, at: number): void =>
    hallOf(order.to)?.turnTo(called(order, order.to), [], at);

  const carryOut = (order: StaffOrder): void => {
    const { lever, lunch, from, to, at } = order;
    switch (lever) {
      case 'send':
        return send(order);
      case 'recall':
      case 'openCounter':
        return recall(order);
      case 'bringBack':
      case 'closeCounter':
        return comeBack(order, at);
      case 'shiftBreak':
        if (lunch !== null) hallOf(from)?.moveLunch(called(order, from), lunch.from, lunch.to);
        return;
      case 'changeQueues':
        hallOf(to)?.turnTo(called(order, to), order.queues, at);
        due.add(at + STAY_MS, () => turnBack(order, at + STAY_MS));
        return;
      default:
        lever satisfies never;
    }
  };

  const addOnce = (key: string, at: number, action: () => void): void => {
    if (known.has(key)) return;
    known.add(key);
    due.add(at, action);
  };

  return {
    get nextAt() {
      return due.nextAt;
    },
    take(orders) {
      for (const order of orders) {
        const { id, at, endsAt } = order;
        addOnce(id, at, () => carryOut(order));
        const end = order.lever === 'changeQueues' ? turnBack : comeBack;
        if (endsAt !== null) addOnce(`${id} ends`, endsAt, () => end(order, endsAt));
      }
    },
    runNext: () => due.take()?.(),
  };
}
