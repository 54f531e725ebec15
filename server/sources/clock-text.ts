const CLOCK =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

const MINUTE_MS = 60_000;

/**
 * Epoch milliseconds of `YYYY-MM-DDTHH:MM[:SS[.fff]][offset]` (a space may stand for the T), or `null` when it is none.
 * Without offset the wall clock is read as if it were UTC: a recording keeps its own clock.
 */
export function clockMs(text: string): number | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const [, date = '', hour, minute, second = '0', fraction = '0', offset = 'Z'] = match;
  const midnight = midnightMs(date);
  if (midnight === null) return null;
  const minutes = Number(hour) * 60 + Number(minute) - offsetMinutes(offset);
  const ms =
    midnight + minutes * MINUTE_MS + Number(second) * 1_000 + Math.trunc(Number(`0.${fraction}`) * 1_000);
  return ms >= 0 ? ms : null;
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
