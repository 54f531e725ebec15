/** Keeps predictions fresh and answers questions about what lies ahead: live state in, foresight out. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MonthlyNoteAnswer } from '#shared/monthly-note.ts';
import type { BranchProfile } from '#shared/network.ts';
import type { AccuracyAnswer } from '#shared/accuracy.ts';
import type {
  ForecastAnswer,
  ForecastQuery,
  RequirementsAnswer,
  RequirementsQuery,
  WhatIfAnswer,
  WhatIfBody,
} from '#shared/planning.ts';
import type { Clock } from '../clock.ts';
import { isCatchingUp, toldUntil } from '../domain/branch/catching-up.ts';
import { withSteering } from '../domain/prediction/agreed-arrivals.ts';
import { withAgreed } from '../domain/prediction/agreed-staff.ts';
import { type HallNow, hallNow } from '../domain/prediction/hall-now.ts';
import { nextSilence, nobodyWaits } from '../domain/metrics/standstill.ts';
import { type LiveBranches, NO_OUTLOOK } from '../live-branches.ts';
import type { Logger } from '../logger.ts';
import type { HallWanted } from './forecast-rows.ts';
import type { Foresight } from './foresight.ts';
import type { Predictions } from './predictions.ts';
import type { TwinPool } from './twin-pool.ts';
import { type WhatIfHall, whatIf } from './what-if.ts';

export interface Planner {
  /** Begins to foretell all branches, over and over. */
  start(): void;
  /** Foretells these branches now, but for those that are told of the past. Throws HistoryUnavailable as long as nothing could be learned. */
  refresh(branches: readonly string[]): Promise<void>;
  /** Foretells a branch as soon as possible: something has changed there. */
  renew(branch: string): void;
  forecast(profiles: readonly BranchProfile[], query: Omit<ForecastQuery, 'branch'>): Promise<ForecastAnswer>;
  requirements(profile: BranchProfile, query: RequirementsQuery): Promise<RequirementsAnswer>;
  /** The note of this month. Throws HistoryUnavailable. */
  monthlyNote(profile: BranchProfile): Promise<MonthlyNoteAnswer>;
  accuracy(profiles: readonly BranchProfile[]): Promise<AccuracyAnswer>;
  /** Throws PlanImpossible when a step of the plan cannot be done. */
  whatIf(body: WhatIfBody): Promise<WhatIfAnswer>;
  stop(): Promise<void>;
}

export interface PlannerParts {
  branches: LiveBranches;
  foresight: Foresight;
  twins: TwinPool;
  predictions: Predictions;
  /** Until when everything that was told is in history, epoch ms. */
  projectedTo: () => number;
  clock: Clock;
  logger: Logger;
  /** Hears of each branch whose predictions were renewed. */
  renewed: (branch: string) => void;
}

/** Every branch is foretold this often, ms; the work is spread over the time. */
const EVERY_MS = 60_000;
/** But one of which nothing was told and in which nobody waits only this often, ms. */
const QUIET_EVERY_MS = 5 * EVERY_MS;
/** Branches foretold at a time: what other questions wait for at most. */
const LOT = 10;
/** The first look is this long after the start, ms. */
const FIRST_MS = 2_000;

/** A planner of these branches. */
export function createPlanner(parts: PlannerParts): Planner {
  const { branches, foresight, twins, predictions, projectedTo, clock, logger, renewed } = parts;
  const looks = new Map<string, { at: number; version: number }>();
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const look = (id: string, since: number): HallNow | null => {
    const known = branches.get(id);
    if (known === undefined) return null;
    const { staff, steering } = known.agreed;
    return withAgreed(withSteering(hallNow(known.live, known.profile, since, clock.now()), steering), staff);
  };

  const isTold = (id: string): boolean => {
    const known = branches.get(id);
    return known !== undefined && !isCatchingUp(known.live.state, clock.now());
  };

  const isQuiet = (id: string): boolean => {
    const [known, last] = [branches.get(id), looks.get(id)];
    if (known === undefined || last === undefined) return false;
    const { live, profile } = known;
    const isAsBefore = live.version === last.version && nobodyWaits(live.state);
    const until = Math.min(last.at + QUIET_EVERY_MS, nextSilence(live.state, profile, last.at));
    return isAsBefore && clock.now() < until;
  };

  /** Tells foresight which of these have sources that lag. */
  const tellLag = (ids: readonly string[]): Promise<void> => {
    const now = clock.now();
    return foresight.heard(
      ids.flatMap((id) => {
        const known = branches.get(id);
        if (known === undefined) return [];
        return [[id, toldUntil(known.live.state, known.profile.expectedSeconds, now)]];
      }),
    );
  };

  const refresh = async (ids: readonly string[]): Promise<void> => {
    const halls = ids
      .filter(isTold)
      .flatMap((id) => look(id, looks.get(id)?.at ?? clock.now() - EVERY_MS) ?? []);
    await tellLag(ids);
    const told = await foresight.predict({ halls, projectedTo: projectedTo() });
    halls.forEach(({ branch, version, at }, i) => {
      looks.set(branch, { at, version });
      predictions.replace(branch, told[i] ?? NO_OUTLOOK);
      renewed(branch);
    });
  };

  // One branch that cannot be foretold must not blind the others.
  const refreshLot = async (ids: readonly string[]): Promise<void> => {
    try {
      await refresh(ids);
    } catch (error) {
      stopping.signal.throwIfAborted();
      if (ids.length > 1 && error instanceof RangeError) for (const id of ids) await refreshLot([id]);
      else logger.warn({ err: error, branches: ids }, 'branches could not be foretold');
    }
  };

  const keepFresh = async (): Promise<void> => {
    await pause(FIRST_MS);
    await told();
    for (let isFirst = true; ; isFirst = false) {
      const startedAt = clock.monotonic();
      const ids = [...branches.ids()];
      for (let from = 0; from < ids.length; from += LOT) {
        const lot = ids.slice(from, from + LOT).filter((id) => !isQuiet(id));
        if (lot.length > 0) await refreshLot(lot);
        const due = isFirst ? 0 : ((from + LOT) / ids.length) * EVERY_MS;
        await pause(Math.min(due, EVERY_MS) - (clock.monotonic() - startedAt));
      }
      await pause(EVERY_MS - (clock.monotonic() - startedAt));
    }
  };

  // Who waits in a morning that is only being told of has long been served.
  const told = async (): Promise<void> => {
    const until = clock.monotonic() + EVERY_MS;
    while (clock.monotonic() < until && ![...branches.ids()].every(isTold)) await pause(FIRST_MS);
  };

  const pause = async (ms: number): Promise<void> => {
    if (ms > 0) await sleep(ms, undefined, { signal: stopping.signal, ref: false });
    stopping.signal.throwIfAborted();
  };

  const wanted = ({ id }: BranchProfile): HallWanted => {
    const { queues = [] } = look(id, clock.now()) ?? {};
    return { branch: id, queues: queues.map(({ id, today }) => ({ id, today })) };
  };
  const moment = () => ({ at: clock.now(), projectedTo: projectedTo() });

  const hallFor = (branch: string): WhatIfHall => {
    const now = look(branch, clock.now());
    const profile = branches.get(branch)?.profile;
    if (now === null || profile === undefined) throw new RangeError(`there is no branch ${branch}`);
    return { now, profile };
  };

  return {
    start() {
      running = keepFresh().catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.error({ err: error }, 'nothing is foretold any more');
      });
    },
    refresh,
    renew: (branch) => {
      refreshLot([branch]).catch(() => undefined);
    },
    async forecast(profiles, { queue, days, step }) {
      const halls = profiles.map(wanted);
      await tellLag(profiles.map(({ id }) => id));
      const told = await foresight.forecast({ halls, queue, days, step, ...moment() });
      const waits = profiles
        .flatMap(({ id }) => predictions.of(id))
        .filter((each) => queue === undefined || each.queue === queue);
      return { ...told, waits };
    },
    async requirements(profile, { ahead, of }) {
      await tellLag([profile.id]);
      const { groups = [] } = look(profile.id, clock.now()) ?? {};
      const openNow = groups.reduce((sum, { servers }) => sum + servers.length, 0);
      return foresight.requirements({ ...wanted(profile), ahead, of, openNow, ...moment() });
    },
    monthlyNote: ({ id }) => foresight.monthlyNote({ branch: id, at: clock.now() }),
    accuracy: (profiles) => foresight.accuracy({ branches: profiles.map(({ id }) => id) }),
    whatIf: (body) => whatIf(body, { hallFor, foresight, twins, projectedTo: projectedTo(), now: clock.now }),
    async stop() {
      stopping.abort();
      await running;
      await foresight.close();
      await twins.close();
    },
  };
}
