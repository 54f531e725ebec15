/** When the servers of each group are next free: a binary heap a group, side by side in one array. */
export class FreeServers {
  /** Seconds. At `tops[group]` stands who is free first; Infinity stands wherever there is nobody. */
  readonly times: Float64Array;
  readonly tops: Int32Array;
  /** Servers, by group. */
  readonly sizes: Int32Array;

  /** With room for so many servers in each group. */
  constructor(most: Int32Array) {
    this.tops = new Int32Array(most.length);
    this.sizes = new Int32Array(most.length);
    let places = 0;
    most.forEach((servers, group) => {
      this.tops[group] = places;
      places += servers + 1;
    });
    this.times = new Float64Array(places);
  }

  clear(): void {
    this.sizes.fill(0);
    this.times.fill(Infinity);
  }

  add(group: number, time: number): void {
    const { times, tops, sizes } = this;
    const top = tops[group] ?? 0;
    let place = sizes[group] ?? 0;
    sizes[group] = place + 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = times[top + parent] ?? 0;
      if (above <= time) break;
      times[top + place] = above;
      place = parent;
    }
    times[top + place] = time;
  }

  /** Whoever of a group is free first is so at this later time. */
  delay(group: number, time: number): void {
    const { times } = this;
    const top = this.tops[group] ?? 0;
    const size = this.sizes[group] ?? 0;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      const left = times[top + child] ?? 0;
      const right = times[top + child + 1] ?? 0;
      const sooner = right < left ? right : left;
      if (sooner >= time) break;
      times[top + place] = sooner;
      place = child + Number(right < left);
    }
    times[top + place] = time;
  }

  /** Takes away whoever of a group is free first; when that is, Infinity when nobody is there. */
  remove(group: number): number {
    const top = this.tops[group] ?? 0;
    const first = this.times[top] ?? Infinity;
    const last = top + (this.sizes[group] ?? 0) - 1;
    if (last < top) return first;
    const time = this.times[last] ?? Infinity;
    this.times[last] = Infinity;
    this.sizes[group] = last - top;
    if (last > top) this.delay(group, time);
    return first;
  }
}
