/** Halls that share their ups and downs: what their past teaches, and their day as it goes on. */
import type { Calendar } from '../forecast/calendar.ts';
import { type DayCourse, expectedBetween, startLaterDay } from '../forecast/day-course.ts';
import { type Expected, isSizeUnknown } from '../forecast/day-factor.ts';
import { at as valueIn } from '../forecast/grid.ts';
import {
  fitPool,
  learnPoolSlot,
  type PoolCourse,
  type PoolModel,
  startPoolDay,
} from '../forecast/pooling.ts';
import { DAY_GRID, DAY_SLOTS, type HallHabits, type HallHistory, learnHabits } from './hall-history.ts';

/** One queue of one hall. */
export const seriesKey = (branch: string, queue: string): string => JSON.stringify([branch, queue]);

export interface RegionModel {
  calendar: Calendar;
  pool: PoolModel;
  habits: ReadonlyMap<string, HallHabits>;
}

/** Learns from the past days of halls of one kind, region and zone; `queues` are those that exist now. */
export function learnRegion(
  histories: readonly HallHistory[],
  queues: readonly { branch: string; queue: string }[],
  calendar: Calendar,
): RegionModel {
  const series = new Map(queues.map(({ branch, queue }) => [seriesKey(branch, queue), [] as const]));
  const known = histories.flatMap(({ branch, arrivals }) =>
    [...arrivals].map(([queue, days]) => [seriesKey(branch, queue), days] as const),
  );
  return {
    calendar,
    pool: fitPool(new Map([...series, ...known]), { grid: DAY_GRID, calendar }),
    habits: learnHabits(histories),
  };
}

/** A day of a region under way. */
export interface RegionDay {
  day: number;
  course: PoolCourse;
  /** Days after it, once they were asked for. */
  later: Map<string, Map<number, DayCourse>>;
}

export const startRegionDay = ({ pool }: RegionModel, day: number): RegionDay => ({
  day,
  course: startPoolDay(pool, day),
  later: new Map(),
});

/** Slots of the day that are learned. */
export const learnedSlots = ({ course }: RegionDay): number => course.region.slot;

/** Takes in the next slot of the day: arrivals by series; what is missing is not known. */
export function learnRegionSlot(region: RegionDay, counts: ReadonlyMap<string, number | null>): void {
  learnPoolSlot(region.course, counts);
  region.later.clear();
}

/**
 * Arrivals expected in some slots, from the first of the day; slots beyond its end are of the days after. `null` of a
 * series of which nothing at all was seen yet.
 */
export function expectSlots(region: RegionDay, key: string, from: number, to: number): Expected | null {
  const today = region.course.members.get(key);
  if (today === undefined || isSizeUnknown(today.belief)) return null;
  const course = from < DAY_SLOTS ? today : laterDay(region, key, today, Math.floor(from / DAY_SLOTS));
  const first = from % DAY_SLOTS;
  return expectedBetween(course, Math.max(course.slot, first), Math.min(DAY_SLOTS, first + to - from));
}

function laterDay(region: RegionDay, key: string, today: DayCourse, ahead: number): DayCourse {
  const known = region.later.get(key) ?? new Map<number, DayCourse>();
  region.later.set(key, known);
  const course = known.get(ahead) ?? startLaterDay(today, region.day + ahead);
  known.set(ahead, course);
  return course;
}

/** What a slot of the day usually brings, calendar included. */
export const usualIn = ({ course }: RegionDay, key: string, slot: number): number =>
  valueIn(course.members.get(key)?.usual ?? [], slot);

/** How far the whole region may be off over some slots of the day: variance of a ratio. */
export function sharedVariance({ course: { region } }: RegionDay, from: number, to: number): number {
  const first = Math.max(region.slot, from);
  if (first >= Math.min(to, DAY_SLOTS)) return 0;
  const { mean, rateVariance } = expectedBetween(region, first, Math.min(to, DAY_SLOTS));
  return mean > 0 ? rateVariance / mean ** 2 : 0;
}

/** True when nobody has seen a day of this series: its volume only holds the place until today tells. */
export const isGuess = ({ course }: RegionDay, key: string): boolean =>
  course.members.get(key)?.model.profile.isGuess ?? true;
