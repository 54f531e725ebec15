/** The forecast of arrivals of one hall as it is told. */
import type { ForecastRow, UnusualToday } from '#shared/planning.ts';
import { dayStart } from '../domain/branch/hall-day.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import { DAY_SLOTS } from '../domain/prediction/hall-history.ts';
import { expectSlots, isGuess, learnedSlots, seriesKey, usualIn } from '../domain/prediction/region-model.ts';
import { slotForecast } from '../domain/prediction/slot-forecast.ts';
import { addWorkSums, handlingRatio, noWorkSums, type WorkSums } from '../domain/prediction/work-sums.ts';
import { isGuessOfClosed, type KnownHall } from './known-hall.ts';
import { recordOf } from './region-watch.ts';

/** A hall that is asked about, with what it did today. */
export interface HallWanted {
  branch: string;
  queues: readonly { id: string; today: WorkSums }[];
}

export interface ForecastWanted {
  halls: HallWanted[];
  /** One queue of them. */
  queue: string | undefined;
  /** After the one that runs. */
  days: number;
  step: '15m' | '1h' | '1d';
}

const STEP_SLOTS = { '15m': 1, '1h': 4, '1d': DAY_SLOTS } as const;
/** How far back today's ratio of arrivals looks, and how much arrivals it takes to be told, slots and customers. */
const LEAST_USUAL = 3;
const DECIMALS = 1_000;

/** The rows from the step that runs at `at` on. */
export function forecastRows(
  hall: KnownHall,
  { branch, queues }: HallWanted,
  { queue, days, step }: ForecastWanted,
  at: number,
): ForecastRow[] {
  const { profile, watch, day } = hall;
  const slots = STEP_SLOTS[step];
  return queues
    .filter(({ id }) => queue === undefined || id === queue)
    .flatMap(({ id }) => {
      const key = seriesKey(branch, id);
      const { width } = recordOf(watch, key);
      return Array.from({ length: days + 1 }, (_, ahead) => ahead).flatMap((ahead) => {
        const begins = dayStart(profile, day.day + ahead);
        const first = ahead === 0 ? Math.floor((at - begins) / INTERVAL_MS / slots) * slots : 0;
        const rows: ForecastRow[] = [];
        for (let slot = Math.max(0, first); slot < DAY_SLOTS; slot += slots) {
          // What is over of a step is no forecast.
          const start = ahead === 0 ? Math.max(slot, learnedSlots(day)) : slot;
          if (start >= slot + slots) continue;
          const from = begins + start * INTERVAL_MS;
          const to = begins + (slot + slots) * INTERVAL_MS;
          if (isGuessOfClosed(hall, key, from, to)) continue;
          const today = ahead * DAY_SLOTS;
          const expected = expectSlots(day, key, today + start, today + slot + slots);
          if (expected === null) continue;
          const { mean, p10, p50, p80, p90 } = slotForecast(expected, width);
          rows.push({
            branch,
            queue: id,
            from,
            to,
            mean: Math.round(mean * DECIMALS) / DECIMALS,
            ...{ p10, p50, p80, p90 },
          });
        }
        return rows;
      });
    });
}

/** How today differs from usual: the next hour against its profile, services of today against learned ones. */
export function unusualToday({ day, habits }: KnownHall, { branch, queues }: HallWanted): UnusualToday {
  const from = learnedSlots(day);
  const to = Math.min(DAY_SLOTS, from + STEP_SLOTS['1h']);
  let expected = 0;
  let usual = 0;
  const today = noWorkSums();
  let usualSeconds = 0;
  let services = 0;
  for (const queue of queues) {
    const key = seriesKey(branch, queue.id);
    addWorkSums(today, queue.today);
    const known = habits.queues.get(queue.id);
    if (known !== undefined) {
      usualSeconds += known.handlingSeconds * Math.max(1, queue.today.handled);
      services += Math.max(1, queue.today.handled);
    }
    if (isGuess(day, key) || from >= to) continue;
    expected += expectSlots(day, key, from, to)?.mean ?? 0;
    for (let slot = from; slot < to; slot++) usual += usualIn(day, key, slot);
  }
  const handling = { handlingSeconds: usualSeconds / Math.max(1, services), leaveRate: 0, services };
  return {
    branch,
    arrivals: usual >= LEAST_USUAL ? Math.round((expected / usual) * DECIMALS) / DECIMALS : null,
    handling: services > 0 ? Math.round(handlingRatio(today, handling) * DECIMALS) / DECIMALS : null,
  };
}
