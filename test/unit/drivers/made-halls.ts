/** Days of halls made by chance from known rates, so that a split can be held against its true cause. */
import type { HallLayout } from '#server/domain/drivers/hall-layout.ts';
import { addWork, type HallRecord, type HallSlot, noWork } from '#server/domain/drivers/hall-record.ts';
import { createRng, type Rng } from '#server/rng.ts';

const SLOT_SECONDS = 900;
/** Nine hours. */
export const SLOTS = 36;

/** What a hall with one queue is like by slot. */
export interface HallPlan {
  /** Expected. */
  arrivals: readonly number[];
  handlingSeconds: readonly number[];
  counters: readonly number[];
  /** Mean patience, seconds; Infinity when nobody leaves. */
  patienceSeconds: number;
}

const wave = (mean: number, swing: number): number[] =>
  Array.from({ length: SLOTS }, (_, slot) => mean * (1 + swing * Math.sin((slot / SLOTS) * 4 * Math.PI)));

/** Four counters that are busy four fifths of the time, with a peak before noon and one in the afternoon. */
export const USUAL: HallPlan = {
  arrivals: wave(8, 0.15),
  handlingSeconds: Array.from({ length: SLOTS }, () => 350),
  counters: Array.from({ length: SLOTS }, () => 4),
  patienceSeconds: 5_400,
};

/** Values of some slots times a factor. */
export const times = (values: readonly number[], factor: number, from = 0, to = values.length): number[] =>
  values.map((value, slot) => (slot >= from && slot < to ? value * factor : value));

/** Values of some slots raised by so much. */
export const plus = (values: readonly number[], more: number, from = 0, to = values.length): number[] =>
  values.map((value, slot) => (slot >= from && slot < to ? value + more : value));

export const ONE_QUEUE: HallLayout = {
  queues: ['general'],
  pools: [{ queues: ['general'], counters: new Set(['1', '2', '3', '4']) }],
  servedBy: 'counters',
};

const exponential = (mean: number, rng: Rng): number => -mean * Math.log(1 - rng());

/** Customers of a day as they come: time, handling, patience, seconds. */
interface Customer {
  at: number;
  handling: number;
  patience: number;
}

function customersOf({ arrivals, handlingSeconds, patienceSeconds }: HallPlan, rng: Rng): Customer[] {
  const customers: Customer[] = [];
  arrivals.forEach((mean, slot) => {
    if (mean <= 0) return;
    const gap = SLOT_SECONDS / mean;
    for (let at = exponential(gap, rng); at < SLOT_SECONDS; at += exponential(gap, rng)) {
      const handling = exponential(handlingSeconds[slot] ?? 0, rng);
      const patience = patienceSeconds === Infinity ? Infinity : exponential(patienceSeconds, rng);
      customers.push({ at: slot * SLOT_SECONDS + at, handling, patience });
    }
  });
  return customers;
}

/** One day, first come, first served; who leaves a counter finishes first. After the last slot all who wait are served. */
export function makeDay(plan: HallPlan, seed: number): HallRecord {
  const slots = plan.counters.map((open) => ({ queues: [noWork()], servers: [open] }));
  const slotAt = (at: number): HallSlot['queues'][number] =>
    slots[Math.min(SLOTS - 1, Math.floor(at / SLOT_SECONDS))]?.queues[0] ?? noWork();
  const openAt = (at: number): number =>
    plan.counters[Math.min(SLOTS - 1, Math.floor(at / SLOT_SECONDS))] ?? 0;
  let busyUntil: number[] = [];
  let lastStart = 0;
  for (const { at, handling, patience } of customersOf(plan, createRng(seed))) {
    addWork(slotAt(at), { ...noWork(), arrivals: 1 });
    const start = earliestStart(busyUntil, Math.max(at, lastStart), openAt);
    if (start - at > patience) {
      addWork(slotAt(at + patience), { ...noWork(), abandoned: 1, abandonWaitSeconds: patience });
      continue;
    }
    busyUntil = [...busyUntil.filter((until) => until > start), start + handling];
    lastStart = start;
    addWork(slotAt(start), { ...noWork(), answered: 1, waitSeconds: start - at });
    addWork(slotAt(start + handling), { ...noWork(), handled: 1, workSeconds: handling });
  }
  return { slots, unknownQueues: new Set() };
}

/** When fewer counters are busy than are open, at `at` or after it: at once, when one gets free, or when one opens. */
function earliestStart(busyUntil: readonly number[], at: number, openAt: (at: number) => number): number {
  for (let moment = at; ;) {
    const later = busyUntil.filter((until) => until > moment);
    if (later.length < openAt(moment)) return moment;
    const nextBorder = (Math.floor(moment / SLOT_SECONDS) + 1) * SLOT_SECONDS;
    if (later.length === 0 && nextBorder > SLOTS * SLOT_SECONDS) return moment;
    moment = Math.min(nextBorder, ...later);
  }
}

/** The mean of many days. */
export function meanDay(plan: HallPlan, days: number, seed: number): HallRecord {
  const sum = plan.counters.map((open) => ({ queues: [noWork()], servers: [open] }));
  for (let day = 0; day < days; day++) {
    makeDay(plan, seed + day).slots.forEach(({ queues }, slot) => {
      for (const [queue, work] of queues.entries())
        addWork(sum[slot]?.queues[queue] ?? noWork(), work, 1 / days);
    });
  }
  return { slots: sum, unknownQueues: new Set() };
}
