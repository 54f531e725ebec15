/** Days that are not like their weekday: holidays, announced events, closures. They are data, never guessed. */

/** What is known of a day beforehand. Without `likeWeekday` it goes by its own weekday, without `factor` by its usual volume. */
export interface SpecialDay {
  /** The weekday whose profile it follows, 0 Monday … 6 Sunday (a working Saturday is like a Friday). */
  likeWeekday?: number;
  /** Expected arrivals as a multiple of what that weekday brings; 0 when closed. */
  factor?: number;
}

/** Special days by day number (days since 1970-01-01). */
export type Calendar = ReadonlyMap<number, SpecialDay>;

const MONDAY_OFFSET = 3; // 1970-01-01 was a Thursday
export const WEEKDAYS = 7;

/** The profile a day follows and how much of it. */
export interface DayKind {
  weekday: number;
  factor: number;
}

/** Weekday and factor of a day by the calendar. */
export function dayKind(calendar: Calendar, day: number): DayKind {
  const special = calendar.get(day);
  return {
    weekday: special?.likeWeekday ?? (((day + MONDAY_OFFSET) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS,
    factor: special?.factor ?? 1,
  };
}
