/** The waits of all replications, one after the other: what their quantiles are told from. */

const FIRST_CAPACITY = 4_096;

export class WaitLog {
  /** Waits logged. */
  length = 0;
  /** Seconds, by entry; all above 0. */
  waits = new Float32Array(FIRST_CAPACITY);
  /** Queue and window, by entry. */
  cells = new Int32Array(FIRST_CAPACITY);
  /** Where each replication ends. */
  readonly rowEnds: number[] = [];

  /** Makes room for so many waits more. */
  reserve(more: number): void {
    while (this.length + more > this.waits.length) this.widen();
  }

  /** Ends a replication, of whose waits so many above 0 were written behind those before. */
  endRow(length: number): void {
    this.length = length;
    this.rowEnds.push(length);
  }

  private widen(): void {
    const waits = new Float32Array(2 * this.waits.length);
    const cells = new Int32Array(2 * this.cells.length);
    waits.set(this.waits);
    cells.set(this.cells);
    this.waits = waits;
    this.cells = cells;
  }
}
