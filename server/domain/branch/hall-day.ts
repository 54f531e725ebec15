/** Days and opening hours of a hall in its own zone (rule WN1); the server's and the browser's zones play no part. */
import type { BranchProfile } from '#shared/network.ts';
import { zoneOffset } from '#shared/zone-offset.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MONDAY_OFFSET = 3; // 1970-01-01 was a Thursday

/** Number of the hall's day at an instant (days since 1970-01-01, rolling over at its day start). */
export function hallDay(profile: BranchProfile, at: number): number {
  return Math.floor((at + zoneOffset(profile.zone, at) - profile.dayStartMinutes * MINUTE_MS) / DAY_MS);
}

/** A day as `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The number of the day `YYYY-MM-DD`. */
export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;

/** When a hall's day starts, epoch ms. */
export function dayStart(profile: BranchProfile, day: number): number {
  return instantOf(profile.zone, day * DAY_MS + profile.dayStartMinutes * MINUTE_MS);
}

// A local wall-clock time as an instant; one that the clock skips is read by the offset before the change.
function instantOf(zone: string, local: number): number {
  const byEarlierOffset = local - zoneOffset(zone, local - DAY_MS);
  const byOffsetThen = local - zoneOffset(zone, byEarlierOffset);
  const isSkipped = zoneOffset(zone, byOffsetThen) !== zoneOffset(zone, byEarlierOffset);
  return isSkipped ? byEarlierOffset : byOffsetThen;
}

export interface Opening {
  opensAt: number;
  /** Closing at or before opening is the next day's. */
  closesAt: number;
}

/** The opening that runs at `at`, else that of the hall's day, epoch ms; `null` when it stays closed. */
export function openingOf(profile: BranchProfile, at: number): Opening | null {
  const day = hallDay(profile, at);
  // Hours belong to calendar days: those past midnight or before the day start reach into a neighbouring one.
  const nearby = [day, day - 1, day + 1].map((each) => openingOn(profile, each));
  return (
    nearby.find((each) => each !== null && at >= each.opensAt && at < each.closesAt) ?? nearby[0] ?? null
  );
}

/** Days that are looked at for the next opening. */
const NEXT_DAYS = 7;

/** When the hall opens next after `at`, within a week, epoch ms; `null` when it does not. */
export function nextOpening(profile: BranchProfile, at: number): number | null {
  const day = hallDay(profile, at);
  for (let ahead = 0; ahead <= NEXT_DAYS; ahead++) {
    const opensAt = openingOn(profile, day + ahead)?.opensAt;
    if (opensAt !== undefined && opensAt > at) return opensAt;
  }
  return null;
}

/** The opening that begins on a calendar day (days since 1970-01-01 in the hall's zone). */
export function openingOn(profile: BranchProfile, day: number): Opening | null {
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
