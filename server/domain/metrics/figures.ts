/** The sums behind every live figure of a branch: today, and what of the last 30 minutes moves with the clock. */
import type { BranchProfile } from '#shared/network.ts';
import { dayStart, hallDay } from '../branch/hall-day.ts';
import { openMs } from '../branch/opening-hours.ts';
import type { Outcome } from '../branch/outcome.ts';
import { judgementAt } from './definitions.ts';
import { entry } from './entry.ts';
import {
  AGENT_ACTIVITIES,
  type AgentInterval,
  COUNTER_ACTIVITIES,
  type CounterInterval,
  isOpen,
  noAgentInterval,
  noCounterInterval,
} from './interval.ts';
import {
  type LevelFigures,
  levelTally,
  noLevelFigures,
  noLevels,
  noQueueFigures,
  type QueueFigures,
  queueTally,
} from './queue-figures.ts';
import { noSums } from './packed-sums.ts';
import { KEPT_MS, lastSlot, noRolling, type Rolling, SLOT_MS } from './rolling.ts';
import {
  countQuality,
  gapsBefore,
  noQuality,
  type SourceOutcome,
  type SourceQuality,
} from './source-quality.ts';
import { countObserved, countOutcome, type QueueOutcome } from './tally.ts';
import { addSpell, overlapMs, type Spells } from './time-spent.ts';
import { addWork } from './work-done.ts';

/** Outcomes of contacts whose queue never became known are counted under this name. */
export const NO_QUEUE = '';

export interface AgentFigures {
  today: AgentInterval;
  spells: Spells;
  work: Rolling;
}

export interface CounterFigures {
  today: CounterInterval;
  spells: Spells;
}

export interface SourceFigures {
  today: SourceQuality;
  /** Since the log began. */
  total: SourceQuality;
}

export interface BranchFigures {
  /** The hall's day that "today" is, and its start. */
  day: number;
  dayStart: number;
  queues: Map<string, QueueFigures>;
  levels: Map<string, LevelFigures>;
  agents: Map<string, AgentFigures>;
  counters: Map<string, CounterFigures>;
  sources: Map<string, SourceFigures>;
  /** Σ service seconds of each agent since the log began. */
  busySeconds: Map<string, number>;
}

export const noFigures = (): BranchFigures => ({
  day: 0,
  dayStart: 0,
  queues: new Map(),
  levels: new Map(),
  agents: new Map(),
  counters: new Map(),
  sources: new Map(),
  busySeconds: new Map(),
});

const noAgentFigures = (): AgentFigures => ({ today: noAgentInterval(), spells: [], work: noRolling() });
const noCounterFigures = (): CounterFigures => ({ today: noCounterInterval(), spells: [] });
const noSourceFigures = (): SourceFigures => ({ today: noQuality(), total: noQuality() });

/** Starts a new day when `now` lies in one; yesterday's sums are history's. */
export function turnDay(figures: BranchFigures, profile: BranchProfile, now: number): void {
  const day = hallDay(profile, now);
  if (day <= figures.day) return;
  figures.day = day;
  figures.dayStart = dayStart(profile, day);
  for (const queue of figures.queues.values()) queue.today = noSums();
  for (const level of figures.levels.values()) level.today = noLevels();
  for (const [id, agent] of figures.agents) {
    // Who has done nothing lately is not kept from one day to the next.
    if (lastDone(agent) < now - KEPT_MS) figures.agents.delete(id);
    else agent.today = noAgentInterval();
  }
  for (const counter of figures.counters.values()) counter.today = noCounterInterval();
  for (const source of figures.sources.values()) source.today = noQuality();
}

/** When an agent was last seen to do or finish anything, epoch ms. */
const lastDone = ({ spells, work }: AgentFigures): number => Math.max(spells.at(-1) ?? 0, lastSlot(work));

/** Counts one outcome in every window it belongs to (rule WN1); `now` is the branch's newest time. */
export function recordOutcome(
  figures: BranchFigures,
  profile: BranchProfile,
  outcome: Outcome,
  now: number,
): void {
  switch (outcome.kind) {
    case 'agentSpent': {
      const { activity, from, to } = outcome;
      const agent = entry(figures.agents, outcome.agent, noAgentFigures);
      agent.today.spentMs[activity] += overlapMs(from, to, figures.dayStart, Infinity);
      addSpell(agent.spells, AGENT_ACTIVITIES.indexOf(activity), from, to);
      return;
    }
    case 'counterSpent': {
      const { activity } = outcome;
      const counter = entry(figures.counters, outcome.counter, noCounterFigures);
      const [from, to] = [Math.max(outcome.from, figures.dayStart), Math.max(outcome.to, figures.dayStart)];
      counter.today.spentMs[activity] += to - from;
      if (isOpen(activity)) counter.today.openInHoursMs += openMs(profile, from, to);
      addSpell(counter.spells, COUNTER_ACTIVITIES.indexOf(activity), outcome.from, outcome.to);
      return;
    }
    case 'observed': {
      const level = entry(figures.levels, outcome.queue, noLevelFigures);
      const expectedMs = profile.expectedSeconds * 1_000;
      countObserved(levelTally(level, figures.dayStart, now), outcome, expectedMs, SLOT_MS);
      return;
    }
    case 'heard':
    case 'implied':
    case 'unfinished':
    case 'refused':
      recordForSource(figures, profile, outcome);
      return;
    case 'visit':
    case 'alert':
    case 'move':
      return;
    case 'handled':
    case 'wrappedUp':
      recordForQueue(figures, profile, outcome, now);
      if (outcome.agent !== null) recordForAgent(figures, outcome.agent, outcome, now);
      return;
    case 'offered':
    case 'answered':
    case 'abandoned':
    case 'rerouted':
    case 'missed':
    case 'rated':
      recordForQueue(figures, profile, outcome, now);
      return;
    default:
      outcome satisfies never;
  }
}

function recordForQueue(
  figures: BranchFigures,
  profile: BranchProfile,
  outcome: QueueOutcome,
  now: number,
): void {
  const id = outcome.queue ?? NO_QUEUE;
  const queue = entry(figures.queues, id, noQueueFigures);
  countOutcome(queueTally(queue, figures.dayStart, now), outcome, (at) => judgementAt(profile, id, at));
}

function recordForAgent(
  figures: BranchFigures,
  id: string,
  outcome: Extract<Outcome, { kind: 'handled' | 'wrappedUp' }>,
  now: number,
): void {
  const agent = entry(figures.agents, id, noAgentFigures);
  addWork(agent.work, outcome, now);
  const isToday = outcome.at >= figures.dayStart;
  if (outcome.kind === 'wrappedUp') {
    if (isToday) agent.today.wrapUpSeconds += outcome.wrapUpSeconds;
    return;
  }
  figures.busySeconds.set(id, (figures.busySeconds.get(id) ?? 0) + outcome.serviceSeconds);
  if (!isToday) return;
  agent.today.handled += 1;
  agent.today.serviceSeconds += outcome.serviceSeconds;
  agent.today.holdSeconds += outcome.holdSeconds;
}

function recordForSource(figures: BranchFigures, profile: BranchProfile, outcome: SourceOutcome): void {
  const { today, total } = entry(figures.sources, outcome.source, noSourceFigures);
  countQuality(total, outcome);
  if (outcome.at >= figures.dayStart) countQuality(today, outcome);
  if (outcome.kind !== 'heard') return;
  const silentMs = outcome.at - (outcome.silentSince ?? outcome.at);
  if (silentMs <= today.gapSecondsMax * 1_000) return;
  for (const { day, seconds } of gapsBefore(profile, outcome)) {
    total.gapSecondsMax = Math.max(total.gapSecondsMax, seconds);
    if (day === figures.day) today.gapSecondsMax = Math.max(today.gapSecondsMax, seconds);
  }
}
