/** More capacity as a note for the month (rule GD1): where a hall usually has fewer counters open than it needs, or more. */
import { z } from 'zod';
import { Id } from './ids.ts';

/** `GET /api/v1/monthly-note`. */
export const MonthlyNoteQuery = z.strictObject({ branch: Id });

/** Some hours of a weekday on which the usual number of counters does not fit. */
export interface NotedHours {
  /** 0 Monday … 6 Sunday. */
  weekday: number;
  /** Hours after the start of the hall's day, `to` exclusive. */
  fromHour: number;
  toHour: number;
  /** Counters more or, below 0, fewer than usual. */
  change: number;
  /** Means over these hours: counters needed, needed on a day as busy as one in five, usually open; customers an hour. */
  needed: number;
  neededBusy: number;
  usual: number;
  arrivals: number;
}

/** `GET /api/v1/monthly-note`. */
export interface MonthlyNoteAnswer {
  branch: string;
  /** The month it is for, `YYYY-MM` in the hall's zone. */
  month: string;
  /** Weeks before the month that are known; with fewer than `weeksNeeded` nothing is noted. */
  weeks: number;
  weeksNeeded: number;
  /** The month of the first note when data come every day from now on, `YYYY-MM`; null when enough weeks are known. */
  firstMonth: string | null;
  /** Minutes after midnight at which the hall's day starts. */
  dayStartMinutes: number;
  /** What weighs most first. */
  notes: NotedHours[];
}
