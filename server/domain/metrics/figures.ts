/** The sums behind every figure of a branch: per queue, agent and counter, for today and the last 30 minutes. */
import type { BranchProfile, QueueProfile, QueuePromises } from '#shared/network.ts';
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import { dayStart, hallDay } from '../branch/hall-day.ts';
import type { Outcome } from '../branch/outcome.ts';
import { type Counts, countOutcome, noCounts, type QueueOutcome } from './counts.ts';
import { type Rolling, slotAt } from './rolling.ts';
import { addSpell, noTimeSpent, type TimeSpent } from './time-spent.ts';

/** Outcomes of contacts whose queue never became known are counted under this name. */
export const NO_QUEUE = '';

export interface QueueFigures {
  today: Counts;
  /** Since the log began. */
  total: Counts;
  rolling: Rolling;
}

export interface BranchFigures {
  /** The hall's day that "today" is, and its start. */
  day: number;
  dayStart: number;
  queues: Map<string, QueueFigures>;
  agents: Map<string, TimeSpent<AgentActivity>>;
  counters: Map<string, TimeSpent<CounterActivity>>;
  /** Σ service seconds of each agent since the log began. */
  busySeconds: Map<string, number>;
}

export const noFigures = (): BranchFigures => ({
  day: 0,
  dayStart: 0,
  queues: new Map(),
  agents: new Map(),
  counters: new Map(),
  busySeconds: new Map(),
});

/** The configured queue of a branch. */
export const queueProfile = (profile: BranchProfile, queue: string): QueueProfile | undefined =>
  profile.queues.find(({ id }) => id === queue);

/** What a queue promises: its own, or what the branch says of queues it does not list. */
export const promisesOf = (profile: BranchProfile, queue: string): QueuePromises =>
  queueProfile(profile, queue) ?? profile.queueDefaults;

/** Starts a new day when `now` lies in one; yesterday's sums are history's. */
export function turnDay(figures: BranchFigures, profile: BranchProfile, now: number): void {
  const day = hallDay(profile, now);
  if (day <= figures.day) return;
  figures.day = day;
  figures.dayStart = dayStart(profile, day);
  for (const queue of figures.queues.values()) queue.today = noCounts();
  for (const spent of figures.agents.values()) spent.today = {};
  for (const spent of figures.counters.values()) spent.today = {};
}

/** Counts one outcome in every window it belongs to (rule WN1); `now` is the branch's newest time. */
export function recordOutcome(
  figures: BranchFigures,
  profile: BranchProfile,
  outcome: Outcome,
  now: number,
): void {
  switch (outcome.kind) {
    case 'agentSpent':
      addSpell(entry(figures.agents, outcome.agent, noTimeSpent<AgentActivity>), outcome, figures.dayStart);
      return;
    case 'counterSpent':
      addSpell(
        entry(figures.counters, outcome.counter, noTimeSpent<CounterActivity>),
        outcome,
        figures.dayStart,
      );
      return;
    case 'offered':
    case 'answered':
    case 'abandoned':
    case 'rerouted':
    case 'missed':
    case 'handled':
    case 'wrappedUp':
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
  const queue = entry(figures.queues, id, () => ({ today: noCounts(), total: noCounts(), rolling: [] }));
  const limits = promisesOf(profile, id);
  countOutcome(queue.total, outcome, limits);
  if (outcome.at >= figures.dayStart) countOutcome(queue.today, outcome, limits);
  const slot = slotAt(queue.rolling, outcome.at, now);
  if (slot !== null) countOutcome(slot, outcome, limits);
  if (outcome.kind === 'handled' && outcome.agent !== null) {
    const before = figures.busySeconds.get(outcome.agent) ?? 0;
    figures.busySeconds.set(outcome.agent, before + outcome.serviceSeconds);
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
