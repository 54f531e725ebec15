/** What a day of each weekday usually brings: level × weekday × profile, with weekdays shrunk to what they share. */
import { WEEKDAYS } from './calendar.ts';
import { at, type Grid, slotsPerHour, sum } from './grid.ts';
import { byWeekday, meanTotal, type WeighedDay, weightOf } from './usual-days.ts';

export interface Profile {
  /** Expected arrivals a slot, by weekday (0 Monday). */
  means: readonly (readonly number[])[];
  /** Days of history behind each weekday; unusual days count in part. */
  weekdayDays: readonly number[];
  /** Share of the day in each slot, over all weekdays. */
  shape: readonly number[];
  /** No day has been seen, here or in similar halls: the numbers only hold the place. */
  isGuess: boolean;
}

/** Nothing at all is known of a new queue: so many arrivals an hour, all day alike. */
const UNKNOWN_PER_HOUR = 10;
/** Shares below this are too small to divide by. */
const LEAST_SHARE = 1e-5;
/** Shapes of days scatter by this much more than chance alone would make them, until history says how much. */
const USUAL_EXCESS = 1.3;
/** How many days of history that assumption is worth. */
const ASSUMED_DAYS = 2;

/**
 * Fits a profile. Without `prior` weekdays start from the shape of the whole week; with the profile of a region (or of
 * similar halls) they start from that. How far a series keeps what is its own is decided by James–Stein shrinkage
 * (James & Stein 1961, positive part): by the part of the difference that chance alone would not make.
 */
export function fitProfile(days: readonly WeighedDay[], grid: Grid, prior?: Profile): Profile {
  const groups = byWeekday(days);
  const weekdayDays = groups.map(weightOf);
  if (days.length === 0) return { ...(prior ?? flatProfile(grid)), weekdayDays };
  if (meanTotal(days) === 0) return { ...flatProfile(grid, 0), weekdayDays, isGuess: false };
  const own = shapeOf(days);
  const noise = shapeNoise(groups, own);
  const shape = prior === undefined ? own : shrinkShape(own, prior.shape, noise / weightOf(days));
  const totals = weekdayTotals(groups, prior);
  const means = groups.map((group, weekday) => {
    const start = prior === undefined ? shape : tiltedShape(prior, weekday, shape);
    const kept = meanTotal(group) > 0 ? shrinkShape(shapeOf(group), start, noise / weightOf(group)) : start;
    return kept.map((share) => share * at(totals, weekday));
  });
  return { means, weekdayDays, shape, isGuess: false };
}

/** A profile that knows nothing but a volume. */
function flatProfile(grid: Grid, perHour = UNKNOWN_PER_HOUR): Profile {
  const mean = Array.from({ length: grid.slots }, () => perHour / slotsPerHour(grid));
  return {
    means: Array.from({ length: WEEKDAYS }, () => mean),
    weekdayDays: [],
    shape: mean.map(() => 1 / grid.slots),
    isGuess: true,
  };
}

function shapeOf(days: readonly WeighedDay[]): number[] {
  const total = sum(days.map((day) => day.total * day.weight));
  const slots = days[0]?.counts.length ?? 0;
  return Array.from(
    { length: slots },
    (_, slot) => sum(days.map(({ counts, weight }) => at(counts, slot) * weight)) / total,
  );
}

/** χ² distance of two shapes, in units of `around`. */
const distance = (a: readonly number[], b: readonly number[], around: readonly number[]): number =>
  sum(a.map((share, slot) => (share - at(b, slot)) ** 2 / Math.max(LEAST_SHARE, at(around, slot))));

/** How far the shape of a single day lies from that of its weekday, as a χ² distance. */
function shapeNoise(groups: readonly WeighedDay[][], around: readonly number[]): number {
  const seen = groups.filter((group) => meanTotal(group) > 0);
  let scatter = 0;
  for (const group of seen) {
    const shape = shapeOf(group);
    for (const day of group) {
      if (day.total === 0) continue;
      scatter += day.weight * distance(shapeOf([day]), shape, around);
    }
  }
  const days = seen.flat();
  const byChance = around.length / meanTotal(days);
  const freedom = Math.max(0, weightOf(days) - seen.length);
  return (scatter + ASSUMED_DAYS * USUAL_EXCESS * byChance) / (freedom + ASSUMED_DAYS);
}

/** Moves `own` towards `start` by the share of their distance that is `noise`. */
function shrinkShape(own: readonly number[], start: readonly number[], noise: number): number[] {
  const kept = keptShare(distance(own, start, start), noise);
  return own.map((share, slot) => kept * share + (1 - kept) * at(start, slot));
}

const keptShare = (difference: number, noise: number): number =>
  difference > noise ? 1 - noise / difference : 0;

/** The prior's shape of a weekday, bent as far as the series' own shape differs from the prior's. */
function tiltedShape(prior: Profile, weekday: number, shape: readonly number[]): number[] {
  const bent = (prior.means[weekday] ?? prior.shape).map(
    (mean, slot) => (mean * at(shape, slot)) / Math.max(LEAST_SHARE, at(prior.shape, slot)),
  );
  const total = sum(bent);
  return total > 0 ? bent.map((mean) => mean / total) : [...shape];
}

/** Expected arrivals of each weekday; one never seen gets what the prior or the mean of the others says. */
function weekdayTotals(groups: readonly WeighedDay[][], prior: Profile | undefined): number[] {
  const seen = groups.filter((group) => meanTotal(group) > 0);
  if (prior === undefined) {
    const mean = sum(seen.map(meanTotal)) / seen.length;
    return groups.map((group) => (seen.includes(group) ? meanTotal(group) : group.length > 0 ? 0 : mean));
  }
  const start = scaledTotals(groups, prior);
  const kept = keptShare(...totalsAgainst(groups, start));
  return groups.map((group, weekday) => {
    const from = at(start, weekday);
    return group.length === 0 ? from : kept * meanTotal(group) + (1 - kept) * from;
  });
}

/** The prior's weekday totals at the level of this series. */
function scaledTotals(groups: readonly WeighedDay[][], prior: Profile): number[] {
  const theirs = prior.means.map(sum);
  const days = groups.flat();
  const expected = sum(days.map(({ weekday, weight }) => at(theirs, weekday) * weight));
  const level = expected > 0 ? (meanTotal(days) * weightOf(days)) / expected : 1;
  return theirs.map((total) => total * level);
}

/** Squared relative differences of the weekdays from `start`, and how much of that chance would make. */
function totalsAgainst(groups: readonly WeighedDay[][], start: readonly number[]): [number, number] {
  let difference = 0;
  let days = 0;
  let scatter = 0;
  let perDay = 0;
  const seen = groups.filter((group) => meanTotal(group) > 0);
  for (const group of seen) {
    const mean = meanTotal(group);
    difference += (mean / at(start, group[0]?.weekday ?? 0) - 1) ** 2;
    scatter += sum(group.map(({ total, weight }) => weight * (total / mean - 1) ** 2));
    days += weightOf(group);
    perDay += 1 / weightOf(group);
  }
  const freedom = Math.max(0, days - seen.length);
  const byChance = USUAL_EXCESS / meanTotal(groups.flat());
  const noise = (scatter + ASSUMED_DAYS * byChance) / (freedom + ASSUMED_DAYS);
  return [difference, noise * perDay];
}
