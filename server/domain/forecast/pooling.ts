/** Halls of one region share their ups and downs: the region is forecast first, then each hall's own remainder. */
import { type ArrivalModel, type FitOptions, kindOf, modelOf, profileDays } from './arrival-model.ts';
import { type DayCourse, learnAgainst, learnSlot, startDay } from './day-course.ts';
import { addDays, type FilledDay, fillDays } from './filled-days.ts';
import { at, type DayCounts, sum } from './grid.ts';
import type { Profile } from './profile.ts';

export interface PoolModel {
  region: ArrivalModel;
  members: ReadonlyMap<string, ArrivalModel>;
}

/** What a hall does on its own is assumed to be ±5 % at least until its history tells. */
const MEMBER_VARIANCE = 0.0025;
/** A regional count is drawn towards its expectation as if so many arrivals more had come as expected. */
const STEADYING_ARRIVALS = 20;

/** Fits a region and its members (histories by name, on one grid). */
export function fitPool(
  histories: ReadonlyMap<string, readonly DayCounts[]>,
  options: FitOptions,
): PoolModel {
  const { grid } = options;
  const calendar = options.calendar ?? new Map();
  const filled = new Map([...histories].map(([name, days]) => [name, fillDays(days, grid, calendar)]));
  const regionDays = addDays([...filled.values()]);
  const region = modelOf(profileDays(regionDays, { ...options, calendar }));
  const ratios = new Map(regionDays.map((day) => [day.day, ratioToProfile(day, region)]));
  const prior = region.days > 0 ? ofOneMember(region.profile, filled) : options.prior;
  const own = [...filled].map(([name, days]) => ({
    name,
    profiled: profileDays(days, {
      grid,
      calendar,
      ...(prior === undefined ? {} : { prior }),
      around: (day) => ratios.get(day),
    }),
  }));
  // One hall's days are too few to tell how far its ups and downs go and how long they last; those of all are not.
  const kind = kindOf(
    own.map(({ profiled }) => profiled),
    grid,
  );
  const assumed = Math.max(MEMBER_VARIANCE, kind.variance);
  const members = own.map(({ name, profiled }): [string, ArrivalModel] => [
    name,
    modelOf(profiled, kind.lasting, assumed),
  ]);
  return { region, members: new Map(members) };
}

/** The region's profile at the size of its mean member, so that a new hall starts with something like its own volume. */
function ofOneMember(profile: Profile, filled: ReadonlyMap<string, readonly FilledDay[]>): Profile {
  const members = [...filled.values()].filter((days) => days.length > 0).length;
  return { ...profile, means: profile.means.map((mean) => mean.map((count) => count / members)) };
}

function ratioToProfile({ weekday, counts }: FilledDay, { profile }: ArrivalModel): number[] {
  const usual = profile.means[weekday] ?? [];
  return counts.map((count, slot) => (count + STEADYING_ARRIVALS) / (at(usual, slot) + STEADYING_ARRIVALS));
}

export interface PoolCourse {
  region: DayCourse;
  members: ReadonlyMap<string, DayCourse>;
}

/** The day of a region and its members before the first slot. */
export function startPoolDay(pool: PoolModel, day: number): PoolCourse {
  const region = startDay(pool.region, day);
  const members = [...pool.members].map(([name, model]): [string, DayCourse] => [
    name,
    startDay(model, day, region),
  ]);
  return { region, members: new Map(members) };
}

/** Takes in the slot that is over; members that are missing or `null` are not known. */
export function learnPoolSlot(
  { region, members }: PoolCourse,
  counts: ReadonlyMap<string, number | null>,
): void {
  const known = [...members].flatMap(([name, { usual, slot }]) => {
    const count = counts.get(name);
    return count == null ? [] : [{ usual: at(usual, slot), count }];
  });
  learnAgainst(region, sum(known.map(({ usual }) => usual)), sum(known.map(({ count }) => count)));
  for (const [name, course] of members) learnSlot(course, counts.get(name) ?? null);
}
