/** One region's halls: learned from history, followed through the day, their forecasts scored. */
import type { BranchProfile } from '#shared/network.ts';
import { dayStart, hallDay } from '../domain/branch/hall-day.ts';
import { openMs } from '../domain/branch/opening-hours.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import {
  type ForecastRecord,
  newForecastRecord,
  noteForecast,
  SCORED_AHEAD,
  scoreForecast,
} from '../domain/prediction/forecast-record.ts';
import { DAY_SLOTS } from '../domain/prediction/hall-history.ts';
import {
  expectSlots,
  isGuess,
  learnedSlots,
  learnRegion,
  learnRegionSlot,
  type RegionDay,
  type RegionModel,
  seriesKey,
  startRegionDay,
} from '../domain/prediction/region-model.ts';
import { slotForecast } from '../domain/prediction/slot-forecast.ts';
import type { HistoryReader } from '../history/store.ts';
import { calendarOf } from './calendar.ts';
import { readHallHistory } from './read-hall-history.ts';

export interface RegionWatch {
  profiles: readonly BranchProfile[];
  /** As of the day that runs; `null` until it was learned. */
  model: RegionModel | null;
  day: RegionDay | null;
  /** When the day so far is to be read again though no slot has ended since, epoch ms, and how long that was put off, ms. */
  readAgain: { at: number; afterMs: number };
  /** By series. */
  records: Map<string, ForecastRecord>;
}

/**
 * The day so far is read again, for facts may come late: soon after a start, when the morning is still being told, then
 * less and less often, ms.
 */
const READ_AGAIN_FIRST_MS = 5_000;
const READ_AGAIN_MOST_MS = 120_000;

export const watchRegion = (profiles: readonly BranchProfile[]): RegionWatch => ({
  profiles,
  model: null,
  day: null,
  readAgain: { at: 0, afterMs: READ_AGAIN_FIRST_MS },
  records: new Map(),
});

/** True when what was learned of some halls holds although they are described otherwise: they only promise something else. */
const learnsAlike = (before: readonly BranchProfile[], now: readonly BranchProfile[]): boolean =>
  taught(before) === taught(now);

const taught = (profiles: readonly BranchProfile[]): string =>
  JSON.stringify(profiles.map((profile) => ({ ...profile, definitions: [] })));

/** By branch, the watch over its region: the one before, where what it learned still holds. */
export function watchAll(
  profiles: readonly BranchProfile[],
  before: ReadonlyMap<string, RegionWatch>,
): Map<string, RegionWatch> {
  const watches = new Map<string, RegionWatch>();
  for (const group of groupHalls(profiles)) {
    const kept = before.get(group[0]?.id ?? '');
    const watch = kept !== undefined && learnsAlike(kept.profiles, group) ? kept : watchRegion(group);
    watch.profiles = group;
    for (const { id } of group) watches.set(id, watch);
  }
  return watches;
}

/** Halls that can be learned together: of one kind and region, with the same days and the same special days. */
function groupHalls(profiles: readonly BranchProfile[]): BranchProfile[][] {
  const kind = ({ region, channel, zone, dayStartMinutes, calendar }: BranchProfile): string =>
    JSON.stringify([region.id, channel, zone, dayStartMinutes, calendar]);
  return [...Map.groupBy(profiles, kind).values()];
}

/** Until when it is known what happened, epoch ms. */
export interface Moment {
  at: number;
  /** Everything that was told by then is in history. */
  projectedTo: number;
}

interface Knowledge extends Moment {
  /** Branches whose sources lag, with the time until which they have told. */
  behind: ReadonlyMap<string, number>;
}

/**
 * Brings a region to `at`: learns anew when its day has turned, then takes in the quarter-hours that are over and wholly
 * in history. What a source that lags has not told yet is not known. Throws HistoryUnavailable.
 */
export async function followRegion(
  watch: RegionWatch,
  history: HistoryReader,
  knowledge: Knowledge,
): Promise<RegionDay | null> {
  const [first] = watch.profiles;
  if (first === undefined) return null;
  const day = hallDay(first, knowledge.at);
  if (watch.model === null || watch.day?.day !== day) await learn(watch, history, first, day);
  if (watch.model !== null) await catchUp(watch, watch.model, history, first, knowledge);
  return watch.day;
}

/** A day of halls of which nothing could be learned: every volume only holds the place. */
export function unlearnedDay({ profiles }: RegionWatch, at: number): RegionDay | null {
  const [first] = profiles;
  if (first === undefined) return null;
  return startRegionDay(learnRegion([], queuesOf(profiles), calendarOf(first)), hallDay(first, at));
}

const queuesOf = (profiles: readonly BranchProfile[]): { branch: string; queue: string }[] =>
  profiles.flatMap(({ id, queues }) => queues.map((queue) => ({ branch: id, queue: queue.id })));

async function learn(
  watch: RegionWatch,
  history: HistoryReader,
  first: BranchProfile,
  day: number,
): Promise<void> {
  const histories = [];
  for (const profile of watch.profiles) histories.push(await readHallHistory(history, profile, day));
  watch.model = learnRegion(histories, queuesOf(watch.profiles), calendarOf(first));
  watch.day = startRegionDay(watch.model, day);
  for (const record of watch.records.values()) record.open.clear();
}

/**
 * The day is followed anew each time: what was told late, or counted late, is in it then. Forecasts are made and scored
 * once, when a slot is over for the first time; after a start the slots of the day so far are over one after the other.
 */
async function catchUp(
  watch: RegionWatch,
  model: RegionModel,
  history: HistoryReader,
  first: BranchProfile,
  { at, projectedTo, behind }: Knowledge,
): Promise<void> {
  const { day } = watch.day ?? startRegionDay(model, hallDay(first, at));
  const begins = dayStart(first, day);
  const over = Math.min(DAY_SLOTS, Math.floor((Math.min(at, projectedTo) - begins) / INTERVAL_MS));
  const known = watch.day === null ? 0 : learnedSlots(watch.day);
  if (over <= 0 || (over === known && at < watch.readAgain.at)) return;
  const rows = await history.queueIntervals({
    branches: watch.profiles.map(({ id }) => id),
    from: begins,
    to: begins + over * INTERVAL_MS,
  });
  const { afterMs } = watch.readAgain;
  watch.readAgain = { at: at + afterMs, afterMs: Math.min(2 * afterMs, READ_AGAIN_MOST_MS) };
  const region = startRegionDay(model, day);
  const bySlot = Map.groupBy(rows, ({ start }) => (start - begins) / INTERVAL_MS);
  const heard = new Set(rows.map(({ branch }) => branch));
  const guessed = guessedSeries(watch.profiles, region);
  for (let slot = 0; slot < over; slot++) {
    const counts = new Map<string, number | null>();
    const from = begins + slot * INTERVAL_MS;
    // Who was told of at all today, and of nobody in this slot, had nobody. But a closed door says nothing of a queue
    // that was never seen open: its volume is a guess that knows no hours.
    for (const key of region.course.members.keys()) counts.set(key, heard.has(branchIn(key)) ? 0 : null);
    for (const [key, profile] of guessed) if (isClosed(profile, from)) counts.set(key, null);
    for (const { branch, id, sums } of bySlot.get(slot) ?? []) {
      const key = seriesKey(branch, id);
      if (counts.has(key)) counts.set(key, sums.offered);
    }
    for (const key of counts.keys()) {
      if ((behind.get(branchIn(key)) ?? Infinity) < from + INTERVAL_MS) counts.set(key, null);
    }
    if (slot >= known) for (const [key, count] of counts) scoreForecast(recordOf(watch, key), slot, count);
    learnRegionSlot(region, counts);
    if (slot >= known) note(watch, region, slot + 1);
  }
  watch.day = region;
}

const isClosed = (profile: BranchProfile, from: number): boolean =>
  openMs(profile, from, from + INTERVAL_MS) === 0;

/** The series whose volume is a guess, each with the hall it is of. */
function guessedSeries(profiles: readonly BranchProfile[], region: RegionDay): Map<string, BranchProfile> {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  return new Map(
    [...region.course.members.keys()].flatMap((key): [string, BranchProfile][] => {
      const profile = byId.get(branchIn(key));
      return profile !== undefined && isGuess(region, key) ? [[key, profile]] : [];
    }),
  );
}

/** The branch a series belongs to. */
const branchIn = (key: string): string => (JSON.parse(key) as [string, string])[0];

/** Forecasts for an hour ahead, to be scored. */
function note(watch: RegionWatch, region: RegionDay, now: number): void {
  const slot = now + SCORED_AHEAD - 1;
  if (slot >= DAY_SLOTS) return;
  for (const key of region.course.members.keys()) {
    const record = recordOf(watch, key);
    const expected = expectSlots(region, key, slot, slot + 1);
    if (expected !== null) noteForecast(record, slot, slotForecast(expected, record.width));
  }
}

/** The record of a series. */
export function recordOf({ records }: RegionWatch, key: string): ForecastRecord {
  const known = records.get(key) ?? newForecastRecord();
  records.set(key, known);
  return known;
}
