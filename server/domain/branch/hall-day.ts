/** Days and opening hours of a hall in its own zone (rule WN1); the server's and the browser's zones play no part. */
import type { BranchProfile } from '#shared/network.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
// Offsets change on quarter hours at the finest.
const OFFSET_STEP_MS = 15 * MINUTE_MS;
const MONDAY_OFFSET = 3; // 1970-01-01 was a Thursday

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const OFFSETS_KEPT = 1_000;

/** Offset of a zone from UTC at an instant, ms. */
export function zoneOffset(zone: string, at: number): number {
  const step = Math.floor(at / OFFSET_STEP_MS);
  let known = offsets.get(zone);
  if (known === undefined || known.size > OFFSETS_KEPT) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offsetMs = known.get(step);
  if (offsetMs === undefined) {
    offsetMs = lookUpOffset(zone, step * OFFSET_STEP_MS);
    known.set(step, offsetMs);
  }
  return offsetMs;
}

function lookUpOffset(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const local = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day ?? 1, part.hour ?? 0, part.minute ?? 0);
  return local - at;
}

/** Number of the hall's day at an instant (days since 1970-01-01, rolling over at its day start). */
export function hallDay(profile: BranchProfile, at: number): number {
  return Math.floor((at + zoneOffset(profile.zone, at) - profile.dayStartMinutes * MINUTE_MS) / DAY_MS);
}

/** When a hall's day starts, epoch ms. */
export function dayStart(profile: BranchProfile, day: number): number {
  return instantOf(profile.zone, day * DAY_MS + profile.dayStartMinutes * MINUTE_MS);
}

// A local wall-clock time as an instant; around a change of offset the second guess is the right one.
function instantOf(zone: string, local: number): number {
  const guess = local - zoneOffset(zone, local);
  return local - zoneOffset(zone, guess);
}

/** Opening of the hall on the day of `at`, epoch ms; `null` when it stays closed. Past-midnight closing is the next day's. */
export function openingOf(profile: BranchProfile, at: number): { opensAt: number; closesAt: number } | null {
  const day = hallDay(profile, at);
  const weekday = (((day + MONDAY_OFFSET) % 7) + 7) % 7;
  const hours = profile.hours.find(({ days }) => days.includes(weekday + 1));
  if (!hours) return null;
  const opens = minutesOf(hours.opens) * MINUTE_MS;
  const closes = minutesOf(hours.closes) * MINUTE_MS;
  return {
    opensAt: instantOf(profile.zone, day * DAY_MS + opens),
    closesAt: instantOf(profile.zone, day * DAY_MS + closes + (closes <= opens ? 24 * HOUR_MS : 0)),
  };
}

function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}
