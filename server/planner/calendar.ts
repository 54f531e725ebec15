/** Special days of a hall from its configuration. */
import type { BranchProfile } from '#shared/network.ts';
import type { Calendar, SpecialDay } from '../domain/forecast/calendar.ts';

const DAY_MS = 86_400_000;

/** By day number. */
export const calendarOf = ({ calendar }: BranchProfile): Calendar =>
  new Map(
    calendar.map(({ date, likeWeekday, factor }): [number, SpecialDay] => [
      Date.parse(`${date}T00:00:00Z`) / DAY_MS,
      {
        ...(likeWeekday === undefined ? {} : { likeWeekday: likeWeekday - 1 }),
        ...(factor === undefined ? {} : { factor }),
      },
    ]),
  );
