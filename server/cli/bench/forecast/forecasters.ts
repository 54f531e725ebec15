/** The two ways to forecast many series: each alone, or all as one region. */
import { fitArrivals } from '../../../domain/forecast/arrival-model.ts';
import { type DayCourse, expectedBetween, learnSlot, startDay } from '../../../domain/forecast/day-course.ts';
import type { Expected } from '../../../domain/forecast/day-factor.ts';
import type { DayCounts, Grid } from '../../../domain/forecast/grid.ts';
import { fitPool, learnPoolSlot, startPoolDay } from '../../../domain/forecast/pooling.ts';

/** A day of all series under way. */
export interface Course {
  /** Arrivals of a series from slot `from` up to but without `to`. */
  expected(name: string, from: number, to: number): Expected;
  /** Takes in the slot that is over. */
  learn(counts: ReadonlyMap<string, number | null>): void;
}

/** Fits on histories and starts a day. */
export type Forecaster = (histories: ReadonlyMap<string, DayCounts[]>, day: number) => Course;

const NOTHING: Expected = { mean: 0, rateVariance: 0 };

/** Each series by its own history. */
export const aloneForecaster =
  (grid: Grid): Forecaster =>
  (histories, day) => {
    const courses = new Map(
      [...histories].map(([name, history]): [string, DayCourse] => [
        name,
        startDay(fitArrivals(history, { grid }), day),
      ]),
    );
    return {
      expected: between(courses),
      learn: (counts) => {
        for (const [name, course] of courses) learnSlot(course, counts.get(name) ?? null);
      },
    };
  };

/** All series as halls of one region. */
export const pooledForecaster =
  (grid: Grid): Forecaster =>
  (histories, day) => {
    const pool = startPoolDay(fitPool(histories, { grid }), day);
    return {
      expected: between(pool.members),
      learn: (counts) => {
        learnPoolSlot(pool, counts);
      },
    };
  };

const between =
  (courses: ReadonlyMap<string, DayCourse>): Course['expected'] =>
  (name, from, to) => {
    const course = courses.get(name);
    return course === undefined ? NOTHING : expectedBetween(course, from, to);
  };
