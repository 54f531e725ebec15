import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { SourceEvent } from '#shared/events.ts';
import type { BranchProfile } from '#shared/network.ts';
import { dayStart, hallDay } from '../../domain/branch/hall-day.ts';
import { advance, type LiveBranch, newBranch } from '../../domain/live-branch.ts';
import { noCounterInterval, INTERVAL_MS, noQueueInterval } from '../../domain/metrics/interval.ts';
import { hallNow } from '../../domain/prediction/hall-now.ts';
import type { HistoryReader } from '../../history/store.ts';
import { completeProfiles } from '../../network.ts';
import { createForesight } from '../../planner/foresight.ts';
import { createRng, type Rng } from '../../rng.ts';
import { printResult, progress, UsageError } from '../result.ts';
import { EMPTY_HISTORY } from './empty-history.ts';
import { createLoad, loadBranches } from './load.ts';
import { rounded } from './percentiles.ts';

/** A full refresh of 1,000 branches may take so much of one core, ms. */
const TARGET_MS = 3_000;
const TARGET_BRANCHES = 1_000;
const EVENTS_A_BRANCH = 240;
const HISTORY_DAYS = 14;
const OPEN_SLOTS = { from: 32, to: 72 };
/** Arrivals of a queue in a quarter-hour, and services, seconds: counters are busy four fifths of the time. */
const ARRIVALS = 4;
const SERVICE_SECONDS = 360;
const COUNTERS = 10;
const EVENT_GAP_MS = 4_000;
const SEED = 1;
const LOT = 20;
/** A quiet moment in the middle of the day, so that all of them are open. */
const NOON = Date.UTC(2026, 2, 3, 12, 2);

const Options = z.object({ branches: z.coerce.number().int().positive().max(20_000) });

/** `muster bench planner`: what predictions of many branches cost, where live state is and where they are made. */
export async function benchPlanner(raw: unknown): Promise<void> {
  const options = Options.safeParse(raw);
  if (!options.success) throw new UsageError('--branches is not a number that fits');
  const { branches } = options.data;
  const profiles = completeProfiles(loadBranches(branches));
  progress(`folding ${EVENTS_A_BRANCH} events of each of ${branches} branches`);
  const live = foldDay(profiles);
  const foresight = createForesight(profiles, madeHistory(createRng(SEED)));

  const startedAt = cpuMs();
  const halls = profiles.map((profile, i) => hallNow(live[i] ?? newBranch(profile), profile, NOON, NOON));
  const liveMs = cpuMs() - startedAt;
  progress('learning from history');
  const learnedFrom = cpuMs();
  await foresight.predict({ halls, projectedTo: NOON });
  const firstMs = cpuMs() - learnedFrom;

  progress('refreshing');
  const refreshedFrom = cpuMs();
  let slowestLotMs = 0;
  let told = 0;
  for (let from = 0; from < halls.length; from += LOT) {
    const lotFrom = cpuMs();
    const outlooks = await foresight.predict({ halls: halls.slice(from, from + LOT), projectedTo: NOON });
    told += outlooks.reduce((sum, { queues }) => sum + queues.length, 0);
    slowestLotMs = Math.max(slowestLotMs, cpuMs() - lotFrom);
    await breathe();
  }
  const refreshMs = cpuMs() - refreshedFrom;
  printResult({
    ok: refreshMs <= (TARGET_MS * branches) / TARGET_BRANCHES,
    branches,
    queuesForetold: told,
    refreshMs: rounded(refreshMs),
    msPerBranch: rounded(refreshMs / branches),
    slowestLotMs: rounded(slowestLotMs),
    liveSideMsPerBranch: rounded(liveMs / branches),
    learnMs: rounded(Math.max(0, firstMs - refreshMs)),
    dataset: `bench planner, ${HISTORY_DAYS} days of history`,
    seed: SEED,
  });
}

/** Of all threads of the process: others on the machine do not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function foldDay(profiles: readonly BranchProfile[]): LiveBranch[] {
  const live = profiles.map(newBranch);
  const index = new Map(profiles.map(({ id }, i) => [id, i]));
  const load = createLoad(profiles.length);
  for (let step = 0; step < EVENTS_A_BRANCH; step++) {
    const at = NOON - (EVENTS_A_BRANCH - step) * EVENT_GAP_MS;
    for (const { branch, ...event } of load.next(profiles.length, at)) {
      const i = index.get(branch) ?? 0;
      const [state, profile] = [live[i], profiles[i]];
      if (state === undefined || profile === undefined) continue;
      const logged = {
        version: state.version + 1,
        branch,
        source: 'bench',
        receivedAt: at,
        event: SourceEvent.parse(event),
      };
      advance(state, profile, logged);
    }
  }
  return live;
}

/** Days of history that are alike but for chance. */
function madeHistory(rng: Rng): HistoryReader {
  const profile = completeProfiles(loadBranches(1))[0];
  if (profile === undefined) throw new UsageError('there are no branches');
  const slots = function* (from: number, to: number): Generator<{ day: number; start: number }> {
    const last = hallDay(profile, to - 1);
    for (
      let day = Math.max(hallDay(profile, from), hallDay(profile, NOON) - HISTORY_DAYS);
      day <= last;
      day++
    ) {
      for (let slot = OPEN_SLOTS.from; slot < OPEN_SLOTS.to; slot++) {
        const start = dayStart(profile, day) + slot * INTERVAL_MS;
        if (start >= from && start < to) yield { day, start };
      }
    }
  };
  return {
    ...EMPTY_HISTORY,
    queueIntervals: ({ branches, from, to }) =>
      Promise.resolve(
        [...slots(from, to)].flatMap((slot) =>
          (branches ?? []).flatMap((branch) =>
            profile.queues.map(({ id }) => {
              const offered = Math.round(2 * ARRIVALS * rng());
              const work = {
                handled: offered,
                serviceSeconds: offered * SERVICE_SECONDS,
                waitSeconds: 200 * offered,
              };
              return { branch, id, ...slot, sums: { ...noQueueInterval(), offered, ...work } };
            }),
          ),
        ),
      ),
    counterIntervals: ({ branches, from, to }) =>
      Promise.resolve(
        [...slots(from, to)].flatMap((slot) =>
          (branches ?? []).map((branch) => {
            const sums = noCounterInterval();
            sums.spentMs.serving = COUNTERS * INTERVAL_MS;
            return { branch, id: 'all', ...slot, sums };
          }),
        ),
      ),
  };
}
