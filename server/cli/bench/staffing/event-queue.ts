/** Events by time: a binary heap of numbers. */
export class EventQueue {
  readonly #times: number[] = [];
  readonly #events: number[] = [];

  get next(): number {
    return this.#times[0] ?? Infinity;
  }

  add(time: number, event: number): void {
    let at = this.#times.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#times[parent] ?? 0) <= time) break;
      this.#times[at] = this.#times[parent] ?? 0;
      this.#events[at] = this.#events[parent] ?? 0;
      at = parent;
    }
    this.#times[at] = time;
    this.#events[at] = event;
  }

  /** The event at `next`. */
  take(): number {
    const event = this.#events[0] ?? -1;
    const time = this.#times.pop() ?? Infinity;
    const last = this.#events.pop() ?? -1;
    const size = this.#times.length;
    if (size === 0) return event;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#times[child + 1] ?? 0) < (this.#times[child] ?? 0)) child++;
      if ((this.#times[child] ?? 0) >= time) break;
      this.#times[at] = this.#times[child] ?? 0;
      this.#events[at] = this.#events[child] ?? 0;
      at = child;
    }
    this.#times[at] = time;
    this.#events[at] = last;
    return event;
  }
}
