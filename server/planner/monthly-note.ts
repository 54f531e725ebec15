/** The note of a month: what the weeks before it say about the counters of a hall (rule GD1). The same all month long. */
import type { MonthlyNoteAnswer } from '#shared/monthly-note.ts';
import type { BranchProfile } from '#shared/network.ts';
import { dayStart, hallDay } from '../domain/branch/hall-day.ts';
import { type HallHistory, noHabits } from '../domain/prediction/hall-history.ts';
import { notedHours, type UsualHour } from '../domain/prediction/noted-hours.ts';
import { learnRegion, startRegionDay } from '../domain/prediction/region-model.ts';
import { noWorkSums } from '../domain/prediction/work-sums.ts';
import type { HistoryReader } from '../history/store.ts';
import { calendarOf } from './calendar.ts';
import { readHallHistory } from './read-hall-history.ts';
import { watchRegion } from './region-watch.ts';
import { requirementRows } from './requirement-rows.ts';

const WEEKS_NEEDED = 4;
const WEEK_DAYS = 7;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** The note for the month of `at` (epoch ms). Throws HistoryUnavailable. */
export async function monthlyNote(
  profile: BranchProfile,
  history: HistoryReader,
  at: number,
): Promise<MonthlyNoteAnswer> {
  const today = new Date(hallDay(profile, at) * DAY_MS);
  const day = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1) / DAY_MS;
  const past = await readHallHistory(history, profile, day);
  const weeks = weeksKnown(past, day);
  return {
    branch: profile.id,
    month: today.toISOString().slice(0, 'YYYY-MM'.length),
    weeks,
    weeksNeeded: WEEKS_NEEDED,
    dayStartMinutes: profile.dayStartMinutes,
    notes: weeks < WEEKS_NEEDED ? [] : notedHours(usualWeek(profile, past, day)),
  };
}

/** Weeks before a day with a day on which counters were open. */
const weeksKnown = ({ open }: HallHistory, day: number): number =>
  new Set(open.map((each) => Math.floor((day - 1 - each.day) / WEEK_DAYS))).size;

/** Hours nobody knows the usual counters of are left out. */
function usualWeek(profile: BranchProfile, past: HallHistory, day: number): UsualHour[] {
  const queues = profile.queues.map(({ id }) => ({ branch: profile.id, queue: id }));
  const model = learnRegion([past], queues, calendarOf(profile));
  const known = {
    profile,
    watch: watchRegion([profile]),
    day: startRegionDay(model, day),
    dayStart: dayStart(profile, day),
    habits: model.habits.get(profile.id) ?? noHabits(profile.channel),
  };
  const wanted = {
    branch: profile.id,
    queues: profile.queues.map(({ id }) => ({ id, today: noWorkSums() })),
    ...{ ahead: 0, of: 'week' as const, openNow: 0 },
  };
  const { rows } = requirementRows(known, wanted, known.dayStart);
  return rows.flatMap(({ from, arrivals, counters, countersP80, usual }) => {
    const hours = Math.floor(from / HOUR_MS);
    const weekday = (Math.floor(hours / DAY_HOURS) + MONDAY_BEFORE_EPOCH) % WEEK_DAYS;
    return usual === null
      ? []
      : [{ weekday, hour: hours % DAY_HOURS, arrivals, counters, countersP80, usual }];
  });
}

/** 1970-01-01 was a Thursday. */
const MONDAY_BEFORE_EPOCH = 3;
