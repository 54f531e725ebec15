/** What came out of each replication of one plan. */
import { type Column, weighted } from './estimates.ts';
import type { TwinModel } from './model.ts';
import type { Path } from './path.ts';
import type { PlanRun } from './plan-run.ts';
import type { TwinQuestion } from './question.ts';
import { WaitLog } from './wait-log.ts';

/** Figures of one queue and window in a row. */
export const FIELD = {
  arrivals: 0,
  waitSeconds: 1,
  late: 2,
  abandoned: 3,
  /** Served, after a wait no longer than the target. */
  answeredWithin: 4,
  /** Still waiting when nobody is left to serve, and not leaving either. */
  unserved: 5,
} as const;
export type Field = keyof typeof FIELD;
const FIELDS = Object.keys(FIELD).length;

const FIRST_CAPACITY = 128;

/**
 * A row a replication, kept by columns: the fields of each cell (queue × windows + window), the lengths of the queues,
 * seconds staffed and unused by group.
 */
export class Records {
  /** Replications recorded. */
  rows = 0;
  readonly waits = new WaitLog();
  readonly cells: number;
  private readonly windows: TwinQuestion['windows'];
  private readonly instants: Float64Array;
  private readonly model: TwinModel;
  private readonly columns: number;
  /** Rows for which there is room in each column. */
  private capacity = FIRST_CAPACITY;
  private values: Float64Array;

  constructor(model: TwinModel, { windows, instants }: TwinQuestion) {
    this.model = model;
    this.windows = windows;
    this.instants = Float64Array.from(instants);
    this.cells = model.queues * windows.length;
    this.columns = this.cells * FIELDS + model.queues * instants.length + 2 * model.groups;
    this.values = new Float64Array(this.columns * this.capacity);
  }

  /** The column of a figure of a queue and window. */
  cellColumn(cell: number, field: Field): Column {
    return this.column(cell * FIELDS + FIELD[field]);
  }

  /** The column of a figure over all windows, of one queue or of all. */
  total(field: Field, queue: number | null = null): Column {
    const perQueue = this.windows.length;
    const first = queue === null ? 0 : queue * perQueue;
    const cells = Array.from({ length: queue === null ? this.cells : perQueue }, (_, i) => first + i);
    return weighted(cells.map((cell) => [this.cellColumn(cell, field), 1]));
  }

  /** The column of a queue's length at an instant. */
  lengthColumn(queue: number, instant: number): Column {
    return this.column(this.cells * FIELDS + queue * this.instants.length + instant);
  }

  staffedColumn(group: number): Column {
    return this.column(this.columns - 2 * this.model.groups + group);
  }

  unusedColumn(group: number): Column {
    return this.column(this.columns - this.model.groups + group);
  }

  /** Adds the row of a plan that was just lived through. */
  add(path: Path, run: PlanRun): void {
    if (this.rows === this.capacity) {
      this.values = widened(this.values, this.capacity, 2 * this.capacity);
      this.capacity *= 2;
    }
    for (let queue = 0; queue < this.model.queues; queue++) {
      this.addWindows(path, run.begins, queue);
      this.addLengths(path, run.begins, queue);
    }
    const groups = this.columns - 2 * this.model.groups;
    run.staffed.forEach((seconds, group) => {
      this.put(groups + group, seconds);
      this.put(groups + this.model.groups + group, run.unused[group] ?? 0);
    });
    this.waits.endRow();
    this.rows++;
  }

  private addWindows(path: Path, begins: Float64Array, queue: number): void {
    const { windows, waits } = this;
    const { arrival, deadline } = path;
    const { horizon } = this.model;
    const target = this.model.targets[queue] ?? 0;
    let place = queue * path.capacity;
    let cell = queue * windows.length;
    for (const { from, to } of windows) {
      while ((arrival[place] ?? Infinity) < from) place++;
      const first = place;
      let waitSeconds = 0;
      let late = 0;
      let gone = 0;
      let unserved = 0;
      let answeredWithin = 0;
      for (; (arrival[place] ?? Infinity) < to; place++) {
        const arrived = arrival[place] ?? 0;
        const begun = begins[place] ?? Infinity;
        let over = begun;
        if (begun === Infinity) {
          over = deadline[place] ?? Infinity;
          gone++;
          if (over === Infinity) {
            over = horizon;
            unserved++;
            late += Number(horizon - arrived <= target);
          }
        }
        const wait = over - arrived;
        const isLate = Number(wait > target);
        late += isLate;
        answeredWithin += Number(begun < Infinity) & (1 - isLate);
        waitSeconds += wait;
        waits.add(cell, wait);
      }
      const column = cell * FIELDS;
      this.put(column + FIELD.arrivals, place - first);
      this.put(column + FIELD.waitSeconds, waitSeconds);
      this.put(column + FIELD.late, late);
      this.put(column + FIELD.abandoned, gone - unserved);
      this.put(column + FIELD.answeredWithin, answeredWithin);
      this.put(column + FIELD.unserved, unserved);
      cell++;
    }
  }

  /** Walks back from the last who came: queues are served in order, so all before one in service are in service or gone. */
  private addLengths(path: Path, begins: Float64Array, queue: number): void {
    const { instants } = this;
    const { arrival, deadline } = path;
    const first = queue * path.capacity;
    let next = first;
    let column = this.cells * FIELDS + queue * instants.length;
    for (const instant of instants) {
      while ((arrival[next] ?? Infinity) <= instant) next++;
      let waiting = 0;
      for (let place = next - 1; place >= first && (begins[place] ?? Infinity) > instant; place--)
        waiting += Number((deadline[place] ?? Infinity) > instant);
      this.put(column++, waiting);
    }
  }

  private put(column: number, value: number): void {
    this.values[column * this.capacity + this.rows] = value;
  }

  private column(column: number): Column {
    return this.values.subarray(column * this.capacity, column * this.capacity + this.rows);
  }
}

/** The same columns with more room in each. */
function widened(values: Float64Array, before: number, after: number): Float64Array {
  const wider = new Float64Array((values.length / before) * after);
  for (let column = 0; column * before < values.length; column++)
    wider.set(values.subarray(column * before, (column + 1) * before), column * after);
  return wider;
}
