/** How long the ups and downs of series last: over days, for one day, or for hours only. */
import { at, type Grid, sum } from './grid.ts';
import { type DayAgainstProfile, pairSum, residualRatios, slotWeights } from './spread.ts';

/** Parts of the spread's variance, 0–1; what is left of 1 comes and goes within hours. */
export interface Lasting {
  /** Of the level that lasts over days. */
  level: number;
  /** Of what is the same all day and new on the next. */
  day: number;
}

/** Taken for granted until history tells otherwise. */
export const USUAL_LASTING: Lasting = { level: 0.2, day: 0 };

/** What series of one kind have in common. */
export interface Kind {
  lasting: Lasting;
  /** Mean variance of the rate's ratio to the profile, as far as so many days can tell; 0 for none. */
  variance: number;
}

/** A day of history beside its profile. */
export interface LastingDay extends DayAgainstProfile {
  day: number;
  /** 1 for a usual day, near 0 for one far from its weekday. */
  weight: number;
}

/** How fast drift fades from slot to slot (part left), and the level with the days (time constant). */
export interface Fading {
  persistence: number;
  levelDays: number;
}

/** Days further apart than this are not compared. */
const DAYS_APART = 5;
/** So many days in all must have been seen for the variance to be half believed. */
const VARIANCE_DAYS = 20;
/** How much parts differ between kinds of halls, variance: what was measured counts as far as it is surer than that. */
const PART_VARIANCE = 0.05;

/** One estimate of a part and of the whole it is a part of, both by weight. */
interface Found {
  part: number;
  whole: number;
}

/**
 * Measures the parts by moments over all days of series of one kind. Within a day the covariance of two slots is what
 * lasts plus what drifts × persistence^distance, so both follow from the products of its slots; from one day to the
 * next that of the totals is the level's alone. Both are drawn to {@link USUAL_LASTING} as far as they may be chance.
 */
export function measureKind(
  series: readonly (readonly LastingDay[])[],
  grid: Grid,
  { persistence, levelDays }: Fading,
): Kind {
  const within = series.flatMap((days) => withinDays(days, grid, persistence));
  const whole = sum(within.map((found) => found.whole));
  const weight = sum(series.flat().map(weightOf));
  if (whole <= 0 || weight <= 0) return { lasting: USUAL_LASTING, variance: 0 };
  const lasting = trusted(within, USUAL_LASTING.level + USUAL_LASTING.day);
  const between = series.flatMap((days) => betweenDays(days, levelDays, whole / weight));
  const level = Math.min(lasting, trusted(between, USUAL_LASTING.level));
  const variance = ((whole / weight) * within.length) / (within.length + VARIANCE_DAYS);
  return { lasting: { level, day: lasting - level }, variance };
}

/** What a day tells: many arrivals more than few, an unusual day little. */
const weightOf = ({ expected, weight }: LastingDay): number => sum(expected) * weight;

/** By day, what of its variance lasted all day. */
function withinDays(days: readonly LastingDay[], grid: Grid, persistence: number): Found[] {
  const weights = slotWeights(days, grid);
  const all = pairSum(weights, 1);
  const near = pairSum(weights, persistence);
  const nearer = pairSum(weights, persistence ** 2);
  const scale = all * nearer - near ** 2;
  if (!(scale > 0)) return [];
  return days.map((day) => {
    const ratios = residualRatios(day).map((ratio, slot) => ratio * at(weights, slot));
    const [flat, faded] = [pairSum(ratios, 1), pairSum(ratios, persistence)];
    const lasts = (nearer * flat - near * faded) / scale;
    const drifts = (all * faded - near * flat) / scale;
    return { part: lasts * weightOf(day), whole: (lasts + drifts) * weightOf(day) };
  });
}

/**
 * By two days near one another, what of the variance lasted from the first to the second. All is told beside any two
 * days of the series, for the profile has taken the mean out of them.
 */
function betweenDays(days: readonly LastingDay[], levelDays: number, variance: number): Found[] {
  const ratios = days.map(({ counts, expected }) => {
    const usual = sum(expected);
    return usual > 0 ? sum(counts) / usual - 1 : 0;
  });
  const pairs = days.flatMap((day, i) =>
    days.slice(i + 1).map((later, ahead) => {
      const apart = later.day - day.day;
      return {
        apart,
        weight: Math.sqrt(weightOf(day) * weightOf(later)),
        product: at(ratios, i) * at(ratios, i + 1 + ahead),
        kept: Math.exp(-apart / levelDays),
      };
    }),
  );
  const all = sum(pairs.map(({ weight }) => weight));
  if (all <= 0) return [];
  const anyProduct = sum(pairs.map(({ weight, product }) => weight * product)) / all;
  const anyKept = sum(pairs.map(({ weight, kept }) => weight * kept)) / all;
  return pairs.flatMap(({ apart, weight, product, kept }) =>
    apart > DAYS_APART
      ? []
      : [{ part: weight * (product - anyProduct), whole: weight * variance * (kept - anyKept) }],
  );
}

/** The part found, drawn to `usual` by how unsure its scatter shows it to be. */
function trusted(found: readonly Found[], usual: number): number {
  const whole = sum(found.map((each) => each.whole));
  if (whole <= 0) return usual;
  const share = sum(found.map(({ part }) => part)) / whole;
  const doubt = sum(found.map((each) => (each.part - share * each.whole) ** 2)) / whole ** 2;
  const trust = PART_VARIANCE / (PART_VARIANCE + doubt);
  return trust * Math.max(0, Math.min(1, share)) + (1 - trust) * usual;
}
