/** Works out what lies ahead of the halls: what it knows it learns from history, what stands now it is told. */
import { isSteering } from '#shared/levers.ts';
import type { MonthlyNoteAnswer } from '#shared/monthly-note.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { AccuracyAnswer } from '#shared/accuracy.ts';
import type { ForecastRow, HallOutlook, RequirementsAnswer, UnusualToday } from '#shared/planning.ts';
import { dayStart, hallDay } from '../domain/branch/hall-day.ts';
import { INTERVAL_MS } from '../domain/metrics/interval.ts';
import { arrivalsAhead } from '../domain/prediction/arrivals-ahead.ts';
import { foretell, HORIZON_SECONDS } from '../domain/prediction/foretell.ts';
import { twinOf } from '../domain/prediction/hall-ahead.ts';
import { type HallHabits, habitsToday, noHabits } from '../domain/prediction/hall-history.ts';
import type { HallNow } from '../domain/prediction/hall-now.ts';
import type { RegionDay } from '../domain/prediction/region-model.ts';
import { staffAhead, usualOpen, type UsualChange } from '../domain/prediction/staff-ahead.ts';
import type { StepFunction } from '../domain/queueing/step-function.ts';
import type { TwinBranch } from '../domain/queueing/twin/branch.ts';
import type { Range } from '../domain/staffing/look-ahead.ts';
import type { Situation } from '../domain/staffing/situation.ts';
import type { HistoryReader } from '../history/store.ts';
import { HistoryUnavailable } from '../history/store.ts';
import { createRng, seedOf } from '../rng.ts';
import { accuracyRows, warningRows } from './accuracy-rows.ts';
import { type ForecastWanted, forecastRows, unusualToday } from './forecast-rows.ts';
import { createBreachWarnings } from './breach-warnings.ts';
import type { KnownHall } from './known-hall.ts';
import { hallsAhead } from './suggestions/halls-ahead.ts';
import { noChange, type NoChangeAsked } from './suggestions/no-change.ts';
import { type HallAhead, poolsNow } from './suggestions/pools-now.ts';
import { steerCustomers } from './suggestions/steer-customers.ts';
import { type PlanAnswer, type PlanAsked, suggest } from './suggestions/suggest.ts';
import { type RequirementsWanted, requirementRows } from './requirement-rows.ts';
import { monthlyNote } from './monthly-note.ts';
import { outlookOf } from './queue-outlook.ts';
import { staffSteps } from './staff-steps.ts';
import { NO_WARNINGS_KEPT, type WarningStore } from './warning-store.ts';
import { followRegion, type Moment, type RegionWatch, unlearnedDay, watchAll } from './region-watch.ts';

const MINUTE_SECONDS = 60;

/** Everything that can be asked, so that a thread can be asked the same. */
export interface Foresight {
  /** From now on these are the halls; what was learned of regions that stay as they are holds. */
  know(profiles: readonly BranchProfile[]): Promise<void>;
  /** Until when branches have told, epoch ms, where their sources lag, else `null`: what came later is unknown there. */
  heard(until: readonly (readonly [branch: string, told: number | null])[]): Promise<void>;
  /** Foretells these halls, in their order; warnings told before are scored on the way. */
  predict(asked: { halls: HallNow[]; projectedTo: number }): Promise<HallOutlook[]>;
  /** Halls as the twin sees them, for this many seconds. */
  twins(asked: { halls: HallNow[]; projectedTo: number; horizonSeconds: number }): Promise<TwinBranch[]>;
  forecast(asked: ForecastWanted & Moment): Promise<{ rows: ForecastRow[]; unusual: UnusualToday[] }>;
  requirements(asked: RequirementsWanted & Moment): Promise<RequirementsAnswer>;
  accuracy(asked: { branches: string[] }): Promise<AccuracyAnswer>;
  /** What the weeks before the month of `at` (epoch ms) say about the counters of a hall. */
  monthlyNote(asked: { branch: string; at: number }): Promise<MonthlyNoteAnswer>;
  /** A staffing plan from where things stand; people of halls that are not among these must be `away`. */
  suggest(asked: SuggestAsked): Promise<PlanAnswer>;
  /** What the waits would have been without a move; `null` when nobody came. */
  noChange(asked: NoChangeAsked): Promise<Range | null>;
  close(): Promise<void>;
}

/** Halls instead of pools: what is expected of them is worked out here. */
export interface SuggestAsked extends Omit<PlanAsked, 'situation' | 'profiles' | 'halls'> {
  situation: Omit<Situation, 'pools'>;
  halls: HallNow[];
  projectedTo: number;
}

/** Foresight in the calling thread. Questions about branches that are not among these throw RangeError. */
export function createForesight(
  first: readonly BranchProfile[],
  history: HistoryReader,
  kept: WarningStore = NO_WARNINGS_KEPT,
): Foresight {
  let profiles = first;
  let watches = watchAll(profiles, new Map());
  const behind = new Map<string, number>();
  const warnings = createBreachWarnings(kept);
  const notes = new Map<string, { madeDay: number; note: MonthlyNoteAnswer }>();
  const following = new Map<RegionWatch, Promise<RegionDay | null>>();

  /** One at a time: a region is not learned twice at once. */
  const follow = (watch: RegionWatch, moment: Moment): Promise<RegionDay | null> => {
    const before = following.get(watch) ?? Promise.resolve(null);
    const next = before
      .catch(() => null)
      .then(() => followRegion(watch, history, { ...moment, behind }))
      .catch((error: unknown) => {
        // Without history what was learned holds; of others today tells all there is.
        if (!(error instanceof HistoryUnavailable)) throw error;
        return watch.day ?? unlearnedDay(watch, moment.at);
      });
    following.set(watch, next);
    return next;
  };

  const known = async (branch: string, moment: Moment): Promise<KnownHall> => {
    const watch = watches.get(branch);
    const profile = watch?.profiles.find(({ id }) => id === branch);
    if (watch === undefined || profile === undefined) throw new RangeError(`there is no branch ${branch}`);
    const day = await follow(watch, moment);
    if (day === null) throw new HistoryUnavailable('nothing is learned of this hall yet');
    const habits = watch.model?.habits.get(branch) ?? noHabits(profile.channel);
    return { profile, watch, day, habits, dayStart: dayStart(profile, hallDay(profile, moment.at)) };
  };

  const knownAt = (now: HallNow, projectedTo: number): Promise<KnownHall> =>
    known(now.branch, { at: now.at, projectedTo });
  const twin = async (now: HallNow, projectedTo: number, horizonSeconds: number): Promise<TwinBranch> => {
    const hall = await knownAt(now, projectedTo);
    return twinAhead(hall, now, staffOf(hall, now), horizonSeconds);
  };

  return {
    know(described) {
      profiles = described;
      watches = watchAll(profiles, watches);
      return Promise.resolve();
    },
    heard(until) {
      for (const [branch, told] of until) {
        if (told === null) behind.delete(branch);
        else behind.set(branch, told);
      }
      return Promise.resolve();
    },
    async predict({ halls, projectedTo }) {
      const told: HallOutlook[] = [];
      for (const now of halls) {
        // Of a hall that came after the start nothing is known yet.
        if (!watches.has(now.branch)) {
          told.push({ queues: [], staff: [] });
          continue;
        }
        const hall = await knownAt(now, projectedTo);
        const staff = staffOf(hall, now);
        const branch = twinAhead(hall, now, staff, HORIZON_SECONDS);
        const ahead = foretell(branch, createRng(seedOf(now.branch, now.version)));
        const queues = now.queues.flatMap((queue, i) => {
          const { breachChance, breachSeconds, course } = ahead[i] ?? {};
          const chance = warnings.tell(now, queue, breachChance);
          if (chance === null) return [];
          return [outlookOf(now, queue, chance, breachSeconds ?? null, course ?? [])];
        });
        told.push({ queues, staff: staffSteps(hall, now, staff) });
        warnings.keep(now.at);
      }
      return told;
    },
    async twins({ halls, projectedTo, horizonSeconds }) {
      const twins: TwinBranch[] = [];
      for (const now of halls) twins.push(await twin(now, projectedTo, horizonSeconds));
      return twins;
    },
    async forecast({ at, projectedTo, ...wanted }) {
      const rows: ForecastRow[] = [];
      const unusual: UnusualToday[] = [];
      for (const hall of wanted.halls) {
        const found = await known(hall.branch, { at, projectedTo });
        rows.push(...forecastRows(found, hall, wanted, at));
        unusual.push(unusualToday(found, hall));
      }
      return { rows, unusual };
    },
    async requirements({ at, projectedTo, ...wanted }) {
      return requirementRows(await known(wanted.branch, { at, projectedTo }), wanted, at);
    },
    async suggest({ halls, projectedTo, situation, ...asked }) {
      const { world } = asked;
      const ahead = new Map<string, HallAhead>();
      for (const now of halls.filter(({ branch }) => watches.has(branch)))
        ahead.set(now.branch, {
          now,
          ahead: await twin(now, projectedTo, world.policy.horizonMinutes * MINUTE_SECONDS),
        });
      const [steering = [], staff = []] = [true, false].map((steers) =>
        asked.open.filter(({ lever }) => isSteering(lever) === steers),
      );
      const plan = suggest({
        ...asked,
        open: staff,
        profiles,
        situation: { ...situation, pools: poolsNow(world, ahead) },
        halls: hallsAhead(world, ahead),
      });
      const announced = steerCustomers({
        ...asked,
        open: steering,
        profiles,
        halls: ahead,
        helped: plan.helped,
        breachChance: warnings.chanceOf,
        minute: situation.minute,
      });
      return {
        proposed: [...plan.proposed, ...announced.proposed],
        memory: new Map([...plan.memory, ...announced.memory]),
        outdated: [...plan.outdated, ...announced.outdated],
        breaches: plan.breaches,
      };
    },
    async monthlyNote({ branch, at }) {
      const profile = profiles.find(({ id }) => id === branch);
      if (profile === undefined) throw new RangeError(`there is no branch ${branch}`);
      const kept = notes.get(branch);
      // A month's note does not change, but history may catch up with it.
      if (kept !== undefined && kept.madeDay === hallDay(profile, at)) return kept.note;
      const note = await monthlyNote(profile, history, at);
      notes.set(branch, { madeDay: hallDay(profile, at), note });
      return note;
    },
    noChange: (asked) => Promise.resolve(noChange(asked)),
    accuracy: ({ branches }) =>
      Promise.resolve({
        rows: accuracyRows(new Set([...watches.values()]), new Set(branches)),
        warnings: warningRows(warnings.learned.told),
      }),
    // Whoever opened history closes it.
    close: () => Promise.resolve(warnings.keep(0, true)),
  };
}

/** Who will be there, group by group. */
const staffOf = ({ habits, day, dayStart }: KnownHall, now: HallNow): StepFunction[] =>
  staffAhead(now, usualChange(habits, day.day, dayStart, now.at));

function twinAhead(
  { habits, day, dayStart }: KnownHall,
  now: HallNow,
  staff: readonly StepFunction[],
  horizonSeconds: number,
): TwinBranch {
  const today = now.queues.map((queue) => habitsToday(habits, queue.id, queue.today));
  return twinOf(now, arrivalsAhead(day, now, dayStart, horizonSeconds), today, staff);
}

/** How many more or fewer than now are usually open over the rest of the day. */
function usualChange(habits: HallHabits, day: number, from: number, at: number): UsualChange {
  const usual = usualOpen(habits, day);
  if (usual === null) return [];
  const now = Math.floor((at - from) / INTERVAL_MS);
  return usual
    .slice(now)
    .map((servers, i) => [
      Math.max(0, (from + (now + i) * INTERVAL_MS - at) / 1_000),
      servers - (usual[now] ?? 0),
    ]);
}
