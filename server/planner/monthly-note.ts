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
  const today = hallDay(profile, at);
  const day = firstOfMonth(today, 0);
  const past = await readHallHistory(history, profile, day);
  const known = daysOpen(past);
  const weeks = weeksKnown(known, day);
  const untilNow = weeks < WEEKS_NEEDED ? await readHallHistory(history, profile, today + 1) : null;
  return {
    branch: profile.id,
    month: monthOf(day),
    weeks,
    weeksNeeded: WEEKS_NEEDED,
    firstMonth: untilNow === null ? null : firstNoted([...known, ...daysOpen(untilNow)], today),
    dayStartMinutes: profile.dayStartMinutes,
    notes: weeks < WEEKS_NEEDED ? [] : notedHours(usualWeek(profile, past, day)),
  };
}

const monthOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 'YYYY-MM'.length);

/** The first day of the month so many months after that of `day`. */
function firstOfMonth(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS;
}

/** Days on which counters were open. */
const daysOpen = ({ open }: HallHistory): number[] => open.map(({ day }) => day);

/** Of the weeks just before a day, those with one of these days. */
const weeksKnown = (days: readonly number[], before: number): number =>
  new Set(
    days
      .map((day) => Math.floor((before - 1 - day) / WEEK_DAYS))
      .filter((week) => week >= 0 && week < WEEKS_NEEDED),
  ).size;

/** The next month with enough weeks before it, if from now on the hall is open every day. */
function firstNoted(known: readonly number[], today: number): string {
  for (let months = 1; ; months++) {
    const first = firstOfMonth(today, months);
    const toCome = Array.from({ length: first - today }, (_, i) => today + i);
    if (weeksKnown([...known, ...toCome], first) >= WEEKS_NEEDED) return monthOf(first);
  }
}

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
