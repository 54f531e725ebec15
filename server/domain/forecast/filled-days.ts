/** History made ready for fitting: holes filled, special days brought to the size of usual ones. */
import { type Calendar, dayKind } from './calendar.ts';
import { at, type DayCounts, type Grid, sum } from './grid.ts';

/** A day of history without holes, divided by its calendar factor. */
export interface FilledDay {
  day: number;
  weekday: number;
  counts: number[];
  total: number;
}

/** A day of which less than this share of its usual arrivals was recorded says nothing of its shape. */
const LEAST_RECORDED_SHARE = 0.5;

/**
 * Days that were open and mostly recorded, in order of time. A hole gets what the slot brings on other days, in
 * proportion to how busy this day was where it was recorded.
 */
export function fillDays(days: readonly DayCounts[], grid: Grid, calendar: Calendar): FilledDay[] {
  const usual = slotMeans(days, grid);
  const filled: FilledDay[] = [];
  for (const { day, counts } of days) {
    const { weekday, factor } = dayKind(calendar, day);
    if (factor <= 0) continue;
    const whole = fillHoles(counts, usual);
    if (whole === null) continue;
    const scaled = factor === 1 ? whole : whole.map((count) => count / factor);
    filled.push({ day, weekday, counts: scaled, total: sum(scaled) });
  }
  return filled.sort((a, b) => a.day - b.day);
}

function slotMeans(days: readonly DayCounts[], grid: Grid): number[] {
  return Array.from({ length: grid.slots }, (_, slot) => {
    const known = days.flatMap(({ counts }) => counts[slot] ?? []);
    return known.length === 0 ? 0 : sum(known) / known.length;
  });
}

function fillHoles(counts: readonly (number | null)[], usual: readonly number[]): number[] | null {
  let recorded = 0;
  let usualRecorded = 0;
  let holes = 0;
  usual.forEach((mean, slot) => {
    const count = counts[slot];
    if (count == null) {
      holes += 1;
      return;
    }
    recorded += count;
    usualRecorded += mean;
  });
  if (holes === usual.length || usualRecorded < LEAST_RECORDED_SHARE * sum(usual)) return null;
  const busy = usualRecorded > 0 ? recorded / usualRecorded : 1;
  return usual.map((mean, slot) => counts[slot] ?? mean * busy);
}

/**
 * The days of several series together, as one larger hall. Where series are missing on a day the others stand for them,
 * as long as they bring at least half of the usual arrivals.
 */
export function addDays(series: readonly (readonly FilledDay[])[]): FilledDay[] {
  const usual = series.map((days) =>
    days.length === 0 ? 0 : sum(days.map(({ total }) => total)) / days.length,
  );
  const byDay = new Map<number, { weekday: number; counts: number[]; usual: number }>();
  series.forEach((days, index) => {
    for (const { day, weekday, counts } of days) {
      const entry = byDay.get(day) ?? { weekday, counts: counts.map(() => 0), usual: 0 };
      entry.counts = entry.counts.map((count, slot) => count + at(counts, slot));
      entry.usual += at(usual, index);
      byDay.set(day, entry);
    }
  });
  const everyone = sum(usual);
  return [...byDay]
    .filter(([, entry]) => entry.usual >= LEAST_RECORDED_SHARE * everyone)
    .map(([day, entry]) => {
      const scale = entry.usual > 0 ? everyone / entry.usual : 1;
      const counts = entry.counts.map((count) => count * scale);
      return { day, weekday: entry.weekday, counts, total: sum(counts) };
    })
    .sort((a, b) => a.day - b.day);
}
