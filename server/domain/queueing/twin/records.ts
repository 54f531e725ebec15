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

/** What becomes of a customer is 1 for a wait above the target and, added to it, 2 without service and 2 more without leaving. */
const NOT_SERVED = 2;
const NOT_GONE = 2;
const OUTCOMES = 6;

const FIRST_CAPACITY = 128;

/**
 * A row a replication, kept by columns: the fields of each cell (queue × windows + window), the lengths of the queues,
 * seconds staffed and unused by group.
 */
export class Records {
  /** Replications recorded. */
  rows = 0;
  readonly waits: WaitLog;
  readonly cells: number;
  private readonly windows: TwinQuestion['windows'];
  /** The last is never. */
  private readonly instants: Float64Array;
  private readonly model: TwinModel;
  private readonly columns: number;
  /** Rows for which there is room in each column. */
  private capacity = FIRST_CAPACITY;
  private values: Float64Array;
  /** Of the replication at hand: customers by cell and outcome, seconds waited by cell, queue lengths. */
  private readonly outcomes: Int32Array;
  private readonly waited: Float64Array;
  private readonly lengths: Int32Array;

  constructor(model: TwinModel, { windows, instants }: TwinQuestion) {
    this.model = model;
    this.windows = windows;
    this.instants = Float64Array.from([...instants, Infinity]);
    this.cells = model.queues * windows.length;
    this.waits = new WaitLog(this.cells);
    this.outcomes = new Int32Array(this.cells * OUTCOMES);
    this.waited = new Float64Array(this.cells);
    this.lengths = new Int32Array(model.queues * instants.length);
    this.columns = this.cells * FIELDS + this.lengths.length + 2 * model.groups;
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
    return this.column(this.cells * FIELDS + queue * (this.instants.length - 1) + instant);
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
    this.follow(path, run.begins);
    for (let cell = 0; cell < this.cells; cell++) this.putCell(cell);
    for (let i = 0; i < this.lengths.length; i++) this.put(this.cells * FIELDS + i, this.lengths[i] ?? 0);
    const groups = this.columns - 2 * this.model.groups;
    run.staffed.forEach((seconds, group) => {
      this.put(groups + group, seconds);
      this.put(groups + this.model.groups + group, run.unused[group] ?? 0);
    });
    this.rows++;
  }

  /** Goes through the customers in order of arrival, and through windows and instants with them. */
  private follow({ count, queue, arrival, deadline }: Path, begins: Float64Array): void {
    const { windows, instants, outcomes, waited, lengths } = this;
    const perQueue = instants.length - 1;
    const { targets, horizon } = this.model;
    outcomes.fill(0);
    waited.fill(0);
    lengths.fill(0);
    this.waits.reserve(count);
    const { waits, cells } = this.waits;
    let logged = 0;
    let window = 0;
    let { from = Infinity, to = Infinity } = windows[0] ?? {};
    let instant = 0;
    for (let place = 0; place < count; place++) {
      const arrived = arrival[place] ?? 0;
      const begun = begins[place] ?? Infinity;
      const of = queue[place] ?? 0;
      const left = Number(begun === Infinity);
      const over = left === 1 ? (deadline[place] ?? Infinity) : begun;

      while ((instants[instant] ?? Infinity) < arrived) instant++;
      for (let i = instant; (instants[i] ?? Infinity) < over; i++) {
        const length = of * perQueue + i;
        lengths[length] = (lengths[length] ?? 0) + 1;
      }

      while (arrived >= to) ({ from = Infinity, to = Infinity } = windows[++window] ?? {});
      if (arrived < from) continue;
      const cell = of * windows.length + window;
      const unserved = Number(over === Infinity);
      const wait = (unserved === 1 ? horizon : over) - arrived;
      const isLate = Number(wait > (targets[of] ?? 0));
      const outcome = cell * OUTCOMES + isLate + NOT_SERVED * left + NOT_GONE * unserved;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      waited[cell] = (waited[cell] ?? 0) + wait;
      // Who did not wait is written over by the next: sooner done than asking.
      waits[logged] = wait;
      cells[logged] = cell;
      logged += Number(wait > 0);
    }
    this.waits.endRow(logged);
  }

  private putCell(cell: number): void {
    const { outcomes } = this;
    const first = cell * OUTCOMES;
    const within = outcomes[first] ?? 0;
    const late = outcomes[first + 1] ?? 0;
    const goneWithin = outcomes[first + NOT_SERVED] ?? 0;
    const goneLate = outcomes[first + NOT_SERVED + 1] ?? 0;
    const unserved =
      (outcomes[first + NOT_SERVED + NOT_GONE] ?? 0) + (outcomes[first + NOT_SERVED + NOT_GONE + 1] ?? 0);
    const gone = goneWithin + goneLate;
    const column = cell * FIELDS;
    this.put(column + FIELD.arrivals, within + late + gone + unserved);
    this.put(column + FIELD.waitSeconds, this.waited[cell] ?? 0);
    this.put(column + FIELD.late, late + goneLate + unserved);
    this.put(column + FIELD.abandoned, gone);
    this.put(column + FIELD.answeredWithin, within);
    this.put(column + FIELD.unserved, unserved);
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
