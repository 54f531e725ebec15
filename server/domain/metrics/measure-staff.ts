/** Live figures of agents and counters: what they do, and how busy they are (rules OC1, OC2). */
import type { BranchProfile } from '#shared/network.ts';
import type { AgentActivity, AgentRow, CounterRow } from '#shared/views.ts';
import { dayStart, hallDay } from '../branch/hall-day.ts';
import { openStretches } from '../branch/opening-hours.ts';
import { runningService } from '../branch/service.ts';
import { type Agent, byId, type Contact, type Counter } from '../branch/state.ts';
import type { LiveBranch } from '../live-branch.ts';
import { AGENT_ACTIVITIES, COUNTER_ACTIVITIES, isOpen, noActivities } from './interval.ts';
import { ROLLING_MS } from './rolling.ts';
import { addAgentTime, addCounterTime, openTodayMs, sumOfOpen } from './staff-windows.ts';

/** How many are there, and what they do. */
export interface StaffCounts {
  /** Signed-in agents by what they do. */
  activities: Record<AgentActivity, number>;
  countersOpen: number;
  countersConfigured: number;
}

export interface StaffMeasure extends StaffCounts {
  agents: AgentRow[];
  counters: CounterRow[];
  /** Ratios rounded to 0.01, `null` when nobody can know. */
  occupancy30: number | null;
  counterUse30: number | null;
  openingRateToday: number | null;
}

/** Counts the staff of a branch as it stands. */
export function countStaff({ state }: LiveBranch, profile: BranchProfile): StaffCounts {
  const activities = noActivities();
  for (const { activity } of state.agents.values()) if (activity !== 'signedOut') activities[activity] += 1;
  const configured = signsOf(profile).counters;
  let [countersOpen, countersConfigured] = [0, configured.size];
  for (const { id, activity } of state.counters.values()) {
    if (isOpen(activity)) countersOpen += 1;
    if (!configured.has(id)) countersConfigured += 1;
  }
  return { activities, countersOpen, countersConfigured };
}

/** Measures the staff of a branch, counted already, at `now`. */
export function measureStaff(
  branch: LiveBranch,
  profile: BranchProfile,
  counts: StaffCounts,
  now: number,
): StaffMeasure {
  const agents: AgentRow[] = [];
  for (const agent of branch.state.agents.values())
    if (agent.activity !== 'signedOut') agents.push(agentRow(branch, profile, agent, agent.activity));
  return {
    ...counts,
    agents,
    counters: counterRows(branch, profile),
    occupancy30: occupancy(branch, now),
    counterUse30: counterUse(branch, now),
    openingRateToday: openingRate(branch, profile, counts.countersConfigured, now),
  };
}

function agentRow(
  branch: LiveBranch,
  profile: BranchProfile,
  agent: Agent,
  activity: AgentActivity,
): AgentRow {
  const contact = byId(branch.state.contacts, runningService(agent.services)?.contact ?? null);
  return {
    id: agent.id,
    activity,
    since: agent.since,
    queue: contact?.queue == null ? null : letterOf(profile, contact.queue),
    counter: agent.counter === null ? null : labelOf(profile, agent.counter),
    reason: agent.reason,
    name: agent.name,
  };
}

function counterRows(branch: LiveBranch, profile: BranchProfile): CounterRow[] {
  const { state } = branch;
  const { counters } = signsOf(profile);
  const unlisted = [...state.counters.keys()].filter((id) => !counters.has(id)).sort();
  return [...counters.keys(), ...unlisted].map((id, position) => {
    const counter = state.counters.get(id);
    const contact = byId(state.contacts, counter?.contact ?? null);
    const agent = byId(state.agents, counter?.agent ?? null);
    return {
      id,
      activity: counter?.activity ?? 'closed',
      since: counter?.since ?? null,
      ticket: contact?.ticket ?? null,
      agent: agent?.name ?? null,
      queues: lettersOf(profile, counter, id, contact),
      label: labelOf(profile, id),
      position,
    };
  });
}

/** What is written on counters and queues. */
interface Signs {
  /** By queue. */
  letters: ReadonlyMap<string, string>;
  counters: ReadonlyMap<string, { label: string; letters: readonly string[] }>;
}

// Profiles never change while they are in use, so what follows from one is worked out once.
const worked = new WeakMap<BranchProfile, Signs>();

function signsOf(profile: BranchProfile): Signs {
  const known = worked.get(profile);
  if (known !== undefined) return known;
  const letters = new Map(profile.queues.map(({ id, letter }) => [id, letter === '' ? id : letter]));
  const counters = new Map(
    profile.counters.map(({ id, label, queues }) => [
      id,
      { label, letters: queues.map((queue) => letters.get(queue) ?? queue) },
    ]),
  );
  const signs = { letters, counters };
  worked.set(profile, signs);
  return signs;
}

function lettersOf(
  profile: BranchProfile,
  counter: Counter | undefined,
  id: string,
  contact: Contact | undefined,
): string[] {
  const configured = signsOf(profile).counters.get(id)?.letters ?? [];
  const own = counter === undefined || counter.queues.length === 0 ? null : counter.queues;
  const letters = own === null ? [...configured] : own.map((queue) => letterOf(profile, queue));
  const now = contact?.queue == null ? null : letterOf(profile, contact.queue);
  if (now === null || now === letters[0]) return letters;
  return [now, ...letters.filter((letter) => letter !== now)];
}

const letterOf = (profile: BranchProfile, queue: string): string =>
  signsOf(profile).letters.get(queue) ?? queue;

const labelOf = (profile: BranchProfile, counter: string): string =>
  signsOf(profile).counters.get(counter)?.label ?? counter;

const indexOf = (activity: AgentActivity): number => AGENT_ACTIVITIES.indexOf(activity);
const [SERVING, WRAP_UP, AVAILABLE] = [indexOf('serving'), indexOf('wrapUp'), indexOf('available')];
const COUNTER_SERVING = COUNTER_ACTIVITIES.indexOf('serving');

/** OC1: (serving + wrap-up) / (serving + wrap-up + available), agents who report their states. */
function occupancy({ state, figures }: LiveBranch, now: number): number | null {
  const spent: number[] = [];
  for (const agent of state.agents.values())
    addAgentTime(figures.agents.get(agent.id), agent, now - ROLLING_MS, now, spent);
  const busy = (spent[SERVING] ?? 0) + (spent[WRAP_UP] ?? 0);
  return rounded(busy, busy + (spent[AVAILABLE] ?? 0));
}

/** OC2 忙闲率: serving / open counter time. */
function counterUse({ state, figures }: LiveBranch, now: number): number | null {
  const spent: number[] = [];
  for (const counter of state.counters.values())
    addCounterTime(figures.counters.get(counter.id), counter, now - ROLLING_MS, now, spent);
  return rounded(spent[COUNTER_SERVING] ?? 0, sumOfOpen(spent));
}

/** OC2 开台率: open / configured counter time, while the hall was open today. */
function openingRate(
  { state, figures }: LiveBranch,
  profile: BranchProfile,
  configured: number,
  now: number,
): number | null {
  if (state.counters.size === 0) return null;
  const day = hallDay(profile, now);
  const open = openStretches(profile, dayStart(profile, day), now);
  const openSinceMs = open.reduce((sum, { from, to }) => sum + to - from, 0);
  let ms = 0;
  for (const counter of state.counters.values()) {
    const known = figures.day === day ? figures.counters.get(counter.id) : undefined;
    ms += openTodayMs(known, counter, open);
  }
  return rounded(ms, configured * openSinceMs);
}

const rounded = (numerator: number, denominator: number): number | null =>
  denominator > 0 ? Math.min(1, Math.round((numerator / denominator) * 100) / 100) : null;
