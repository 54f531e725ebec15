/** Times that run, as people read them. */

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const two = (n: number): string => String(n).padStart(2, '0');

/** Seconds as `m:ss`, from an hour on `h:mm:ss`; "—" for no value; never below zero. */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '—';
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const rest = two(whole % MINUTE);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Whole seconds from `since` to `now` (epoch ms), not below zero; `null` when it never began. */
export const elapsedSeconds = (since: number | null, now: number): number | null =>
  since === null ? null : Math.max(0, Math.floor((now - since) / 1_000));

/** A promise in the unit it was made in: whole minutes as minutes, anything else as `m:ss`. */
export type Target = { minutes: number } | { clock: string };

export const target = (seconds: number): Target =>
  seconds % MINUTE === 0 ? { minutes: seconds / MINUTE } : { clock: duration(seconds) };

/**
 * An age in the words it is told in: seconds below a minute, then minutes and seconds, from an hour on hours and minutes,
 * from two days on days.
 */
export type Age =
  | { unit: 'seconds'; seconds: number }
  | { unit: 'minutes'; minutes: number; seconds: number }
  | { unit: 'hours'; hours: number; minutes: number }
  | { unit: 'days'; days: number };

export function age(seconds: number): Age {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return { unit: 'seconds', seconds: whole };
  if (whole < HOUR) return { unit: 'minutes', minutes: Math.floor(whole / MINUTE), seconds: whole % MINUTE };
  if (whole >= 2 * DAY) return { unit: 'days', days: Math.floor(whole / DAY) };
  return { unit: 'hours', hours: Math.floor(whole / HOUR), minutes: Math.floor((whole % HOUR) / MINUTE) };
}
