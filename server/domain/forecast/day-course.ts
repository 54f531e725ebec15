/** A day under way: what it was expected to bring, what it has brought, what it will bring. */
import { type ArrivalModel, expectDay, type Level } from './arrival-model.ts';
import {
  type DayFactor,
  type Expected,
  learnCount,
  rateRatio,
  slotsLater,
  startDayFactor,
  sumAhead,
} from './day-factor.ts';
import { at } from './grid.ts';

export interface DayCourse {
  readonly model: ArrivalModel;
  readonly day: number;
  /** Usual arrivals a slot, calendar included. */
  readonly usual: readonly number[];
  /** The region whose ups and downs this series shares. */
  readonly region: DayCourse | null;
  /** First slot that is not over. */
  slot: number;
  /** The belief about that slot. */
  belief: DayFactor;
}

/** A day before its first slot; with a region, that region's same day. */
export function startDay(model: ArrivalModel, day: number, region: DayCourse | null = null): DayCourse {
  return startDayAt(model, day, region, model.level);
}

/** A later day, as today lets expect it: what today has taught of the level fades with the days between. */
export function startLaterDay(today: DayCourse, day: number): DayCourse {
  const region = today.region === null ? null : startLaterDay(today.region, day);
  return startDayAt(today.model, day, region, levelAfter(today));
}

/** What today has taught of the level that lasts: as much of its surprise as is not likely to be this day's alone. */
function levelAfter({ model, day, belief }: DayCourse): Level {
  const before = expectDay(model, day, model.level);
  const part = before.levelVariance > 0 ? 1 - before.dayVariance / before.levelVariance : 1;
  return {
    day,
    mean: before.level + part * (belief.level - before.level),
    variance: part * (before.levelVariance - part * (before.levelVariance - belief.levelVariance)),
  };
}

function startDayAt(
  model: ArrivalModel,
  day: number,
  region: DayCourse | null,
  level: Level | null,
): DayCourse {
  const expected = expectDay(model, day, level);
  const belief = startDayFactor(expected.level, expected.levelVariance, model.drift);
  return { model, day, usual: expected.usual, region, slot: 0, belief };
}

/**
 * Takes in the count of the slot that is over, `null` when nobody knows it. A region must have learned the slot
 * before its members: what it explains is not their own doing.
 */
export function learnSlot(course: DayCourse, count: number | null): void {
  const shared = course.region === null ? 1 : ratioJustNow(course.region);
  const usual = at(course.usual, course.slot) * shared;
  learnAgainst(course, count === null ? 0 : usual, count ?? 0);
}

/** Takes in a slot of those series of a region whose counts are known: what they usually bring and what they brought. */
export function learnAgainst(course: DayCourse, usual: number, count: number): void {
  const { drift, spread } = course.model;
  const learned = learnCount(course.belief, drift, usual, at(spread.loading, course.slot), count);
  course.belief = slotsLater(learned, drift);
  course.slot += 1;
}

/** The rate of the slot that has just ended as a multiple of the usual one. */
function ratioJustNow({ belief, model, slot }: DayCourse): number {
  const then = { ...belief, drift: belief.drift / model.drift.persistence };
  return rateRatio(then, at(model.spread.loading, slot - 1));
}

/** Arrivals from slot `from` (not yet over) up to but without `to`. */
export function expectedBetween(course: DayCourse, from: number, to: number): Expected {
  const usual = course.usual.slice(from, to);
  if (course.region === null) return sumOver(course, usual, from);
  const shared = sumOver(course.region, usual, from);
  const own = sumOver(course, underRegion(course.region, usual, from), from);
  const scale = shared.mean > 0 ? own.mean / shared.mean : 0;
  return { mean: own.mean, rateVariance: own.rateVariance + shared.rateVariance * scale ** 2 };
}

function sumOver({ belief, model, slot }: DayCourse, usual: readonly number[], from: number): Expected {
  const { drift, spread } = model;
  const then = slotsLater(belief, drift, from - slot);
  return sumAhead(then, drift, usual, spread.loading.slice(from, from + usual.length));
}

function underRegion({ belief, model, slot }: DayCourse, usual: readonly number[], from: number): number[] {
  return usual.map((mean, ahead) => {
    const then = slotsLater(belief, model.drift, from + ahead - slot);
    return mean * rateRatio(then, at(model.spread.loading, from + ahead));
  });
}
