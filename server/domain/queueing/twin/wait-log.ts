/** The waits of all replications by cell (queue and window), in bins: what their quantiles are told from. */

/** Bins are so fine that doubling a wait takes this many; inside a bin waits are taken to be spread evenly. */
const BINS_PER_DOUBLING = 32;
/** Bits of a 32-bit float below those that tell the bin. */
const FINER_BITS = 23 - Math.log2(BINS_PER_DOUBLING);
/** Waits below 1/8 s and above 2^18 s, three days, fall into the outermost bins. */
const FIRST_BIN = (127 - 3) * BINS_PER_DOUBLING;
/** Bins of a cell. */
export const BINS = 21 * BINS_PER_DOUBLING;

const FIRST_CAPACITY = 4_096;

export class WaitLog {
  /** Of the replication at hand: waits above 0, seconds, and the cell of each. */
  waits = new Float32Array(0);
  cells = new Int32Array(0);
  /** Waits in each bin, by cell × BINS + bin. */
  readonly counts: Uint32Array;
  /** The bin of each wait, replication by replication. */
  bins = new Int32Array(FIRST_CAPACITY);
  /** Where in `bins` each replication ends. */
  readonly rowEnds: number[] = [];
  private bits = new Uint32Array(0);

  constructor(cells: number) {
    this.counts = new Uint32Array(cells * BINS);
  }

  /** Makes room for so many waits of a replication. */
  reserve(most: number): void {
    if (most <= this.waits.length) return;
    this.waits = new Float32Array(2 * most);
    this.bits = new Uint32Array(this.waits.buffer);
    this.cells = new Int32Array(2 * most);
  }

  /** Ends a replication, of whose waits so many were written. */
  endRow(waits: number): void {
    const { bits, cells, counts } = this;
    const begin = this.rowEnds.at(-1) ?? 0;
    while (begin + waits > this.bins.length) this.widen();
    const { bins } = this;
    for (let i = 0; i < waits; i++) {
      const bin = Math.min(BINS - 1, Math.max(0, ((bits[i] ?? 0) >>> FINER_BITS) - FIRST_BIN));
      const place = (cells[i] ?? 0) * BINS + bin;
      counts[place] = (counts[place] ?? 0) + 1;
      bins[begin + i] = place;
    }
    this.rowEnds.push(begin + waits);
  }

  private widen(): void {
    const bins = new Int32Array(2 * this.bins.length);
    bins.set(this.bins);
    this.bins = bins;
  }
}

/** Where a bin of a cell begins, seconds. */
export function lowerEdge(bin: number): number {
  const place = bin + FIRST_BIN;
  const fraction = 1 + (place % BINS_PER_DOUBLING) / BINS_PER_DOUBLING;
  return fraction * 2 ** (Math.floor(place / BINS_PER_DOUBLING) - 127);
}
