/** A pool of counters as a model: its day with each driver as it was, or as it usually is. */
import { type Driver, DRIVERS } from '#shared/drivers.ts';
import { meanWait, type QueueWork, workIn } from './hall-record.ts';
import { type PoolSlot, poolCourse } from './pool-course.ts';
import {
  arrivalsIn,
  arrivalsToday,
  type ByQueue,
  handlingToday,
  type PoolDay,
  serversIn,
  usualHandling,
} from './pool-inputs.ts';
import type { QueueCurves } from './queue-curves.ts';

/** Sets of drivers are bits, the first one's 1. */
export const NO_DRIVER = 0;
export const ALL_DRIVERS = 2 ** DRIVERS.length - 1;
const has = (set: number, driver: Driver): boolean => (set & (1 << DRIVERS.indexOf(driver))) !== 0;

export interface PoolModel {
  /** The course of the day when the drivers of this set are as they were and the others as usual. */
  course(set: number): QueueCurves;
  /** Seconds. */
  usualHandling: ByQueue;
  /** Counters planned, or usual where nothing is planned, by slot. */
  expectedServers: readonly number[];
}

/** How much a counter gets done against one of the model; waits follow it so steeply that few tries find it. */
const LEAST_EFFICIENCY = 0.6;
const MOST_EFFICIENCY = 1.5;
const EFFICIENCY_TRIES = 8;
/** The model meets the usual wait as well as this, ratio. */
const WAIT_TOLERANCE = 0.02;

/** The model of a pool; `null` when no work was ever told of, so that nobody knows how long it takes. */
export function modelPool(day: PoolDay, slotSeconds: number): PoolModel | null {
  const { today, usual, usualDay, queues, pool, planned } = day;
  const whole = workIn(usualDay, queues);
  if (!(whole.workSeconds > 0 && whole.handled > 0)) return null;
  const leaveRate = leaveRateOf(whole);
  const follow = (slots: readonly PoolSlot[]): QueueCurves => poolCourse(slots, slotSeconds, leaveRate);

  const wholeDay = poolSlots(
    arrivalsIn(usualDay, queues),
    usualHandling(day, usualDay),
    serversIn(usualDay, pool),
  );
  const efficiency = fitEfficiency(meanWait(whole), (each) => {
    const { people, waitedSeconds } = follow(withEfficiency(wholeDay, each)).leaving(0, wholeDay.length);
    return people > 0 ? waitedSeconds / people : 0;
  });

  const usually = usualHandling(day, usual);
  const expectedServers = serversIn(usual, pool).map((servers, slot) => planned[slot] ?? servers);
  const expected = { arrivals: arrivalsIn(usual, queues), handling: usually, servers: expectedServers };
  const actual = {
    arrivals: arrivalsToday(day),
    handling: handlingToday(day, usually),
    servers: serversIn(today, pool),
  };
  return {
    usualHandling: usually,
    expectedServers,
    course(set) {
      const { arrivals } = has(set, 'arrivals') ? actual : expected;
      const { handling } = has(set, 'handling') ? actual : expected;
      const { servers } = has(set, 'counters') ? actual : expected;
      return follow(withEfficiency(poolSlots(arrivals, handling, servers), efficiency));
    },
  };
}

/** The queues of a pool together. */
function poolSlots(arrivals: ByQueue, handling: ByQueue, servers: readonly number[]): PoolSlot[] {
  let handlingSeconds = handling[0]?.[0] ?? 0;
  return servers.map((open, slot) => {
    let people = 0;
    let work = 0;
    arrivals.forEach((byslot, queue) => {
      people += byslot[slot] ?? 0;
      work += (byslot[slot] ?? 0) * (handling[queue]?.[slot] ?? 0);
    });
    // When nobody comes, those who are there came before.
    if (people > 0) handlingSeconds = work / people;
    return { arrivals: people, handlingSeconds, servers: open };
  });
}

const withEfficiency = (slots: readonly PoolSlot[], efficiency: number): PoolSlot[] =>
  slots.map((slot) => ({ ...slot, servers: slot.servers * efficiency }));

/** Rate at which one who waits gives up: those who did over all time waited, which is likeliest for a constant rate. */
function leaveRateOf({ abandoned, waitSeconds, abandonWaitSeconds }: QueueWork): number {
  const waited = waitSeconds + abandonWaitSeconds;
  return waited > 0 ? abandoned / waited : 0;
}

/**
 * How much a counter gets done against one of the model, so that the usual day has its usual wait: counters pause
 * between customers, and not everybody can do everything.
 */
function fitEfficiency(usualWait: number | null, waitWith: (efficiency: number) => number): number {
  if (usualWait === null) return 1;
  let [low, high] = [LEAST_EFFICIENCY, MOST_EFFICIENCY];
  let efficiency = 1;
  for (let tries = 0; tries < EFFICIENCY_TRIES; tries++) {
    const wait = waitWith(efficiency);
    if (Math.abs(wait - usualWait) <= WAIT_TOLERANCE * usualWait) break;
    if (wait > usualWait) low = efficiency;
    else high = efficiency;
    efficiency = (low + high) / 2;
  }
  return efficiency;
}
