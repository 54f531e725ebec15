/** What comes to a branch in one replication: who arrives when, how long each needs and would wait. The same for all plans. */
import { MIX_BITS } from './arrival-mix.ts';
import type { TwinModel } from './model.ts';
import { EXPONENTIAL, TABLE_SHIFT, TABLE_SIZE } from './quantile-table.ts';
import type { RandomBits } from './random-bits.ts';
import { drawResidual } from './residual.ts';

const FIRST_CAPACITY = 512;
/** Who waits now came before the first arrival to come, be it by nothing. */
const JUST_NOW = -Number.EPSILON;
const MIX_MASK = (1 << MIX_BITS) - 1;

/**
 * Customers of all queues stand one after the other in order of arrival, those waiting now first (they arrived before 0);
 * at place `count`, after the last, stands an arrival at Infinity. Times in seconds from now.
 */
export class Path {
  /** Customers. */
  count = 0;
  queue: Int32Array = new Int32Array(FIRST_CAPACITY);
  arrival = new Float64Array(FIRST_CAPACITY);
  /** By the queue's law; a group's pace comes on top. */
  service = new Float32Array(FIRST_CAPACITY);
  /** When the customer leaves unless served by then. */
  deadline = new Float64Array(FIRST_CAPACITY);
  /** The place of the next customer of the same queue; `count` after the last. */
  next = new Int32Array(FIRST_CAPACITY);
  /** The place of the first customer, by queue. */
  readonly heads: Int32Array;
  /** When each service under way now will be over, in the order of the model. */
  readonly over: Float64Array;
  private readonly model: TwinModel;

  constructor(model: TwinModel) {
    this.model = model;
    this.heads = new Int32Array(model.queues);
    this.over = new Float64Array(model.inService.length);
  }

  /** Draws another path. */
  draw(bits: RandomBits): void {
    const { inService, pace, dayFactor } = this.model;
    inService.forEach(({ group, residual }, i) => {
      const left = drawResidual(bits, residual) - residual.elapsed;
      this.over[i] = left * (pace[group] ?? 1);
    });
    this.count = 0;
    this.drawWaiting(bits);
    this.drawArrivals(bits, dayFactor === null ? 1 : bits.gamma(dayFactor.shape) / dayFactor.rate);
    this.link();
  }

  private drawWaiting(bits: RandomBits): void {
    const { waiting, service } = this.model;
    while (waiting.length >= this.arrival.length) this.widen();
    for (const { queue, residual } of waiting) {
      const place = this.count++;
      this.queue[place] = queue;
      this.arrival[place] = Math.min(JUST_NOW, -residual.elapsed);
      this.service[place] = service[queue * TABLE_SIZE + (bits.next() >>> TABLE_SHIFT)] ?? 0;
      this.deadline[place] = drawResidual(bits, residual) - residual.elapsed;
    }
  }

  private drawArrivals(bits: RandomBits, factor: number): void {
    const { ends, rates, columnBits, thresholds, choices } = this.model.arrivals;
    const services = this.model.service;
    const patiences = this.model.patience;
    const columnShift = MIX_BITS - columnBits;
    const fractionMask = (1 << columnShift) - 1;
    let { queue, arrival, service, deadline } = this;
    let place = this.count;
    // Arrivals expected until the next one comes, and until the stretch begins and ends.
    let due = 0;
    let dueBefore = 0;
    let dueAfter = 0;
    let stretch = -1;
    let start = 0;
    let end = 0;
    let secondsPerArrival = 0;
    for (;;) {
      const coming = bits.next();
      due += EXPONENTIAL[coming >>> TABLE_SHIFT] ?? 0;
      while (due >= dueAfter) {
        if (++stretch === ends.length) {
          arrival[place] = Infinity;
          this.count = place;
          return;
        }
        start = end;
        end = ends[stretch] ?? 0;
        const rate = (rates[stretch] ?? 0) * factor;
        dueBefore = dueAfter;
        dueAfter += (end - start) * rate;
        secondsPerArrival = 1 / rate;
      }
      const at = start + (due - dueBefore) * secondsPerArrival;
      const mix = coming & MIX_MASK;
      const column = (stretch << columnBits) + (mix >>> columnShift);
      const isOver = Number((mix & fractionMask) >= (thresholds[column] ?? 0));
      const to = choices[2 * column + isOver] ?? 0;
      const drawn = bits.next();
      queue[place] = to;
      arrival[place] = at;
      service[place] = services[to * TABLE_SIZE + (drawn >>> TABLE_SHIFT)] ?? 0;
      deadline[place] = at + (patiences[to * TABLE_SIZE + (drawn & (TABLE_SIZE - 1))] ?? 0);
      if (++place === arrival.length) {
        this.widen();
        ({ queue, arrival, service, deadline } = this);
      }
    }
  }

  private link(): void {
    const { count, queue, next, heads } = this;
    heads.fill(count);
    for (let place = count - 1; place >= 0; place--) {
      const of = queue[place] ?? 0;
      next[place] = heads[of] ?? 0;
      heads[of] = place;
    }
  }

  /** Twice the places. */
  private widen(): void {
    this.queue = longer(this.queue, new Int32Array(2 * this.queue.length));
    this.arrival = longer(this.arrival, new Float64Array(2 * this.arrival.length));
    this.service = longer(this.service, new Float32Array(2 * this.service.length));
    this.deadline = longer(this.deadline, new Float64Array(2 * this.deadline.length));
    this.next = new Int32Array(2 * this.next.length);
  }
}

function longer<Numbers extends Float64Array | Float32Array | Int32Array>(
  from: Numbers,
  to: Numbers,
): Numbers {
  to.set(from);
  return to;
}
