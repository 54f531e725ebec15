/** The time of day where the hall is; never that of the browser. */
import { zoneOffset } from '#shared/zone-offset.ts';

const MINUTE_MS = 60_000;

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

/** The calendar and clock of `epochMs` in a zone: an IANA name or an offset such as +08:00. */
export function localTime(epochMs: number, zone: string): LocalTime {
  const date = new Date(epochMs + zoneOffset(zone, epochMs));
  return {
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    year: date.getUTCFullYear(),
    weekday: date.getUTCDay(),
  };
}

/** The zone of this browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A zone as a suffix of times: `UTC+8`, `UTC−3:30`, `UTC`. */
export function zoneLabel(epochMs: number, zone: string): string {
  const offset = zoneOffset(zone, epochMs) / MINUTE_MS;
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  const hours = (Math.abs(offset) - minutes) / 60;
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${two(minutes)}`}`;
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

const DAY_HOURS = 24;
const HOUR_MINUTES = 60;
/** A weekday by its name, 0 Monday … 6 Sunday: `周二`, `Tue`. */
export function weekdayName(weekday: number, language: 'zh-CN' | 'en'): string {
  const place = (weekday + 1) % WEEKDAYS_EN.length;
  return language === 'en' ? (WEEKDAYS_EN[place] ?? '') : `周${WEEKDAYS_ZH[place] ?? ''}`;
}

/** Whole hours after the start of a hall's day, as the clock tells them: `10:00–13:00`. */
export function hourSpan(from: number, to: number, dayStartMinutes: number): string {
  const text = (hours: number): string => {
    const minutes = hours * HOUR_MINUTES + dayStartMinutes;
    const hour = Math.floor(minutes / HOUR_MINUTES);
    return `${two(hour === DAY_HOURS ? hour : hour % DAY_HOURS)}:${two(minutes % HOUR_MINUTES)}`;
  };
  return `${text(from)}–${text(to)}`;
}
