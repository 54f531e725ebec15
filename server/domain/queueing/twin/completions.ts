/** Services under way, the one to end first on top: a binary heap. */
export class Completions {
  size = 0;
  private readonly times: Float64Array;
  private readonly groups: Int32Array;

  constructor(most: number) {
    this.times = new Float64Array(most);
    this.groups = new Int32Array(most);
  }

  /** When the next service ends; Infinity when none is under way. */
  get next(): number {
    return this.size === 0 ? Infinity : (this.times[0] ?? Infinity);
  }

  /** The group of the server whose service ends next. */
  get group(): number {
    return this.groups[0] ?? 0;
  }

  add(time: number, group: number): void {
    const { times, groups } = this;
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = times[parent] ?? 0;
      if (above <= time) break;
      times[place] = above;
      groups[place] = groups[parent] ?? 0;
      place = parent;
    }
    times[place] = time;
    groups[place] = group;
  }

  /** Puts another service of the same server in the place of the one that ends next. */
  replaceTop(time: number): void {
    this.sink(time, this.groups[0] ?? 0);
  }

  removeTop(): void {
    const last = --this.size;
    if (last > 0) this.sink(this.times[last] ?? 0, this.groups[last] ?? 0);
  }

  private sink(time: number, group: number): void {
    const { times, groups, size } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      let below = times[child] ?? 0;
      if (child + 1 < size) {
        const other = times[child + 1] ?? 0;
        if (other < below) {
          below = other;
          child++;
        }
      }
      if (below >= time) break;
      times[place] = below;
      groups[place] = groups[child] ?? 0;
      place = child;
    }
    times[place] = time;
    groups[place] = group;
  }
}
