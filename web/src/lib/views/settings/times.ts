/** Moments as people read them in settings, in the zone of this browser. */
import { dayOf, hourMinute, hourMinuteSecond, localTime, ownZone } from '#lib/format/clock-time.ts';
import { preferences } from '#lib/stores/preferences.svelte.ts';

/** `3月14日 周五 14:05`, with the year when it is another than now. */
export function moment(epochMs: number): string {
  return `${dayText(epochMs)} ${hourMinute(epochMs, ownZone())}`;
}

/** The same to the second. */
export function exactMoment(epochMs: number): string {
  return `${dayText(epochMs)} ${hourMinuteSecond(epochMs, ownZone())}`;
}

function dayText(epochMs: number): string {
  const zone = ownZone();
  const day = dayOf(epochMs, zone, preferences.language);
  const { year } = localTime(epochMs, zone);
  if (year === localTime(Date.now(), zone).year) return day;
  return preferences.language === 'en' ? `${day} ${year}` : `${year}年${day}`;
}
