import type { Visit } from './visits.ts';

/** Who waits, by queue. Priority first, then those who came back after a missed call, then by arrival. */
export class WaitingRoom {
  readonly #queues: Map<string, Visit[]>;

  constructor(queues: readonly string[]) {
    this.#queues = new Map(queues.map((queue) => [queue, []]));
  }

  add(visit: Visit): void {
    const line = this.#queues.get(visit.queue) ?? [];
    const behind = line.findIndex((other) => isBefore(visit, other));
    line.splice(behind < 0 ? line.length : behind, 0, visit);
    this.#queues.set(visit.queue, line);
  }

  /** Takes the visit out; false when it did not wait. */
  remove(visit: Visit): boolean {
    const line = this.#queues.get(visit.queue) ?? [];
    const place = line.indexOf(visit);
    if (place >= 0) line.splice(place, 1);
    return place >= 0;
  }

  isEmpty(queues: readonly string[]): boolean {
    return queues.every((queue) => (this.#queues.get(queue) ?? []).length === 0);
  }

  /** Takes out the one to call next from these queues. */
  next(queues: readonly string[]): Visit | undefined {
    let first: Visit | undefined;
    for (const queue of queues) {
      const candidate = this.#queues.get(queue)?.[0];
      if (candidate !== undefined && (first === undefined || isBefore(candidate, first))) first = candidate;
    }
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Everybody still here; the room is empty afterwards. */
  empty(): Visit[] {
    const all = [...this.#queues.values()].flat();
    for (const queue of this.#queues.keys()) this.#queues.set(queue, []);
    return all;
  }
}

const isBefore = (a: Visit, b: Visit): boolean =>
  a.priority > b.priority || (a.priority === b.priority && a.arrivesAt < b.arrivesAt);
