/** Steps of a report by the clock of a hall: quarter-hours, its hours, its days (rule WN1). */
import type { BranchProfile } from '#shared/network.ts';
import type { Step } from '#shared/report-queries.ts';
import { zoneOffset } from '#shared/zone-offset.ts';
import { dayStart, hallDay } from '../domain/branch/hall-day.ts';
import { INTERVAL_MS, intervalStart } from '../domain/metrics/interval.ts';

/** A step of a report, epoch ms; `to` is exclusive. */
export interface Slot {
  from: number;
  to: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The step in which an instant between `from` and `to` lies. Hours start on the full hour of the wall clock, and where
 * the clock is changed; so a day has 23 to 25 of them, and where summer time is half an hour one of them is half.
 */
export function slotFinder(
  step: Step,
  profile: BranchProfile,
  from: number,
  to: number,
): (at: number) => Slot {
  switch (step) {
    case '15m':
      return (at) => ({ from: intervalStart(at), to: intervalStart(at) + INTERVAL_MS });
    case '1h':
      return hourFinder(profile.zone, from, to);
    case '1d':
      return (at) => dayOf(profile, hallDay(profile, at));
    default:
      return step satisfies never;
  }
}

/** A hall's day by its number. */
export const dayOf = (profile: BranchProfile, day: number): Slot => ({
  from: dayStart(profile, day),
  to: dayStart(profile, day + 1),
});

/** The days of a hall that start in `[from, to)`: the first, and the one after the last. */
export function daysWithin(profile: BranchProfile, { from, to }: Slot): { fromDay: number; toDay: number } {
  const first = hallDay(profile, from);
  return {
    fromDay: dayStart(profile, first) < from ? first + 1 : first,
    toDay: hallDay(profile, to - 1) + 1,
  };
}

/** An instant by the clock of a zone: `2026-03-02T09:15+08:00`. */
export function localText(zone: string, at: number): string {
  const offset = zoneOffset(zone, at);
  const minutes = Math.abs(offset) / MINUTE_MS;
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const wall = new Date(at + offset).toISOString().slice(0, 16);
  return `${wall}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function hourFinder(zone: string, from: number, to: number): (at: number) => Slot {
  const spells = offsetSpells(zone, from - DAY_MS, to + DAY_MS);
  return (at) => {
    const spell = spells.findLast(({ start }) => start <= at);
    if (spell === undefined) throw new RangeError('outside the span of the report');
    const hour = at - ((((at + spell.offset) % HOUR_MS) + HOUR_MS) % HOUR_MS);
    return { from: Math.max(hour, spell.start), to: Math.min(hour + HOUR_MS, spell.end) };
  };
}

interface OffsetSpell {
  start: number;
  end: number;
  offset: number;
}

/** How the clock of a zone stood over a time, spell by spell. */
function offsetSpells(zone: string, from: number, to: number): OffsetSpell[] {
  const spells: OffsetSpell[] = [];
  let start = from;
  for (let at = from; at < to; at += DAY_MS) {
    const offset = zoneOffset(zone, at);
    if (zoneOffset(zone, at + DAY_MS) === offset) continue;
    const end = changeBetween(zone, at, at + DAY_MS);
    spells.push({ start, end, offset });
    start = end;
  }
  spells.push({ start, end: Infinity, offset: zoneOffset(zone, start) });
  return spells;
}

/** When the clock is changed between two instants a day apart: on a quarter-hour. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = zoneOffset(zone, from);
  let [low, high] = [intervalStart(from), intervalStart(to)];
  while (high - low > INTERVAL_MS) {
    const middle = intervalStart((low + high) / 2);
    if (zoneOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
