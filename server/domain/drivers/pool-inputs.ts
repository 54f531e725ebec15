/** What a pool of counters had to do and with whom, slot by slot, as it was and as it usually is. */
import { type HallSlot, noWork, type QueueWork, workIn } from './hall-record.ts';

/** A pool on a day. */
export interface PoolDay {
  /** Queues and pool by their place in the layout. */
  queues: readonly number[];
  pool: number;
  /** The slots of the day so far, and the usual ones beside them. */
  today: readonly HallSlot[];
  usual: readonly HallSlot[];
  /** The whole usual day, and how many days are behind it. */
  usualDay: readonly HallSlot[];
  days: number;
  /** Counters planned for the pool, by slot of today; `null` where nothing is planned. */
  planned: readonly (number | null)[];
}

/** Numbers by queue of a pool and slot. */
export type ByQueue = readonly (readonly number[])[];

/** How far around a slot its neighbours tell what happened in it: the model brings chance of its own within slots. */
const SLOTS_AROUND = 1;
/** Services that a mean over some slots must outweigh before it counts for more than the mean over the day. */
const SERVICES_TRUSTED = 10;

/** The slots of one queue. */
const worksOf = (slots: readonly HallSlot[], queue: number): QueueWork[] =>
  slots.map(({ queues }) => queues[queue] ?? noWork());

export const serversIn = (slots: readonly HallSlot[], pool: number): number[] =>
  slots.map(({ servers }) => servers[pool] ?? 0);

export const arrivalsIn = (slots: readonly HallSlot[], queues: readonly number[]): number[][] =>
  queues.map((queue) => worksOf(slots, queue).map(({ arrivals }) => arrivals));

/** Arrivals of today: what there were more or fewer than usual is spread over the neighbouring slots, so that sums stay. */
export function arrivalsToday({ queues, today, usual }: PoolDay): number[][] {
  const came = arrivalsIn(today, queues);
  return arrivalsIn(usual, queues).map((usually, i) => {
    const spread = [...usually];
    usually.forEach((mean, slot) => {
      const from = Math.max(0, slot - SLOTS_AROUND);
      const to = Math.min(usually.length, slot + SLOTS_AROUND + 1);
      const more = ((came[i]?.[slot] ?? 0) - mean) / (to - from);
      for (let near = from; near < to; near++) spread[near] = (spread[near] ?? 0) + more;
    });
    return spread.map((arrivals) => Math.max(0, arrivals));
  });
}

/** Usual handling time in `slots` of usual days, seconds: a slot's own mean where enough were handled, else that of the day. */
export function usualHandling({ queues, usualDay, days }: PoolDay, slots: readonly HallSlot[]): number[][] {
  const all = workIn(usualDay, queues);
  return queues.map((queue) => {
    const own = workIn(usualDay, [queue]);
    const { handled, workSeconds } = own.workSeconds > 0 ? own : all;
    const mean = workSeconds / handled;
    return worksOf(slots, queue).map(
      (work) =>
        (work.workSeconds * days + mean * SERVICES_TRUSTED) / (work.handled * days + SERVICES_TRUSTED),
    );
  });
}

/** Handling time of today, seconds: as many times the usual one as it was around each slot; the usual one while few are handled. */
export function handlingToday({ queues, today }: PoolDay, usual: ByQueue): number[][] {
  return queues.map((queue, i) => {
    const works = worksOf(today, queue);
    const usually = usual[i] ?? [];
    const ratio = (from: number, to: number, before: number): number => {
      let services = SERVICES_TRUSTED;
      let usualServices = SERVICES_TRUSTED * before;
      for (let slot = Math.max(0, from); slot < Math.min(works.length, to); slot++) {
        services += works[slot]?.handled ?? 0;
        usualServices += (works[slot]?.workSeconds ?? 0) / (usually[slot] ?? Infinity);
      }
      return usualServices / services;
    };
    const day = ratio(0, works.length, 1);
    return usually.map((mean, slot) => mean * ratio(slot - SLOTS_AROUND, slot + SLOTS_AROUND + 1, day));
  });
}
