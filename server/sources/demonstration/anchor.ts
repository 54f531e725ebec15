/**
 * Where the demonstration's clock stands: whenever it is started, it is late in the morning there. Its halls lie in a
 * zone with a whole-hour offset, chosen so that the local time at the start is between 10:30 and 11:30.
 */
export interface Anchor {
  /** When the demonstration was started, epoch milliseconds. */
  startedAt: number;
  /** Local time minus UTC, whole hours from −12 to +11. */
  offsetHours: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const DAY_HOURS = 24;
const EARLIEST_START_MS = 10.5 * HOUR_MS;
/** An earlier start is continued while it is still worth looking at: between these local times of its first day. */
const RESUME_FROM_MS = 9.5 * HOUR_MS;
const RESUME_UNTIL_MS = 15 * HOUR_MS;

/** The anchor of a demonstration started now (epoch milliseconds): local time lies in [10:30, 11:30). */
export function anchorFor(nowMs: number): Anchor {
  const missingHours = Math.ceil((EARLIEST_START_MS - positive(nowMs, DAY_MS)) / HOUR_MS);
  const offsetHours = positive(missingHours + DAY_HOURS / 2, DAY_HOURS) - DAY_HOURS / 2;
  return { startedAt: nowMs, offsetHours };
}

/**
 * The anchor to go on with, given the one kept from an earlier start, if any. When it is new, what an earlier
 * demonstration left in the log belongs to another day and must be dropped.
 */
export function resumeAnchor(nowMs: number, kept: Anchor | null): { anchor: Anchor; isNew: boolean } {
  if (kept !== null) {
    const timeOfFirstDay = nowMs - localMidnight(kept);
    if (timeOfFirstDay >= RESUME_FROM_MS && timeOfFirstDay < RESUME_UNTIL_MS)
      return { anchor: kept, isNew: false };
  }
  return { anchor: anchorFor(nowMs), isNew: true };
}

/** Start of the anchor's first local day, epoch milliseconds. */
export function localMidnight({ startedAt, offsetHours }: Anchor): number {
  const offsetMs = offsetHours * HOUR_MS;
  return Math.floor((startedAt + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
}

/** The anchor's fixed zone, such as +08:00. */
export function zoneOf({ offsetHours }: Anchor): string {
  const sign = offsetHours < 0 ? '-' : '+';
  return `${sign}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`;
}

/** Begins every id of a day counted from the anchor's first: the local date, and which start it belongs to. */
export function dayKey(anchor: Anchor, day: number): string {
  const local = new Date(localMidnight(anchor) + day * DAY_MS + anchor.offsetHours * HOUR_MS);
  const date = local.toISOString().slice(0, 10).replaceAll('-', '');
  return `${date}.${anchor.startedAt.toString(36)}`;
}

const positive = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;
