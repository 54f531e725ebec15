/** The time of day where the hall is; never that of the browser. */

export interface LocalTime {
  hour: number;
  minute: number;
  second: number;
  day: number;
  /** 1–12. */
  month: number;
  year: number;
  /** 0 Sunday … 6 Saturday. */
  weekday: number;
}

const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;
const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar and clock of `epochMs` in a zone: an IANA name or an offset such as +08:00. */
export function localTime(epochMs: number, zone: string): LocalTime {
  // Browsers of older televisions know no offsets as zones.
  const offset = OFFSET.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return utcTime(new Date(epochMs + (offset[1] === '-' ? -minutes : minutes) * MINUTE_MS));
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(epochMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return utcTime(new Date(Date.UTC(year, month - 1, day, hour, minute, second)));
}

const utcTime = (date: Date): LocalTime => ({
  hour: date.getUTCHours(),
  minute: date.getUTCMinutes(),
  second: date.getUTCSeconds(),
  day: date.getUTCDate(),
  month: date.getUTCMonth() + 1,
  year: date.getUTCFullYear(),
  weekday: date.getUTCDay(),
});

function formatFor(zone: string): Intl.DateTimeFormat {
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
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `HH:mm` of an instant (epoch ms) in a zone. */
export function hourMinute(epochMs: number, zone: string): string {
  const { hour, minute } = localTime(epochMs, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** `HH:mm:ss` of an instant (epoch ms) in a zone; "—" for no value. */
export function hourMinuteSecond(epochMs: number | null, zone: string): string {
  if (epochMs === null) return '—';
  return `${hourMinute(epochMs, zone)}:${two(localTime(epochMs, zone).second)}`;
}

const WEEKDAYS_ZH = '日一二三四五六';
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS_EN = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Day of an instant (epoch ms) in a zone: `3月14日 周五`, `Fri 14 Mar`. */
export function dayOf(epochMs: number, zone: string, language: 'zh-CN' | 'en'): string {
  const { day, month, weekday } = localTime(epochMs, zone);
  if (language === 'en') return `${WEEKDAYS_EN[weekday] ?? ''} ${day} ${MONTHS_EN[month - 1] ?? ''}`;
  return `${month}月${day}日 周${WEEKDAYS_ZH[weekday] ?? ''}`;
}
