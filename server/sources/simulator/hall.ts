import { createRng, seedOf } from '#server/rng.ts';
import { Counters, OVERTIME_MS, type Worker } from './counters.ts';
import { DayScript, type Fact } from './day-script.ts';
import { HOUR_MS, MINUTE_MS, type HallSpec } from './hall-spec.ts';
import type { Shift } from './shifts.ts';
import { drawVisits, type Visit } from './visits.ts';
import { WaitingRoom } from './waiting-room.ts';

const BACK_AFTER_SECONDS = [90, 420] as const;
/** Tickets of those who were steered here are numbered from here on. */
const GUEST_TICKETS = 900;
const GIVEN_UP_AFTER_MS = 10 * MINUTE_MS;

/** A hall on one day, as its ticket machine and counters report it. */
export interface Hall {
  /** Facts up to and including this time that were not given before, in order of time. */
  advanceTo(timeMs: number): Fact[];
  /** True when nothing more will happen on this day. */
  readonly isOver: boolean;
  /** From this time on (epoch ms) somebody is in the hall and on the way to a counter. */
  expect(worker: Worker, at: number): void;
  /** From this time on somebody works at a counter, as soon as one is free. */
  seat(worker: Worker, at: number): void;
  /** From this time on somebody at a counter serves these queues; none for those of the counter. */
  turnTo(agent: string, queues: readonly string[], at: number): void;
  /** Asks `goes` about everybody who comes to a queue: who goes elsewhere does not queue here. */
  steer(queue: string, goes: (visit: Visit, at: number) => boolean): void;
  /** At this time somebody comes who was steered here from another hall. */
  admit(visit: Visit, queue: string, at: number): void;
  /** See {@link Counters.release}. */
  release(agent: string, at: number): { leavesAt: number; shift: Shift } | null;
  /** See {@link Counters.moveLunch}. */
  moveLunch(agent: string, from: number, to: number): void;
}

/**
 * Simulates one hall on one day (discrete events). The same spec, seed and people sent give the same facts, however the
 * day is stepped through.
 */
export const createHall = (spec: HallSpec, seed: number): Hall => new HallDay(spec, seed);

class HallDay implements Hall {
  readonly #spec: HallSpec;
  readonly #script: DayScript;
  readonly #room: WaitingRoom;
  readonly #counters: Counters;
  #guests = 0;
  readonly #steered: { queue: string; goes: (visit: Visit, at: number) => boolean }[] = [];

  constructor(spec: HallSpec, seed: number) {
    this.#spec = spec;
    const rng = createRng(seedOf(seed, 'hall'));
    this.#script = new DayScript(spec.day, spec.opensAt - HOUR_MS, rng);
    this.#room = new WaitingRoom(spec.queues.map((queue) => queue.id));
    const customers = {
      missedCall: (visit: Visit) => this.#missCall(visit),
      served: (visit: Visit) => this.#served(visit),
    };
    this.#counters = new Counters(spec, seed, { rng, script: this.#script, room: this.#room, customers });
    for (const visit of drawVisits(spec, seed)) this.#script.at(visit.arrivesAt, () => this.#arrive(visit));
    this.#script.at(spec.closesAt + OVERTIME_MS, () => this.#sendHome());
  }

  get isOver(): boolean {
    return this.#script.isOver;
  }

  advanceTo(timeMs: number): Fact[] {
    return this.#script.advanceTo(timeMs);
  }

  expect({ agent, name }: Worker, at: number): void {
    this.#script.at(at, () => {
      this.#script.tell({ type: 'agent.signedIn', agent, name });
      this.#script.tell({ type: 'agent.stateChanged', agent, state: 'moving' });
    });
  }

  seat(worker: Worker, at: number): void {
    this.#script.at(at, () => this.#counters.welcome(worker));
  }

  turnTo(agent: string, queues: readonly string[], at: number): void {
    this.#script.at(at, () => this.#counters.turnTo(agent, queues));
  }

  release(agent: string, at: number): { leavesAt: number; shift: Shift } | null {
    return this.#counters.release(agent, at);
  }

  moveLunch(agent: string, from: number, to: number): void {
    this.#counters.moveLunch(agent, from, to);
  }

  steer(queue: string, goes: (visit: Visit, at: number) => boolean): void {
    this.#steered.push({ queue, goes });
  }

  admit(visit: Visit, queue: string, at: number): void {
    const { letter } = this.#spec.queues.find(({ id }) => id === queue) ?? { letter: '' };
    const later = at - visit.arrivesAt;
    const guest = {
      ...visit,
      contact: `guest-${visit.contact}`,
      ticket: `${letter}${GUEST_TICKETS + ++this.#guests}`,
      queue,
      arrivesAt: at,
      leavesAt: visit.leavesAt + later,
      goesOnTo: null,
    };
    this.#script.at(at, () => this.#queue(guest));
  }

  #arrive(visit: Visit): void {
    const { now } = this.#script;
    if (this.#steered.some(({ queue, goes }) => queue === visit.queue && goes(visit, now))) return;
    this.#queue(visit);
  }

  #queue(visit: Visit): void {
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
    if (this.#counters.isOvertime)
      return this.#script.tell({ type: 'contact.abandoned', contact: visit.contact });
    this.#room.add(visit);
    this.#counters.callFor(visit.queue);
  }

  #leave(visit: Visit): void {
    if (this.#room.remove(visit)) this.#script.tell({ type: 'contact.abandoned', contact: visit.contact });
  }

  #missCall(visit: Visit): void {
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
  }

  #served(visit: Visit): void {
    const { contact, goesOnTo, leavesAt, arrivesAt } = visit;
    if (goesOnTo === null) return this.#script.tell({ type: 'contact.ended', contact });
    this.#script.tell({ type: 'contact.transferred', contact, queue: goesOnTo });
    const { now } = this.#script;
    this.#wait({
      ...visit,
      queue: goesOnTo,
      arrivesAt: now,
      leavesAt: now + (leavesAt - arrivesAt),
      goesOnTo: null,
      isHeld: false,
    });
  }

  #sendHome(): void {
    for (const visit of this.#room.empty())
      this.#script.tell({ type: 'contact.abandoned', contact: visit.contact });
  }
}
