/**
 * What outcomes add to history: addends of quarter-hours, visits, ratings and the quality of sources, of any number of
 * branches, gathered by their keys. A late outcome is an addend of its old interval like any other.
 */
import type { BranchProfile } from '#shared/network.ts';
import { hallDay } from '../branch/hall-day.ts';
import { openMs } from '../branch/opening-hours.ts';
import type { Outcome } from '../branch/outcome.ts';
import { QUARTER_MS, quarterStart } from '../branch/quarter-hour.ts';
import { judgementAt } from './definitions.ts';
import { entry } from './entry.ts';
import { NO_QUEUE } from './figures.ts';
import type {
  AlertRow,
  AlertStepRow,
  IntervalRow,
  MoveRow,
  RatingRow,
  SourceDay,
  VisitRow,
} from './history-rows.ts';
import {
  type AgentInterval,
  type CounterInterval,
  isOpen,
  noAgentInterval,
  noCounterInterval,
  type QueueInterval,
} from './interval.ts';
import { addTo, FIRST_WAIT, noSums, raiseTo, unpack } from './packed-sums.ts';
import { countQuality, gapsBefore, noQuality, type SourceOutcome } from './source-quality.ts';
import { countObserved, countOutcome, pieces, type Tally } from './tally.ts';

/** Rows to add to what history holds; maxima are candidates. */
export interface EffectRows {
  queues: IntervalRow<QueueInterval>[];
  agents: IntervalRow<AgentInterval>[];
  counters: IntervalRow<CounterInterval>[];
  visits: VisitRow[];
  ratings: RatingRow[];
  sources: SourceDay[];
  /** Of one alert the last one stands. */
  alerts: AlertRow[];
  alertSteps: AlertStepRow[];
  moves: MoveRow[];
}

/** No rows of any kind, to which some are added. */
export const noEffectRows = (): EffectRows => ({
  queues: [],
  agents: [],
  counters: [],
  visits: [],
  ratings: [],
  sources: [],
  alerts: [],
  alertSteps: [],
  moves: [],
});

export interface Effects {
  /** Adds what a fact made countable in a branch. */
  add(profile: BranchProfile, outcomes: readonly Outcome[]): void;
  /** Everything added so far. */
  rows(): EffectRows;
}

/** An empty collection. */
export function createEffects(): Effects {
  const queues = gathered(noSums);
  const agents = gathered(noAgentInterval);
  const counters = gathered(noCounterInterval);
  const sources = new Map<string, SourceDay>();
  const visits: VisitRow[] = [];
  const ratings: RatingRow[] = [];
  const alerts: AlertRow[] = [];
  const alertSteps: AlertStepRow[] = [];
  const moves: MoveRow[] = [];

  const tallyOf = (profile: BranchProfile, queue: string): Tally => ({
    add(place, at, value) {
      addTo(queues.sumsAt(profile, queue, at), place, value);
    },
    most(place, at, value) {
      raiseTo(queues.sumsAt(profile, queue, at), place, value);
    },
    wait(bucket, at) {
      addTo(queues.sumsAt(profile, queue, at), FIRST_WAIT + bucket, 1);
    },
  });

  const sourceDay = (profile: BranchProfile, source: string, day: number): SourceDay => {
    const make = () => ({ branch: profile.id, source, day, ...noQuality() });
    return entry(sources, JSON.stringify([profile.id, source, day]), make);
  };

  const addSource = (profile: BranchProfile, outcome: SourceOutcome): void => {
    const row = sourceDay(profile, outcome.source, hallDay(profile, outcome.at));
    countQuality(row, outcome);
    if (outcome.kind !== 'heard') return;
    if (outcome.at - (outcome.silentSince ?? outcome.at) <= row.gapSecondsMax * 1_000) return;
    for (const { day, seconds } of gapsBefore(profile, outcome)) {
      const gap = sourceDay(profile, outcome.source, day);
      gap.gapSecondsMax = Math.max(gap.gapSecondsMax, seconds);
    }
  };

  const addAgentWork = (
    profile: BranchProfile,
    outcome: Extract<Outcome, { kind: 'handled' | 'wrappedUp' }>,
  ): void => {
    if (outcome.agent === null) return;
    const sums = agents.sumsAt(profile, outcome.agent, outcome.at);
    if (outcome.kind === 'wrappedUp') sums.wrapUpSeconds += outcome.wrapUpSeconds;
    else {
      sums.handled += 1;
      sums.serviceSeconds += outcome.serviceSeconds;
      sums.holdSeconds += outcome.holdSeconds;
    }
  };

  const addOutcome = (profile: BranchProfile, outcome: Outcome): void => {
    switch (outcome.kind) {
      case 'agentSpent':
        for (const { at, ms } of pieces(outcome.from, outcome.to, QUARTER_MS))
          agents.sumsAt(profile, outcome.agent, at).spentMs[outcome.activity] += ms;
        return;
      case 'counterSpent':
        for (const { at, ms } of pieces(outcome.from, outcome.to, QUARTER_MS)) {
          const sums = counters.sumsAt(profile, outcome.counter, at);
          sums.spentMs[outcome.activity] += ms;
          if (isOpen(outcome.activity))
            sums.openInHoursMs += Math.sign(ms) * openMs(profile, at, at + Math.abs(ms));
        }
        return;
      case 'observed': {
        const expectedMs = profile.expectedSeconds * 1_000;
        countObserved(tallyOf(profile, outcome.queue), outcome, expectedMs, QUARTER_MS);
        return;
      }
      case 'visit':
        visits.push({ ...outcome.visit, branch: profile.id, day: hallDay(profile, outcome.visit.at) });
        return;
      case 'alert':
        alerts.push({ ...outcome.record, branch: profile.id });
        alertSteps.push({ ...outcome.entry, branch: profile.id });
        return;
      case 'move':
        moves.push({ ...outcome.record, branch: profile.id });
        return;
      case 'heard':
      case 'implied':
      case 'unfinished':
      case 'refused':
        addSource(profile, outcome);
        return;
      case 'offered':
      case 'answered':
      case 'abandoned':
      case 'rerouted':
      case 'missed':
      case 'handled':
      case 'wrappedUp':
      case 'rated': {
        const queue = outcome.queue ?? NO_QUEUE;
        countOutcome(tallyOf(profile, queue), outcome, (at) => judgementAt(profile, queue, at));
        if (outcome.kind === 'handled' || outcome.kind === 'wrappedUp') addAgentWork(profile, outcome);
        if (outcome.kind === 'rated')
          ratings.push({
            branch: profile.id,
            contact: outcome.contact,
            at: outcome.at,
            score: outcome.score,
          });
        return;
      }
      default:
        outcome satisfies never;
    }
  };

  return {
    add(profile, outcomes) {
      for (const outcome of outcomes) addOutcome(profile, outcome);
    },
    rows: () => ({
      queues: queues.rows().map((row) => ({ ...row, sums: unpack(row.sums) })),
      agents: agents.rows(),
      counters: counters.rows(),
      visits,
      ratings,
      sources: [...sources.values()],
      alerts,
      alertSteps,
      moves,
    }),
  };
}

/** Sums by branch, id and quarter-hour. */
function gathered<Sums>(none: () => Sums) {
  const branches = new Map<string, Map<string, Map<number, IntervalRow<Sums>>>>();
  return {
    sumsAt(profile: BranchProfile, id: string, at: number): Sums {
      const ids = entry(branches, profile.id, () => new Map<string, Map<number, IntervalRow<Sums>>>());
      const start = quarterStart(at);
      const rows = entry(ids, id, () => new Map<number, IntervalRow<Sums>>());
      const make = () => ({ branch: profile.id, id, start, day: hallDay(profile, start), sums: none() });
      return entry(rows, start, make).sums;
    },
    rows: (): IntervalRow<Sums>[] =>
      [...branches.values()].flatMap((ids) => [...ids.values()].flatMap((rows) => [...rows.values()])),
  };
}
