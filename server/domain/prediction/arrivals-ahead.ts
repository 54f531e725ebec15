/** The arrivals of the next hours, as the twin needs them. */
import { steeredRate } from './agreed-arrivals.ts';
import type { ArrivalsAhead } from './hall-ahead.ts';
import type { HallNow, QueueNow } from './hall-now.ts';
import { expectSlots, isGuess, type RegionDay, seriesKey, sharedVariance } from './region-model.ts';

const SLOT_MS = 900_000;
const SLOT_SECONDS = SLOT_MS / 1_000;
/** On a first day the last half hour tells most of what comes next, the rest of the day a part of it. */
const RECENT_SECONDS = 1_800;
const TODAY_WEIGHT = 0.25;
/** And whatever it tells, the day changes: variance of a ratio. */
const FIRST_DAY_VARIANCE = 0.05;

/** Arrivals from now on for so many seconds; `dayStart` is when the day of the region began for this hall, epoch ms. */
export function arrivalsAhead(
  region: RegionDay,
  now: HallNow,
  dayStart: number,
  horizonSeconds: number,
): ArrivalsAhead {
  const first = Math.floor((now.at - dayStart) / SLOT_MS);
  const slots = Math.ceil(horizonSeconds / SLOT_SECONDS) + 1;
  const secondsTo = (slot: number): number => Math.max(0, (dayStart + slot * SLOT_MS - now.at) / 1_000);
  const shared = sharedVariance(region, first, first + slots);
  let volume = 0;
  let known = 0;
  let variance = 0;
  const rates = now.queues.map((queue) => {
    const key = seriesKey(now.branch, queue.id);
    const rate = isGuess(region, key) ? rateToday(queue, now) : null;
    let mean = 0;
    let ownVariance = 0;
    const steps = Array.from({ length: slots }, (_, i): [number, number] => {
      const slot = first + i;
      const expected =
        rate === null
          ? (expectSlots(region, key, slot, slot + 1) ?? { mean: 0, rateVariance: 0 })
          : { mean: rate * SLOT_SECONDS * openShare(now, dayStart + slot * SLOT_MS), rateVariance: 0 };
      mean += expected.mean;
      // What the slots of a queue do on their own hangs together: one after the other they are off the same way.
      ownVariance += slots * Math.max(0, expected.rateVariance - shared * expected.mean ** 2);
      return [secondsTo(slot), expected.mean / SLOT_SECONDS];
    });
    volume += mean;
    if (rate === null) known += mean;
    variance += rate === null ? ownVariance : mean ** 2 * firstDayVariance(queue);
    return steeredRate(steps, queue);
  });
  variance += shared * known ** 2;
  return { rates, relativeVariance: volume > 0 ? variance / volume ** 2 : 0 };
}

/** Arrivals per second as today tells, where no other day does. */
function rateToday({ came }: QueueNow, { at, opening }: HallNow): number {
  const openSeconds = opening === null ? 0 : Math.max(0, at - opening.opensAt) / 1_000;
  const seconds = Math.max(1, Math.min(RECENT_SECONDS, openSeconds)) + TODAY_WEIGHT * openSeconds;
  return openSeconds === 0 ? 0 : (came.recently + TODAY_WEIGHT * came.today) / seconds;
}

const firstDayVariance = ({ came }: QueueNow): number =>
  FIRST_DAY_VARIANCE + 1 / (1 + came.recently + TODAY_WEIGHT * came.today);

/** Share of a slot in which the hall is open, 0–1. */
function openShare({ opening }: HallNow, from: number): number {
  if (opening === null) return 0;
  const open = Math.min(from + SLOT_MS, opening.closesAt) - Math.max(from, opening.opensAt);
  return Math.max(0, open) / SLOT_MS;
}
