/** How far clocks on the wall are from UTC, for halls in any zone; the same on the server and in browsers. */

const MINUTE_MS = 60_000;
// Offsets change on quarter hours at the finest.
const STEP_MS = 15 * MINUTE_MS;
const OFFSET = /^([+-])(\d{2})(?::?(\d{2}))?$/;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const OFFSETS_KEPT = 1_000;

/** Offset of a zone (an IANA name or an offset such as +08:00) from UTC at an instant (epoch ms), ms. */
export function zoneOffset(zone: string, at: number): number {
  const step = Math.floor(at / STEP_MS);
  let known = offsets.get(zone);
  if (known === undefined || known.size > OFFSETS_KEPT) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offsetMs = known.get(step);
  if (offsetMs === undefined) {
    offsetMs = fixedOffset(zone) ?? lookUpOffset(zone, step * STEP_MS);
    known.set(step, offsetMs);
  }
  return offsetMs;
}

// Browsers of older televisions know no offsets as zones.
function fixedOffset(zone: string): number | null {
  const match = OFFSET.exec(zone);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
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
  const local = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
  );
  return local - at;
}
