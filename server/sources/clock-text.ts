const CLOCK =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

const MINUTE_MS = 60_000;

/** A date and time as it is written. */
export interface ClockTime {
  /** What the clock on the wall shows, as epoch milliseconds of a clock in UTC. */
  wallMs: number;
  /** How far it is ahead of UTC; `null` when the text does not say. */
  offsetMs: number | null;
}

/** Reads `YYYY-MM-DDTHH:MM[:SS[.fff]][offset]` (a space may stand for the T); `null` when it is none, or before 1970. */
export function readClock(text: string): ClockTime | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const [, date = '', hour, minute, second = '0', fraction = '0', offset] = match;
  const midnight = midnightMs(date);
  if (midnight === null) return null;
  const minutes = Number(hour) * 60 + Number(minute);
  const wallMs =
    midnight + minutes * MINUTE_MS + Number(second) * 1_000 + Math.trunc(Number(`0.${fraction}`) * 1_000);
  const offsetMs = offset === undefined ? null : offsetMinutes(offset) * MINUTE_MS;
  return wallMs >= (offsetMs ?? 0) ? { wallMs, offsetMs } : null;
}

/**
 * Epoch milliseconds of what {@link readClock} reads, or `null`. Without offset the wall clock is read as if it were UTC:
 * a recording keeps its own clock.
 */
export function clockMs(text: string): number | null {
  const clock = readClock(text);
  return clock === null ? null : clock.wallMs - (clock.offsetMs ?? 0);
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** Start of a UTC date, or `null` for a date that does not exist (`Date.parse` would roll 30 February over). */
function midnightMs(date: string): number | null {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? null : ms;
}
