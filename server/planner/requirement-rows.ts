/** What a hall needs, interval by interval, beside what is usual and what is there. */
import type { RequirementRow, RequirementsAnswer } from '#shared/planning.ts';
import { dayStart } from '../domain/branch/hall-day.ts';
import { at as valueIn, sum } from '../domain/forecast/grid.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import { DAY_SLOTS, habitsToday } from '../domain/prediction/hall-history.ts';
import { expectSlots, seriesKey } from '../domain/prediction/region-model.ts';
import {
  poolTargets,
  requiredCounters,
  requiredPeople,
  staffedGroups,
} from '../domain/prediction/requirement.ts';
import { slotForecast } from '../domain/prediction/slot-forecast.ts';
import { usualOpen } from '../domain/prediction/staff-ahead.ts';
import type { QueueHabits } from '../domain/prediction/work-sums.ts';
import type { HallWanted } from './forecast-rows.ts';
import { isGuessOfClosed, type KnownHall } from './known-hall.ts';
import { recordOf } from './region-watch.ts';

export interface RequirementsWanted extends HallWanted {
  /** Days after the one that runs; ignored for a usual week. */
  ahead: number;
  of: 'day' | 'week';
  /** Counters, or on a hotline agents, at work now. */
  openNow: number;
}

const HOUR_SLOTS = 4;
const WEEKDAYS = 7;
/** 1970-01-05 was a Monday. */
const MONDAY = 4;
const DAY_MS = DAY_SLOTS * INTERVAL_MS;

/** Arrivals of one queue in one interval. */
interface Arrivals {
  mean: number;
  p80: number;
}

/** The rows of a day, or of a usual week. */
export function requirementRows(
  known: KnownHall,
  wanted: RequirementsWanted,
  at: number,
): RequirementsAnswer {
  const { profile, habits } = known;
  const rows = wanted.of === 'day' ? dayRows(known, wanted, at) : weekRows(known, wanted, at);
  return { branch: profile.id, shrinkage: habits.shrinkage, counters: profile.counters.length, rows };
}

function dayRows(known: KnownHall, wanted: RequirementsWanted, at: number): RequirementRow[] {
  const { profile, day, habits } = known;
  const begins = dayStart(profile, day.day + wanted.ahead);
  const usual = usualOpen(habits, day.day + wanted.ahead);
  const first = wanted.ahead === 0 ? Math.max(0, Math.floor((at - begins) / INTERVAL_MS)) : 0;
  const place = wanted.ahead * DAY_SLOTS;
  return Array.from({ length: DAY_SLOTS - first }, (_, i) => first + i).flatMap((slot) => {
    const arrivals = arrivalsIn(known, wanted, place + slot);
    const from = begins + slot * INTERVAL_MS;
    const span = { from, to: from + INTERVAL_MS };
    return rowOf(known, wanted, span, arrivals, INTERVAL_MS, {
      usual: usual === null ? null : valueIn(usual, slot),
      open: at >= span.from && at < span.to ? wanted.openNow : null,
      at: from,
    });
  });
}

const NOBODY: Arrivals = { mean: 0, p80: 0 };

/** Arrivals by queue in one slot, counted from the beginning of the day that runs. */
function arrivalsIn(known: KnownHall, { queues }: HallWanted, slot: number): Map<string, Arrivals> {
  const { profile, watch, day } = known;
  const from = dayStart(profile, day.day) + slot * INTERVAL_MS;
  return new Map(
    queues.map(({ id }): [string, Arrivals] => {
      const key = seriesKey(profile.id, id);
      if (isGuessOfClosed(known, key, from, from + INTERVAL_MS)) return [id, NOBODY];
      const expected = expectSlots(day, key, slot, slot + 1);
      return [id, expected === null ? NOBODY : slotForecast(expected, recordOf(watch, key).width)];
    }),
  );
}

/** Queues that are staffed together, and the counters they need at once. */
export interface GroupNeed {
  queues: readonly string[];
  counters: number;
}

/** What each group needs in one slot, counted from the beginning of the day that runs, for the arrivals expected. */
export function needsIn(known: KnownHall, hall: HallWanted, slot: number): GroupNeed[] {
  const at = dayStart(known.profile, known.day.day) + slot * INTERVAL_MS;
  return groupNeeds(known, hall, arrivalsIn(known, hall, slot), INTERVAL_MS, at)(({ mean }) => mean);
}

/** Hour by hour of a usual week: how many people the hall asks for. */
function weekRows(known: KnownHall, wanted: RequirementsWanted, at: number): RequirementRow[] {
  const { profile, day, habits } = known;
  return Array.from({ length: WEEKDAYS }, (_, weekday) => weekday).flatMap((weekday) => {
    // The next such day is what tells who is usually there.
    const usual = usualOpen(habits, nextDay(day.day, weekday));
    return Array.from({ length: DAY_SLOTS / HOUR_SLOTS }, (_, hour) => hour * HOUR_SLOTS).flatMap((slot) => {
      const arrivals = new Map(
        wanted.queues.map(({ id }): [string, Arrivals] => {
          const model = day.course.members.get(seriesKey(profile.id, id))?.model;
          const means = model?.profile.isGuess === true ? [] : (model?.profile.means[weekday] ?? []);
          const mean = sum(means.slice(slot, slot + HOUR_SLOTS));
          return [id, { mean, p80: slotForecast({ mean, rateVariance: 0 }, 1).p80 }];
        }),
      );
      const from = (MONDAY + weekday) * DAY_MS + slot * INTERVAL_MS;
      const span = { from, to: from + HOUR_SLOTS * INTERVAL_MS };
      const open = usual?.slice(slot, slot + HOUR_SLOTS);
      return rowOf(known, wanted, span, arrivals, HOUR_SLOTS * INTERVAL_MS, {
        usual: open === undefined ? null : sum(open) / HOUR_SLOTS,
        open: null,
        at,
      });
    });
  });
}

/** The first of the days after one that is of this weekday, 0 Monday. */
function nextDay(day: number, weekday: number): number {
  const ahead = (((weekday - (day - MONDAY)) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS;
  return day + (ahead === 0 ? WEEKDAYS : ahead);
}

function rowOf(
  known: KnownHall,
  hall: HallWanted,
  span: { from: number; to: number },
  arrivals: ReadonlyMap<string, Arrivals>,
  lengthMs: number,
  beside: { usual: number | null; open: number | null; at: number },
): RequirementRow[] {
  const expected = sum([...arrivals.values()].map(({ mean }) => mean));
  const counted = beside.usual === null ? null : Math.round(beside.usual * 100) / 100;
  if (expected === 0 && !(counted !== null && counted > 0)) return [];
  const needs = groupNeeds(known, hall, arrivals, lengthMs, beside.at);
  const countersFor = (of: (arrivals: Arrivals) => number): number =>
    sum(needs(of).map(({ counters }) => counters));
  const counters = countersFor(({ mean }) => mean);
  return [
    {
      ...span,
      arrivals: Math.round(expected * 100) / 100,
      counters,
      countersP80: Math.max(
        counters,
        countersFor(({ p80 }) => p80),
      ),
      people: requiredPeople(counters, known.habits.shrinkage),
      usual: counted,
      open: beside.open,
    },
  ];
}

/** How many counters the arrivals of an interval ask for, group by group. */
function groupNeeds(
  { profile, habits }: KnownHall,
  { queues }: HallWanted,
  arrivals: ReadonlyMap<string, Arrivals>,
  lengthMs: number,
  at: number,
): (of: (arrivals: Arrivals) => number) => GroupNeed[] {
  const habitsOf = (queue: string): QueueHabits => {
    const { today } = queues.find(({ id }) => id === queue) ?? {};
    return today === undefined
      ? (habits.queues.get(queue) ?? habits.others)
      : habitsToday(habits, queue, today);
  };
  const groups = staffedGroups(profile, [...arrivals.keys()]);
  return (of) =>
    groups.map((ids) => ({
      queues: ids,
      counters: requiredCounters({
        queues: ids.map((id) => ({
          rate: of(arrivals.get(id) ?? NOBODY) / (lengthMs / 1_000),
          habits: habitsOf(id),
        })),
        targets: poolTargets(profile, ids, at),
      }),
    }));
}
