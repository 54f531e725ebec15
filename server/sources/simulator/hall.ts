import { createRng, seedOf, type Rng } from '#server/rng.ts';
import { lognormal } from './chance.ts';
import { DayScript, type Fact } from './day-script.ts';
import { desksOf, idleDeskFor, isLastOfGroup, type Desk } from './desk.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type HallSpec } from './hall-spec.ts';
import type { Pause, Shift } from './shifts.ts';
import { drawVisits, type Visit } from './visits.ts';
import { WaitingRoom } from './waiting-room.ts';

const WALK_SECONDS = [8, 35] as const;
const MISSED_AFTER_SECONDS = [45, 80] as const;
const BACK_AFTER_SECONDS = [90, 420] as const;
const GIVEN_UP_AFTER_MS = 10 * MINUTE_MS;
const WRAP_UP_MEAN_SECONDS = 25;
const WRAP_UP_VARIATION = 0.6;
const HELD_FROM = 0.4;
const HELD_SECONDS = [40, 150] as const;
const RELIEF_MS = MINUTE_MS;
/** Counters work on after closing while people wait, but not longer than this. */
const OVERTIME_MS = 0.75 * HOUR_MS;

/** A hall on one day, as its ticket machine and counters report it. */
export interface Hall {
  /** Facts up to and including this time that were not given before, in order of time. */
  advanceTo(timeMs: number): Fact[];
  /** True when nothing more will happen on this day. */
  readonly isOver: boolean;
}

/**
 * Simulates one hall on one day (discrete events). The same spec and seed give the same facts, however the day is
 * stepped through.
 */
export const createHall = (spec: HallSpec, seed: number): Hall => new HallDay(spec, seed);

class HallDay implements Hall {
  readonly #spec: HallSpec;
  readonly #rng: Rng;
  readonly #script: DayScript;
  readonly #room: WaitingRoom;
  readonly #desks: Desk[];

  constructor(spec: HallSpec, seed: number) {
    this.#spec = spec;
    this.#rng = createRng(seedOf(seed, 'hall'));
    this.#script = new DayScript(spec.day, spec.opensAt - HOUR_MS, this.#rng);
    this.#room = new WaitingRoom(spec.queues.map((queue) => queue.id));
    this.#desks = desksOf(spec, seed);
    for (const desk of this.#desks) this.#relieve(desk);
    for (const visit of drawVisits(spec, seed)) this.#script.at(visit.arrivesAt, () => this.#arrive(visit));
    this.#script.at(spec.closesAt + OVERTIME_MS, () => this.#sendHome());
  }

  get isOver(): boolean {
    return this.#script.isOver;
  }

  advanceTo(timeMs: number): Fact[] {
    return this.#script.advanceTo(timeMs);
  }

  // --- customers ---

  #arrive(visit: Visit): void {
    const { contact, queue, ticket, priority } = visit;
    this.#script.tell({
      type: 'contact.queued',
      contact,
      queue,
      ticket,
      channel: 'hall',
      ...(priority > 0 ? { priority } : {}),
    });
    this.#wait(visit);
    const stays = visit.leavesQuietly || visit.leavesAt > this.#spec.closesAt;
    if (!stays) this.#script.at(visit.leavesAt, () => this.#leave(visit));
  }

  #wait(visit: Visit): void {
    if (this.#isOvertime()) return this.#script.tell({ type: 'contact.abandoned', contact: visit.contact });
    this.#room.add(visit);
    const desk = idleDeskFor(this.#desks, visit.queue);
    if (desk !== undefined) this.#takeNext(desk);
  }

  #leave(visit: Visit): void {
    if (this.#room.remove(visit)) this.#script.tell({ type: 'contact.abandoned', contact: visit.contact });
  }

  #missCall(desk: Desk, visit: Visit): void {
    const { contact, queue, ticket, priority } = visit;
    this.#script.tell({ type: 'contact.missed', contact });
    const hasLeft = visit.leavesAt <= this.#script.now;
    if (visit.comesBack && !hasLeft) {
      this.#script.after(BACK_AFTER_SECONDS, () => {
        this.#script.tell({ type: 'contact.queued', contact, queue, ticket, channel: 'hall', priority });
        this.#wait({ ...visit, missesCall: false });
      });
    } else {
      this.#script.at(this.#script.now + GIVEN_UP_AFTER_MS, () =>
        this.#script.tell({ type: 'contact.abandoned', contact }),
      );
    }
    this.#takeNext(desk);
  }

  #sendHome(): void {
    for (const visit of this.#room.empty())
      this.#script.tell({ type: 'contact.abandoned', contact: visit.contact });
  }

  // --- counters ---

  /** The next agent comes to the counter, at the start of the shift or as soon as it is free. */
  #relieve(desk: Desk): void {
    const next = desk.shifts.shift();
    if (next === undefined) return;
    this.#script.at(Math.max(next.from, this.#script.now + RELIEF_MS), () => this.#open(desk, next));
  }

  #open(desk: Desk, shift: Shift): void {
    const { counter, group } = desk;
    const { agent } = shift;
    const queues = [...group.queues, ...group.helps];
    this.#script.tell({ type: 'agent.signedIn', agent, counter, queues, name: agent });
    this.#script.tell({ type: 'counter.opened', counter, queues, agent });
    desk.shift = shift;
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
    const { shift, group } = desk;
    if (shift === null) return;
    if (this.#script.now >= shift.to && this.#mayLeave(desk)) return this.#close(desk, shift);
    const pause = desk.pauses[0];
    if (pause !== undefined && pause.from <= this.#script.now) {
      desk.pauses.shift();
      if (pause.from + pause.lengthMs < shift.to) return this.#pause(desk, shift, pause);
    }
    const visit = this.#room.next(group.queues) ?? this.#room.next(group.helps);
    if (visit !== undefined) return this.#call(desk, shift, visit);
    if (desk.state !== 'idle') desk.idleSince = this.#script.now;
    desk.state = 'idle';
  }

  /** The last one at a group stays while people wait for it. */
  #mayLeave(desk: Desk): boolean {
    const isLast = isLastOfGroup(this.#desks, desk, this.#script.now);
    return desk.shifts.length > 0 || !isLast || this.#room.isEmpty(desk.group.queues) || this.#isOvertime();
  }

  #isOvertime(): boolean {
    return this.#script.now >= this.#spec.closesAt + OVERTIME_MS;
  }

  #close(desk: Desk, shift: Shift): void {
    desk.state = 'closed';
    desk.shift = null;
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
    this.#script.at(this.#script.now + lengthMs, () => {
      this.#script.tell({ type: 'agent.stateChanged', agent, state: 'available' });
      this.#takeNext(desk);
    });
  }

  // --- services ---

  #call(desk: Desk, shift: Shift, visit: Visit): void {
    desk.state = 'busy';
    const { contact } = visit;
    const place = { counter: desk.counter, agent: shift.agent };
    this.#script.tell({ type: 'contact.called', contact, ...place });
    const isThere = !visit.missesCall && visit.leavesAt > this.#script.now;
    if (!isThere) {
      this.#script.after(MISSED_AFTER_SECONDS, () => this.#missCall(desk, visit));
      return;
    }
    this.#script.after(WALK_SECONDS, () => {
      this.#script.tell({ type: 'contact.started', contact, ...place });
      if (visit.isHeld) this.#hold(visit);
      this.#script.at(this.#script.now + visit.serviceMs, () => this.#finish(desk, shift, visit));
    });
  }

  #hold({ contact, serviceMs }: Visit): void {
    this.#script.at(this.#script.now + Math.round(serviceMs * HELD_FROM), () => {
      this.#script.tell({ type: 'contact.held', contact });
      this.#script.after(HELD_SECONDS, () => this.#script.tell({ type: 'contact.resumed', contact }));
    });
  }

  #finish(desk: Desk, { agent }: Shift, visit: Visit): void {
    const { contact, goesOnTo } = visit;
    if (goesOnTo === null) {
      this.#script.tell({ type: 'contact.ended', contact });
    } else {
      this.#script.tell({ type: 'contact.transferred', contact, queue: goesOnTo });
      const leavesAt = this.#script.now + (visit.leavesAt - visit.arrivesAt);
      this.#wait({
        ...visit,
        queue: goesOnTo,
        arrivesAt: this.#script.now,
        leavesAt,
        goesOnTo: null,
        isHeld: false,
      });
    }
    const wrapUpSeconds = lognormal(this.#rng, WRAP_UP_MEAN_SECONDS, WRAP_UP_VARIATION);
    this.#script.at(this.#script.now + Math.round(wrapUpSeconds * SECOND_MS), () => {
      this.#script.tell({ type: 'agent.stateChanged', agent, state: 'available' });
      this.#takeNext(desk);
    });
  }
}
