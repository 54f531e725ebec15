/** Reads from history what is learned of a hall: its past days, slot by slot. */
import type { BranchProfile } from '#shared/network.ts';
import { dayStart } from '../domain/branch/hall-day.ts';
import type { DayCounts } from '../domain/forecast/grid.ts';
import {
  AGENT_ACTIVITIES,
  type AgentInterval,
  COUNTER_ACTIVITIES,
  INTERVAL_MS,
  isOpen,
  type QueueInterval,
} from '../domain/metrics/interval.ts';
import { NO_QUEUE } from '../domain/metrics/figures.ts';
import { DAY_SLOTS, type HallHistory } from '../domain/prediction/hall-history.ts';
import { addWorkSums, noWorkSums, type WorkSums } from '../domain/prediction/work-sums.ts';
import type { HistoryReader, IntervalRow } from '../history/store.ts';

const DAY_MS = 86_400_000;
/** Days of arrivals that are learned from; the newest half of them tells who is there. */
const DAYS = 56;
const STAFF_DAYS = 28;
/** Older work counts e times less after so many days. */
const WORK_DAYS = 20;

/** The days of a hall before `day`. Throws HistoryUnavailable. */
export async function readHallHistory(
  history: HistoryReader,
  profile: BranchProfile,
  day: number,
): Promise<HallHistory> {
  const branches = [profile.id];
  const to = dayStart(profile, day);
  const queues = await history.queueIntervals({ branches, from: dayStart(profile, day - DAYS), to });
  const staffFrom = { branches, from: dayStart(profile, day - STAFF_DAYS), to };
  const agents = queues.length === 0 ? [] : await history.agentIntervals(staffFrom);
  const counters = queues.length === 0 ? [] : await history.counterIntervals(staffFrom);
  const openMs =
    counters.length > 0
      ? counters.map((row) => ({ ...row, ms: sumOf(row.sums.spentMs, COUNTER_ACTIVITIES.filter(isOpen)) }))
      : agents.map((row) => ({ ...row, ms: sumOf(row.sums.spentMs, ['serving', 'wrapUp', 'available']) }));
  return {
    branch: profile.id,
    channel: profile.channel,
    arrivals: arrivalsOf(profile, queues),
    work: workOf(queues, day),
    open: openOf(profile, openMs),
    ...timeOf(agents),
  };
}

const sumOf = <Key extends string>(spent: Record<Key, number>, keys: readonly Key[]): number =>
  keys.reduce((sum, key) => sum + spent[key], 0);

/** Slots by day; days on which the clock is changed have others, and are left out. */
function slotFinder(profile: BranchProfile): (row: { day: number; start: number }) => number | null {
  const starts = new Map<number, number | null>();
  return ({ day, start }) => {
    let from = starts.get(day);
    if (from === undefined) {
      const begins = dayStart(profile, day);
      from = dayStart(profile, day + 1) - begins === DAY_MS ? begins : null;
      starts.set(day, from);
    }
    return from === null ? null : (start - from) / INTERVAL_MS;
  };
}

function arrivalsOf(
  profile: BranchProfile,
  rows: readonly IntervalRow<QueueInterval>[],
): Map<string, DayCounts[]> {
  const slotOf = slotFinder(profile);
  const series = new Map<string, Map<number, number[]>>();
  const days = new Set<number>();
  for (const row of rows) {
    const slot = slotOf(row);
    if (slot === null || row.id === NO_QUEUE) continue;
    days.add(row.day);
    const byDay = series.get(row.id) ?? new Map<number, number[]>();
    series.set(row.id, byDay);
    const counts = byDay.get(row.day) ?? Array.from({ length: DAY_SLOTS }, () => 0);
    byDay.set(row.day, counts);
    counts[slot] = (counts[slot] ?? 0) + row.sums.offered;
  }
  const none = Array.from({ length: DAY_SLOTS }, () => 0);
  // On a day of the hall on which nobody came to a queue, nobody came.
  return new Map(
    [...series].map(([queue, byDay]) => [
      queue,
      [...days].map((day) => ({ day, counts: byDay.get(day) ?? none })),
    ]),
  );
}

function workOf(rows: readonly IntervalRow<QueueInterval>[], today: number): Map<string, WorkSums> {
  const work = new Map<string, WorkSums>();
  for (const { id, day, sums } of rows) {
    const sum = work.get(id) ?? noWorkSums();
    work.set(id, sum);
    addWorkSums(sum, workIn(sums), Math.exp((day - today) / WORK_DAYS));
  }
  return work;
}

const workIn = (sums: QueueInterval): WorkSums => ({
  handled: sums.handled,
  workSeconds: sums.serviceSeconds + sums.wrapUpSeconds + sums.answerSeconds,
  left: sums.abandoned,
  waitedSeconds: sums.waitSeconds + sums.abandonWaitSeconds,
});

function openOf(
  profile: BranchProfile,
  rows: readonly { day: number; start: number; ms: number }[],
): HallHistory['open'] {
  const slotOf = slotFinder(profile);
  const days = new Map<number, number[]>();
  for (const row of rows) {
    const slot = slotOf(row);
    if (slot === null) continue;
    const servers = days.get(row.day) ?? Array.from({ length: DAY_SLOTS }, () => 0);
    days.set(row.day, servers);
    servers[slot] = (servers[slot] ?? 0) + row.ms / INTERVAL_MS;
  }
  return [...days].map(([day, servers]) => ({ day, servers }));
}

function timeOf(rows: readonly IntervalRow<AgentInterval>[]): Pick<HallHistory, 'signedInMs' | 'awayMs'> {
  let signedInMs = 0;
  let readyMs = 0;
  for (const { sums } of rows) {
    signedInMs += sumOf(sums.spentMs, AGENT_ACTIVITIES);
    readyMs += sumOf(sums.spentMs, ['serving', 'wrapUp', 'available']);
  }
  return { signedInMs, awayMs: signedInMs - readyMs };
}
