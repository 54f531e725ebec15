/** The slots a day is cut into, and counts on them. */

/** Slots of equal length; all days of a series share them, by the hall's wall clock. */
export interface Grid {
  /** Length of a slot, minutes. */
  slotMinutes: number;
  /** Slots a day. */
  slots: number;
}

/** Arrivals of one day, one number a slot; `null` where nobody knows (a gap in the source, an estimate left out). */
export interface DayCounts {
  /** Day number (days since 1970-01-01) in the hall's zone. */
  day: number;
  counts: readonly (number | null)[];
}

const HOUR_MINUTES = 60;

export const slotsPerHour = (grid: Grid): number => HOUR_MINUTES / grid.slotMinutes;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Value at a place the caller knows to exist. */
export const at = (values: readonly number[], index: number): number => values[index] ?? 0;
