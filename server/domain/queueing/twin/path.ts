/** What comes to a branch in one replication: who arrives when, how long each needs and would wait. The same for all plans. */
import type { TwinModel } from './model.ts';
import { EXPONENTIAL, TABLE_SHIFT, TABLE_SIZE } from './quantile-table.ts';
import type { RandomBits } from './random-bits.ts';
import { drawResidual } from './residual.ts';

const FIRST_CAPACITY = 128;
/** Who waits now came before the first arrival to come, be it by nothing. */
const JUST_NOW = -Number.EPSILON;

/**
 * Customers of queue q stand at places q × capacity and on, in order of arrival, those waiting now first (they arrived
 * before 0); after the last stands an arrival at Infinity. Times in seconds from now.
 */
export class Path {
  /** Places for each queue. */
  capacity = FIRST_CAPACITY;
  /** Customers, by queue. */
  readonly counts: Int32Array;
  arrival: Float64Array;
  /** By the queue's law; a group's pace comes on top. */
  service: Float32Array;
  /** When the customer leaves unless served by then. */
  deadline: Float64Array;
  /** When each service under way now will be over, in the order of the model. */
  readonly over: Float64Array;
  private readonly model: TwinModel;

  constructor(model: TwinModel) {
    this.model = model;
    const places = model.queues * FIRST_CAPACITY;
    this.counts = new Int32Array(model.queues);
    this.arrival = new Float64Array(places);
    this.service = new Float32Array(places);
    this.deadline = new Float64Array(places);
    this.over = new Float64Array(model.inService.length);
  }

  /** Draws another path. */
  draw(bits: RandomBits): void {
    const { inService, pace, dayFactor, queues } = this.model;
    inService.forEach(({ group, residual }, i) => {
      const left = drawResidual(bits, residual) - residual.elapsed;
      this.over[i] = left * (pace[group] ?? 1);
    });
    const factor = dayFactor === null ? 1 : bits.gamma(dayFactor.shape) / dayFactor.rate;
    for (let queue = 0; queue < queues; queue++) {
      this.drawWaiting(bits, queue);
      this.drawArrivals(bits, queue, factor);
    }
  }

  private drawWaiting(bits: RandomBits, queue: number): void {
    const services = this.model.service[queue];
    const waiting = this.model.waiting[queue] ?? [];
    while (waiting.length >= this.capacity) this.widen();
    waiting.forEach((residual, i) => {
      const place = queue * this.capacity + i;
      this.arrival[place] = Math.min(JUST_NOW, -residual.elapsed);
      this.service[place] = services?.[bits.next() >>> TABLE_SHIFT] ?? 0;
      this.deadline[place] = drawResidual(bits, residual) - residual.elapsed;
    });
    this.counts[queue] = waiting.length;
  }

  private drawArrivals(bits: RandomBits, queue: number, factor: number): void {
    const slots = this.model.slots[queue];
    const services = this.model.service[queue];
    const patience = this.model.patience[queue];
    if (slots === undefined || services === undefined || patience === undefined) return;
    const { ends, rates } = slots;
    let { arrival, service, deadline } = this;
    let place = queue * this.capacity + (this.counts[queue] ?? 0);
    let last = (queue + 1) * this.capacity - 1;
    let at = 0;
    let slot = 0;
    let end = ends[0] ?? 0;
    let rate = (rates[0] ?? 0) * factor;
    for (;;) {
      // The gap to the next arrival, in arrivals expected; slots differ in how long that takes.
      let gap = EXPONENTIAL[bits.next() >>> TABLE_SHIFT] ?? 0;
      let untilEnd = (end - at) * rate;
      while (gap >= untilEnd) {
        gap -= untilEnd;
        at = end;
        if (++slot === ends.length) {
          arrival[place] = Infinity;
          this.counts[queue] = place - queue * this.capacity;
          return;
        }
        end = ends[slot] ?? 0;
        rate = (rates[slot] ?? 0) * factor;
        untilEnd = (end - at) * rate;
      }
      at += gap / rate;
      if (place === last) {
        place -= queue * this.capacity;
        this.widen();
        place += queue * this.capacity;
        last = (queue + 1) * this.capacity - 1;
        ({ arrival, service, deadline } = this);
      }
      const drawn = bits.next();
      arrival[place] = at;
      service[place] = services[drawn >>> TABLE_SHIFT] ?? 0;
      deadline[place] = at + (patience[drawn & (TABLE_SIZE - 1)] ?? 0);
      place++;
    }
  }

  /** Twice the places for each queue. */
  private widen(): void {
    const { queues } = this.model;
    const before = this.capacity;
    this.capacity = 2 * before;
    this.arrival = spread(this.arrival, new Float64Array(queues * this.capacity), before);
    this.service = spread(this.service, new Float32Array(queues * this.capacity), before);
    this.deadline = spread(this.deadline, new Float64Array(queues * this.capacity), before);
  }
}

function spread<Numbers extends Float64Array | Float32Array>(
  from: Numbers,
  to: Numbers,
  before: number,
): Numbers {
  for (let place = 0; place < from.length; place += before)
    to.set(from.subarray(place, place + before), 2 * place);
  return to;
}
