import type { Rng } from '#server/rng.ts';
import { lognormal } from './chance.ts';
import type { DayScript } from './day-script.ts';
import {
  type Desk,
  desksOf,
  freeDesk,
  idleDeskFor,
  isLastOfGroup,
  type Serving,
  servingFor,
} from './desk.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type HallSpec } from './hall-spec.ts';
import { callCustomer } from './service.ts';
import type { Pause, Shift } from './shifts.ts';
import type { Visit } from './visits.ts';
import type { WaitingRoom } from './waiting-room.ts';

const WRAP_UP_MEAN_SECONDS = 25;
const WRAP_UP_VARIATION = 0.6;
const RELIEF_MS = MINUTE_MS;
/** Counters work on after closing while people wait, but not longer than this. */
export const OVERTIME_MS = 0.75 * HOUR_MS;

/** Somebody who is to work at any counter, until a time (epoch ms) that may still change. */
export interface Worker {
  agent: string;
  name: string;
  until: number;
  pauses: readonly Pause[];
  /** Queues to serve; none for those of the counter. */
  queues: readonly string[];
}

/** What becomes of customers at the counter. */
export interface Customers {
  missedCall(visit: Visit): void;
  served(visit: Visit): void;
}

/** The counters of a hall on one day: who comes to them, whom they call, and who goes. */
export class Counters {
  readonly #spec: HallSpec;
  readonly #rng: Rng;
  readonly #script: DayScript;
  readonly #room: WaitingRoom;
  readonly #customers: Customers;
  readonly #desks: Desk[];

  constructor(
    spec: HallSpec,
    seed: number,
    {
      rng,
      script,
      room,
      customers,
    }: { rng: Rng; script: DayScript; room: WaitingRoom; customers: Customers },
  ) {
    this.#spec = spec;
    this.#rng = rng;
    this.#script = script;
    this.#room = room;
    this.#customers = customers;
    this.#desks = desksOf(spec, seed);
    for (const desk of this.#desks) this.#relieve(desk);
  }

  get isOvertime(): boolean {
    return this.#script.now >= this.#spec.closesAt + OVERTIME_MS;
  }

  /** Somebody waits in this queue: a counter that is idle calls. */
  callFor(queue: string): void {
    const desk = idleDeskFor(this.#desks, queue);
    if (desk !== undefined) this.#takeNext(desk);
  }

  /** Lets somebody sit down at a counter for these queues, as soon as one is free. */
  welcome(worker: Worker): void {
    const { now } = this.#script;
    const { agent, name, until, pauses, queues } = worker;
    if (now >= until || this.isOvertime) return;
    const own = this.#deskOf(agent);
    // Whoever only does other work in the hall comes back to the own counter.
    if (own !== undefined) return this.#resume(own, own.until);
    const desk = freeDesk(this.#desks, queues, now);
    if (desk === undefined) return this.#script.at(now + RELIEF_MS, () => this.welcome(worker));
    const { counter, group } = desk;
    const shift = { agent, counter, from: now, to: until, pauses: pauses.filter(({ from }) => from > now) };
    this.#open(desk, shift, name, servingFor(group, queues));
  }

  /** Lets somebody at a counter serve these queues next; none for those of the counter. */
  turnTo(agent: string, queues: readonly string[]): void {
    const desk = this.#deskOf(agent);
    if (desk === undefined) return;
    desk.serving = servingFor(desk.group, queues);
    const { counter, serving } = desk;
    const served = [...serving.queues, ...serving.helps];
    this.#script.tell({ type: 'counter.opened', counter, queues: served, agent });
    this.#turnIfIdle(desk);
  }

  /**
   * Takes somebody away from this time on, once the customer at the counter is served: when that is, and what is left
   * of the shift. `null` when nobody of this code is at a counter.
   */
  release(agent: string, at: number): { leavesAt: number; shift: Shift } | null {
    const desk = this.#deskOf(agent);
    if (!desk?.shift) return null;
    const { shift } = desk;
    desk.isLeaving = true;
    const leavesAt = desk.state === 'busy' ? Math.max(at, desk.until) : at;
    this.#script.at(leavesAt, () => {
      if (desk.shift === shift && desk.state !== 'busy') this.#takeNext(desk);
    });
    return { leavesAt, shift: { ...shift, pauses: desk.pauses } };
  }

  /** Lets a lunch that was to begin at `from` begin at `to`, epoch ms. */
  moveLunch(agent: string, from: number, to: number): void {
    const desk = this.#deskOf(agent);
    if (desk === undefined) return;
    const isIt = ({ reason, from: begins }: Pause): boolean =>
      reason === 'lunch' && Math.abs(begins - from) <= MINUTE_MS;
    desk.pauses = desk.pauses
      .map((pause) => (isIt(pause) ? { ...pause, from: to } : pause))
      .sort((a, b) => a.from - b.from);
    this.#script.at(to, () => this.#turnIfIdle(desk));
  }

  #deskOf(agent: string): Desk | undefined {
    return this.#desks.find(({ shift }) => shift?.agent === agent);
  }

  /** The next agent comes to the counter, at the start of the shift or as soon as it is free. */
  #relieve(desk: Desk): void {
    const next = desk.shifts.shift();
    desk.nextFrom = next?.from ?? Infinity;
    if (next === undefined) return;
    this.#script.at(Math.max(next.from, this.#script.now + RELIEF_MS), () => this.#begin(desk, next));
  }

  /** A planned shift begins, as soon as nobody is at the counter any more. */
  #begin(desk: Desk, shift: Shift): void {
    if (desk.shift === null) this.#open(desk, shift, shift.agent, desk.group);
    else if (this.#script.now < shift.to)
      this.#script.at(this.#script.now + RELIEF_MS, () => this.#begin(desk, shift));
  }

  #open(desk: Desk, shift: Shift, name: string, serving: Serving): void {
    const { counter } = desk;
    const { agent } = shift;
    const queues = [...serving.queues, ...serving.helps];
    this.#script.tell({ type: 'agent.signedIn', agent, counter, queues, name });
    this.#script.tell({ type: 'counter.opened', counter, queues, agent });
    desk.shift = shift;
    desk.serving = serving;
    desk.nextFrom = Infinity;
    desk.pauses = [...shift.pauses];
    for (const pause of shift.pauses) this.#script.at(pause.from, () => this.#turnIfIdle(desk));
    this.#script.at(shift.to, () => this.#turnIfIdle(desk));
    this.#takeNext(desk);
  }

  /** A pause or the end of the shift has come: whoever serves somebody finishes first. */
  #turnIfIdle(desk: Desk): void {
    if (desk.state === 'idle') this.#takeNext(desk);
  }

  #takeNext(desk: Desk): void {
    const { shift, serving } = desk;
    if (shift === null) return;
    if (desk.isLeaving) return this.#close(desk, shift);
    if (this.#script.now >= shift.to && this.#mayLeave(desk)) return this.#close(desk, shift);
    const pause = desk.pauses[0];
    if (pause !== undefined && pause.from <= this.#script.now) {
      desk.pauses.shift();
      if (pause.from + pause.lengthMs < shift.to) return this.#pause(desk, shift, pause);
    }
    const visit = this.#room.next(serving.queues) ?? this.#room.next(serving.helps);
    if (visit !== undefined) return this.#call(desk, shift, visit);
    if (desk.state !== 'idle') desk.idleSince = this.#script.now;
    desk.state = 'idle';
  }

  /** The last one at a group stays while people wait for it. */
  #mayLeave(desk: Desk): boolean {
    const isLast = isLastOfGroup(this.#desks, desk, this.#script.now);
    return desk.shifts.length > 0 || !isLast || this.#room.isEmpty(desk.group.queues) || this.isOvertime;
  }

  #close(desk: Desk, shift: Shift): void {
    desk.state = 'closed';
    desk.shift = null;
    desk.isLeaving = false;
    this.#script.tell({ type: 'agent.signedOut', agent: shift.agent });
    this.#script.tell({ type: 'counter.closed', counter: desk.counter });
    this.#relieve(desk);
  }

  #pause(desk: Desk, { agent }: Shift, { state, reason, lengthMs }: Pause): void {
    desk.state = 'away';
    this.#script.tell({
      type: 'agent.stateChanged',
      agent,
      state,
      ...(reason === undefined ? {} : { reason }),
    });
    const until = this.#script.now + lengthMs;
    desk.until = until;
    this.#script.at(until, () => this.#resume(desk, until));
  }

  /** Back from the pause that was to last until then, unless it has ended before. */
  #resume(desk: Desk, until: number): void {
    if (desk.shift === null || desk.state !== 'away' || desk.until !== until) return;
    desk.until = this.#script.now;
    this.#script.tell({ type: 'agent.stateChanged', agent: desk.shift.agent, state: 'available' });
    this.#takeNext(desk);
  }

  #call(desk: Desk, shift: Shift, visit: Visit): void {
    desk.state = 'busy';
    const place = { counter: desk.counter, agent: shift.agent };
    desk.until = callCustomer(this.#script, visit, place, {
      served: () => this.#finish(desk, shift, visit),
      missed: () => {
        this.#customers.missedCall(visit);
        this.#takeNext(desk);
      },
    });
  }

  #finish(desk: Desk, { agent }: Shift, visit: Visit): void {
    this.#customers.served(visit);
    if (desk.isLeaving) return this.#takeNext(desk);
    const wrapUpSeconds = lognormal(this.#rng, WRAP_UP_MEAN_SECONDS, WRAP_UP_VARIATION);
    desk.until = this.#script.now + Math.round(wrapUpSeconds * SECOND_MS);
    this.#script.at(desk.until, () => {
      this.#script.tell({ type: 'agent.stateChanged', agent, state: 'available' });
      this.#takeNext(desk);
    });
  }
}
