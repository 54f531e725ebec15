/** What history holds of a hall on one of its days, and on the days that tell what is usual then. */
import type { BranchProfile } from '#shared/network.ts';
import { zoneOffset } from '#shared/zone-offset.ts';
import { type HallRows, layoutOf } from '../domain/drivers/hall-layout.ts';
import { type HallRecord, recordHall } from '../domain/drivers/hall-record.ts';
import type { DayToSplit } from '../domain/drivers/split-day.ts';
import { ENOUGH_WEEKDAYS, usualDay } from '../domain/drivers/usual-day.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import type { HistoryReader } from '../history/store.ts';
import { dayOf, type Slot } from './calendar.ts';

const WEEK_DAYS = 7;
/** Weeks of the same weekday that tell what is usual; where they are too few, all days of the last weeks do. */
const WEEKS = 8;
const WEEKS_OF_ALL_DAYS = 4;
const DAY_MS = 86_400_000;
const SLOTS_A_DAY = DAY_MS / INTERVAL_MS;

interface ReadDay {
  day: number;
  span: Slot;
  rows: HallRows;
}

/** A hall's day until `to`, which is on a quarter-hour, with what is usual on it; `null` when history has nothing of it. */
export async function readHallDay(
  history: HistoryReader,
  profile: BranchProfile,
  day: number,
  to: number,
): Promise<DayToSplit | null> {
  const { from } = dayOf(profile, day);
  const queues = await readQueues(history, profile, day, { from, to });
  if (queues.rows.queues.length === 0) return null;
  const all = [queues, ...(await pastDays(history, profile, day))];
  const [own = queues, ...past] = await withStaff(history, profile, all);
  const layout = layoutOf(
    profile,
    [own, ...past].map(({ rows }) => rows),
  );
  const record = ({ rows, span }: ReadDay, slots: number): HallRecord =>
    recordHall(layout, rows, span.from, slots);
  const today = record(own, (to - from) / INTERVAL_MS);
  const references = past.map((each) => ({
    record: record(each, SLOTS_A_DAY),
    isSameWeekday: (day - each.day) % WEEK_DAYS === 0,
  }));
  return {
    layout,
    today,
    usual: usualDay(references, today.unknownQueues),
    usualSlots: today.slots.map((_, slot) => slotByClock(profile.zone, from, from + slot * INTERVAL_MS)),
  };
}

const NO_ROWS: HallRows = { queues: [], agents: [], counters: [] };

/** The days before that have rows: those of the same weekday, and when they are few, all of the last weeks. */
async function pastDays(history: HistoryReader, profile: BranchProfile, day: number): Promise<ReadDay[]> {
  const read = async (days: readonly number[]): Promise<ReadDay[]> => {
    // On a day with a change of clocks nothing is at its usual time.
    const spans = days
      .map((each) => ({ day: each, span: dayOf(profile, each) }))
      .filter(({ span }) => span.to - span.from === DAY_MS);
    const all = await Promise.all(spans.map((each) => readQueues(history, profile, each.day, each.span)));
    return all.filter(({ rows }) => rows.queues.length > 0);
  };
  const sameWeekday = await read(Array.from({ length: WEEKS }, (_, week) => day - (week + 1) * WEEK_DAYS));
  if (sameWeekday.length >= ENOUGH_WEEKDAYS) return sameWeekday;
  const others = Array.from({ length: WEEKS_OF_ALL_DAYS * WEEK_DAYS }, (_, ago) => day - ago - 1);
  return [...sameWeekday, ...(await read(others.filter((each) => (day - each) % WEEK_DAYS !== 0)))];
}

async function readQueues(
  history: HistoryReader,
  { id }: BranchProfile,
  day: number,
  span: Slot,
): Promise<ReadDay> {
  const queues = await history.queueIntervals({ branches: [id], ...span });
  return { day, span, rows: { ...NO_ROWS, queues } };
}

/** The same days with their counters, or where no counter is known, with their agents. */
async function withStaff(
  history: HistoryReader,
  profile: BranchProfile,
  days: readonly ReadDay[],
): Promise<ReadDay[]> {
  const read = (
    of: (query: { branches: string[] } & Slot) => Promise<Partial<HallRows>>,
  ): Promise<ReadDay[]> =>
    Promise.all(
      days.map(async (each) => {
        const staff = await of({ branches: [profile.id], ...each.span });
        return { ...each, rows: { ...each.rows, ...staff } };
      }),
    );
  const withCounters = await read(async (query) => ({ counters: await history.counterIntervals(query) }));
  const { servedBy } = layoutOf(
    profile,
    withCounters.map(({ rows }) => rows),
  );
  if (servedBy === 'counters') return withCounters;
  return read(async (query) => ({ agents: await history.agentIntervals(query) }));
}

/** The slot of a usual day at the time by the clock that an instant of a day has which starts at `dayStart`. */
function slotByClock(zone: string, dayStart: number, at: number): number {
  const byClock = at + zoneOffset(zone, at) - (dayStart + zoneOffset(zone, dayStart));
  return (((byClock / INTERVAL_MS) % SLOTS_A_DAY) + SLOTS_A_DAY) % SLOTS_A_DAY;
}
