/** Arcs by net gain, the best first. */
export class ArcHeap {
  readonly #arcs: Int32Array;
  readonly #nets: Float64Array;
  size = 0;

  constructor(room: number) {
    this.#arcs = new Int32Array(room + 1);
    this.#nets = new Float64Array(room + 1);
  }

  best(): number {
    return this.size > 0 ? (this.#nets[0] ?? -Infinity) : -Infinity;
  }

  push(arc: number, net: number): void {
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#nets[parent] ?? 0) >= net) break;
      this.#put(at, this.#arcs[parent] ?? 0, this.#nets[parent] ?? 0);
      at = parent;
    }
    this.#put(at, arc, net);
  }

  pop(): { arc: number; net: number } {
    const top = { arc: this.#arcs[0] ?? 0, net: this.#nets[0] ?? 0 };
    this.size--;
    const arc = this.#arcs[this.size] ?? 0;
    const net = this.#nets[this.size] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && (this.#nets[child + 1] ?? 0) > (this.#nets[child] ?? 0)) child++;
      if ((this.#nets[child] ?? 0) <= net) break;
      this.#put(at, this.#arcs[child] ?? 0, this.#nets[child] ?? 0);
      at = child;
    }
    this.#put(at, arc, net);
    return top;
  }

  #put(at: number, arc: number, net: number): void {
    this.#arcs[at] = arc;
    this.#nets[at] = net;
  }
}
