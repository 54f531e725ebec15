import type { HallLayout } from '../../domain/drivers/hall-layout.ts';
import { type HallRecord, noWork } from '../../domain/drivers/hall-record.ts';
import { splitDay } from '../../domain/drivers/split-day.ts';
import { usualDay } from '../../domain/drivers/usual-day.ts';
import { INTERVAL_MS } from '../../domain/metrics/interval.ts';
import { printResult, progress } from '../result.ts';
import { rounded } from './percentiles.ts';
import { microsecondsOf } from './stopwatch.ts';

/** Time that all splits of a pool of counters and its day in a hall may take, µs. */
const HALL_TARGET = 5_000;
const REFERENCE_DAYS = 8;
const SLOT_SECONDS = INTERVAL_MS / 1_000;
/** Work that comes, as a share of what all counters can do. */
const LOAD = 0.85;

interface Hall {
  queues: number;
  servers: number;
  handlingSeconds: number;
  slots: number;
}

const HALLS: Record<string, Hall> = {
  hall: { queues: 1, servers: 4, handlingSeconds: 350, slots: 36 },
  largeHall: { queues: 12, servers: 20, handlingSeconds: 420, slots: 40 },
  centre: { queues: 5, servers: 200, handlingSeconds: 240, slots: 96 },
};

/** `muster bench drivers`: what the split of a day by its drivers costs, every quarter-hour of every queue. */
export function benchDrivers(): void {
  const microseconds: Record<string, number> = {};
  for (const [name, hall] of Object.entries(HALLS)) {
    microseconds[name] = rounded(microsecondsOf(() => splitAll(hall)));
    progress(`${name}: ${microseconds[name]} µs`);
  }
  printResult({
    ok: (microseconds.hall ?? Infinity) <= HALL_TARGET,
    microseconds,
    dataset: 'bench drivers',
    seed: null,
  });
}

function splitAll(hall: Hall): void {
  const queues = Array.from({ length: hall.queues }, (_, queue) => `queue ${queue}`);
  const layout: HallLayout = { queues, pools: [{ queues, counters: new Set() }], servedBy: 'counters' };
  const record = dayOf(hall, 1);
  const split = splitDay({
    layout,
    today: dayOf(hall, 1.15),
    usual: usualDay(
      Array.from({ length: REFERENCE_DAYS }, () => ({ record, isSameWeekday: true })),
      new Set(),
    ),
    usualSlots: Array.from({ length: hall.slots }, (_, slot) => slot),
  });
  for (const queue of [null, ...queues]) {
    split(queue, 0, hall.slots);
    for (let slot = 0; slot < hall.slots; slot++) split(queue, slot, slot + 1);
  }
}

/** A day with two peaks and `busy` times its usual arrivals. */
function dayOf({ queues, servers, handlingSeconds, slots }: Hall, busy: number): HallRecord {
  const wave = (slot: number): number => 1 + 0.2 * Math.sin((slot / slots) * 4 * Math.PI);
  const all = (LOAD * servers * SLOT_SECONDS) / handlingSeconds / queues;
  return {
    slots: Array.from({ length: slots }, (_, slot) => {
      const arrivals = busy * all * wave(slot);
      const work = {
        ...{ arrivals, answered: arrivals, waitSeconds: 200 * busy * arrivals },
        ...{ handled: arrivals, workSeconds: handlingSeconds * arrivals },
      };
      return { queues: Array.from({ length: queues }, () => ({ ...noWork(), ...work })), servers: [servers] };
    }),
    unknownQueues: new Set(),
  };
}
