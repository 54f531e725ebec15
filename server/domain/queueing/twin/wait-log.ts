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

  /** Logs a wait unless there was none; without a branch, as that is as good as a coin toss. */
  add(cell: number, wait: number): void {
    const { length } = this;
    if (length === this.waits.length) this.widen();
    this.waits[length] = wait;
    this.cells[length] = cell;
    this.length = length + Number(wait > 0);
  }

  endRow(): void {
    this.rowEnds.push(this.length);
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
