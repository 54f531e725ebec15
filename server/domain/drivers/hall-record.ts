/** What happened in a hall on one of its days, slot by slot, as the split of waits needs it. */
import { INTERVAL_MS, type QueueInterval } from '../metrics/interval.ts';
import { type HallLayout, type HallRows, openTime, readyTime } from './hall-layout.ts';

/** Sums of one queue in one slot; as a mean of several days they need not be whole. */
export interface QueueWork {
  arrivals: number;
  answered: number;
  /** Of those answered. */
  waitSeconds: number;
  abandoned: number;
  abandonWaitSeconds: number;
  handled: number;
  /** What those handled took of somebody's time: from the call over service and holds to the end of wrap-up. */
  workSeconds: number;
}

export const noWork = (): QueueWork => ({
  arrivals: 0,
  answered: 0,
  waitSeconds: 0,
  abandoned: 0,
  abandonWaitSeconds: 0,
  handled: 0,
  workSeconds: 0,
});

const NO_WORK = noWork();

/** Adds `more`, so many `times`, to `sum`. */
export function addWork(sum: QueueWork, more: QueueWork, times = 1): void {
  // Name by name, because a day's report adds some hundred thousand of them.
  sum.arrivals += times * more.arrivals;
  sum.answered += times * more.answered;
  sum.waitSeconds += times * more.waitSeconds;
  sum.abandoned += times * more.abandoned;
  sum.abandonWaitSeconds += times * more.abandonWaitSeconds;
  sum.handled += times * more.handled;
  sum.workSeconds += times * more.workSeconds;
}

export interface HallSlot {
  /** By queue of the layout. */
  queues: readonly QueueWork[];
  /** Open on average, by pool of the layout. */
  servers: readonly number[];
}

/** Sums of some queues, or for `null` of all, over the slots `from` ≤ slot < `to`. */
export function workIn(
  slots: readonly HallSlot[],
  queues: readonly number[] | null,
  from = 0,
  to = slots.length,
): QueueWork {
  const sum = noWork();
  for (let i = from; i < to; i++) {
    const works = slots[i]?.queues ?? [];
    if (queues === null) for (const work of works) addWork(sum, work);
    else for (const queue of queues) addWork(sum, works[queue] ?? NO_WORK);
  }
  return sum;
}

/** Average wait (rule WT3), seconds; `null` when nobody was answered. */
export const meanWait = ({ answered, waitSeconds }: QueueWork): number | null =>
  answered > 0 ? waitSeconds / answered : null;

export interface HallRecord {
  /** Slots of a quarter-hour from the start of the hall's day. */
  slots: readonly HallSlot[];
  /** Queues of which only a level feed told: nobody knows their arrivals. */
  unknownQueues: ReadonlySet<string>;
}

/** The record of a day that starts at `dayStart` (epoch ms) from its rows; what lies outside its slots is left out. */
export function recordHall(
  { queues, pools, servedBy }: HallLayout,
  rows: HallRows,
  dayStart: number,
  slotCount: number,
): HallRecord {
  const slotOf = (start: number): number => (start - dayStart) / INTERVAL_MS;
  const slots = Array.from({ length: slotCount }, () => ({
    queues: queues.map(noWork),
    servers: pools.map(() => 0),
  }));
  const observed = new Set<string>();
  const counted = new Set<string>();
  for (const { id, start, sums } of rows.queues) {
    const work = slots[slotOf(start)]?.queues[queues.indexOf(id)];
    if (work === undefined) continue;
    addWork(work, workOf(sums));
    if (sums.observedSeconds > 0) observed.add(id);
    if (sums.offered + sums.answered + sums.abandoned > 0) counted.add(id);
  }
  const serve = (start: number, pool: number, ms: number): void => {
    const servers = slots[slotOf(start)]?.servers;
    if (servers?.[pool] !== undefined) servers[pool] += ms / INTERVAL_MS;
  };
  if (servedBy === 'counters') {
    for (const { id, start, sums } of rows.counters)
      serve(
        start,
        pools.findIndex(({ counters }) => counters.has(id)),
        openTime(sums),
      );
  } else {
    for (const { start, sums } of rows.agents) serve(start, 0, readyTime(sums));
  }
  return { slots, unknownQueues: observed.difference(counted) };
}

const workOf = (sums: QueueInterval): QueueWork => ({
  arrivals: sums.offered,
  answered: sums.answered,
  waitSeconds: sums.waitSeconds,
  abandoned: sums.abandoned,
  abandonWaitSeconds: sums.abandonWaitSeconds,
  handled: sums.handled,
  workSeconds: sums.answerSeconds + sums.serviceSeconds + sums.wrapUpSeconds,
});
