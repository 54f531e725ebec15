/** A day lived through: customers, people at counters, breaks and journeys. Whoever leaves finishes the customer first. */
import type { Move } from '../../../domain/staffing/moves.ts';
import type { PastMove } from '../../../domain/staffing/situation.ts';
import { EventQueue } from './event-queue.ts';
import type { SimulatedDay } from './day.ts';
import { CLOSES, LEAVES, OPENS, plannedBreaks, type SimulatedNetwork } from './simulated-network.ts';

export interface Person {
  duty: 'counter' | 'break' | 'moving' | 'backOffice' | 'away';
  pool: number;
  branch: number;
  /** In service until; 0 for idle. The customer counts for `servingIn`. */
  busyUntil: number;
  servingIn: number;
  /** End of break or journey. */
  backAt: number;
  /** Told to go, as soon as the customer is served. */
  order: Move | null;
  breaks: { from: number; minutes: number; lunch: boolean; movableMinutes: number }[];
  moves: number;
  movedAt: number;
  recalled: boolean;
}

/** What happened to a customer: when they came and how long they waited. */
export type Waited = (pool: number, arrival: number, wait: number, abandoned: boolean) => void;

interface Line {
  /** Customers who have come, and the first who may still wait. */
  come: number;
  head: number;
  idle: number[];
}

export class Simulation {
  readonly people: Person[];
  readonly pastMoves: (Omit<PastMove, 'minutesAgo'> & { at: number })[] = [];
  /** People moved, those that took an earlier move back within the hour, recalls among them, and breaks moved. */
  readonly moved = { all: 0, reversals: 0, recalls: 0, breaks: 0 };
  now = OPENS;
  readonly #simulated: SimulatedNetwork;
  readonly #day: SimulatedDay;
  readonly #lines: Line[];
  readonly #events = new EventQueue();
  readonly #waited: Waited;

  constructor(simulated: SimulatedNetwork, day: SimulatedDay, waited: Waited) {
    const { network, world } = simulated;
    this.#simulated = simulated;
    this.#day = day;
    this.#waited = waited;
    this.#lines = network.pools.map(() => ({ come: 0, head: 0, idle: [] }));
    this.people = network.agents.map(({ home }, i): Person => {
      const office = world.agents[i]?.backOffice === true;
      const skill = world.agents[i]?.skills[0];
      const branch = network.branches[home];
      const ids = world.branches[home]?.pools ?? [];
      const pool = branch?.pools[ids.findIndex((each) => each.skill === skill)] ?? -1;
      const absent = day.absent.has(i);
      return {
        duty: absent ? 'away' : office ? 'backOffice' : 'counter',
        pool: absent || office ? -1 : pool,
        branch: home,
        busyUntil: 0,
        servingIn: -1,
        backAt: 0,
        order: null,
        breaks: plannedBreaks(world, i),
        moves: 0,
        movedAt: -Infinity,
        recalled: false,
      };
    });
    this.people.forEach((person, i) => {
      if (person.duty === 'counter') this.#lines[person.pool]?.idle.push(i);
      for (const { from } of person.breaks) this.#wake(i, from);
    });
    day.pools.forEach(({ arrival }, pool) => this.#events.add(arrival[0] ?? Infinity, -1 - pool));
  }

  /** Who waits in a pool now, by arrival. */
  waiting(pool: number): number[] {
    const line = this.#lines[pool];
    const { arrival, patience } = this.#day.pools[pool] ?? { arrival: [], patience: [] };
    const found: number[] = [];
    for (let i = line?.head ?? 0; i < (line?.come ?? 0); i++) {
      const came = arrival[i] ?? 0;
      if (came + (patience[i] ?? 0) > this.now) found.push(came);
    }
    return found;
  }

  come(pool: number): number {
    return this.#lines[pool]?.come ?? 0;
  }

  /** Carries out what was accepted. */
  order(move: Move): void {
    const person = this.people[move.person];
    if (person === undefined) return;
    if (move.breakShift !== null) {
      this.moved.breaks++;
      const one = person.breaks[move.breakShift.place];
      if (one === undefined) return;
      one.from = this.now + move.breakShift.from;
      one.movableMinutes = 0;
      this.#wake(move.person, one.from);
      return;
    }
    this.moved.all++;
    if (move.lever === 'recall') {
      this.moved.recalls++;
      // Those that were due before were taken in the back office.
      person.breaks = person.breaks.filter(({ from }) => from > this.now);
    }
    const back = this.pastMoves.some(
      ({ from, to, at }) => from === move.to && to === move.from && this.now - at < 60 && move.from >= 0,
    );
    if (back) this.moved.reversals++;
    this.pastMoves.push({ from: move.from, to: move.to, at: this.now });
    person.order = move;
    if (person.busyUntil === 0) this.#depart(move.person, person);
  }

  runUntil(end: number): void {
    while (this.#events.next <= end) {
      this.now = this.#events.next;
      const event = this.#events.take();
      if (event < 0) this.#arrive(-1 - event);
      else this.#attend(event);
    }
    this.now = end;
  }

  /** The rest of the day: those who still wait are served. */
  finish(): void {
    this.runUntil(Math.max(LEAVES, CLOSES) + 24 * 60);
  }

  #wake(person: number, at: number): void {
    this.#events.add(at, person);
  }

  #arrive(pool: number): void {
    const line = this.#lines[pool];
    if (line === undefined) return;
    line.come++;
    this.#events.add(this.#day.pools[pool]?.arrival[line.come] ?? Infinity, -1 - pool);
    const idle = line.idle.shift();
    const person = this.people[idle ?? -1];
    if (idle !== undefined && person !== undefined) this.#serveNext(idle, person);
  }

  /** Something is due for a person: the end of a service, a break or a journey, or the beginning of a break. */
  #attend(i: number): void {
    const person = this.people[i];
    if (person === undefined) return;
    if (person.duty === 'counter') {
      if (person.busyUntil > this.now) return;
      if (person.busyUntil > 0) {
        person.busyUntil = 0;
        person.servingIn = -1;
        this.#goOn(i, person);
      } else if (this.#breakDue(person)) {
        const idle = this.#lines[person.pool]?.idle;
        idle?.splice(idle.indexOf(i), 1);
        this.#goOn(i, person);
      }
    } else if ((person.duty === 'break' || person.duty === 'moving') && person.backAt <= this.now) {
      person.backAt = 0;
      person.duty = 'counter';
      this.#goOn(i, person);
    }
  }

  #breakDue({ breaks }: Person): boolean {
    return breaks.some(({ from }) => from <= this.now);
  }

  /** A person at a counter without a customer, in no list of idle ones. */
  #goOn(i: number, person: Person): void {
    if (person.order !== null) {
      this.#go(i, person, person.order);
      return;
    }
    const due = person.breaks.findIndex(({ from }) => from <= this.now);
    const [pause] = due < 0 ? [] : person.breaks.splice(due, 1);
    if (pause !== undefined) {
      person.duty = 'break';
      person.backAt = this.now + pause.minutes;
      this.#wake(i, person.backAt);
    } else this.#serveNext(i, person);
  }

  #depart(i: number, person: Person): void {
    const idle = this.#lines[person.pool]?.idle;
    const place = idle?.indexOf(i) ?? -1;
    if (place >= 0) idle?.splice(place, 1);
    if (person.order !== null) this.#go(i, person, person.order);
  }

  #go(i: number, person: Person, move: Move): void {
    const { network } = this.#simulated;
    person.order = null;
    person.moves++;
    person.movedAt = this.now + move.minutes;
    if (move.to < 0) {
      Object.assign(person, { duty: 'backOffice', pool: -1, recalled: false });
      return;
    }
    if (move.lever === 'recall') person.recalled = true;
    person.duty = 'moving';
    person.pool = move.to;
    person.branch = network.pools[move.to]?.branch ?? person.branch;
    person.backAt = this.now + move.minutes;
    this.#wake(i, person.backAt);
  }

  #serveNext(i: number, person: Person): void {
    const { pool } = person;
    const line = this.#lines[pool];
    const day = this.#day.pools[pool];
    if (line === undefined || day === undefined) return;
    while (line.head < line.come) {
      const customer = line.head++;
      const arrival = day.arrival[customer] ?? 0;
      const patience = day.patience[customer] ?? 0;
      if (arrival + patience <= this.now) {
        this.#waited(pool, arrival, patience, true);
        continue;
      }
      this.#waited(pool, arrival, this.now - arrival, false);
      person.busyUntil = this.now + (day.service[customer] ?? 0);
      person.servingIn = pool;
      this.#wake(i, person.busyUntil);
      return;
    }
    line.idle.push(i);
  }
}
