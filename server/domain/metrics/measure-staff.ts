/** Live figures of agents and counters: what they do, and how busy they are (rules OC1, OC2). */
import type { BranchProfile } from '#shared/network.ts';
import type { AgentActivity, AgentRow, CounterActivity, CounterRow } from '#shared/views.ts';
import { dayStart, hallDay, openingOf } from '../branch/hall-day.ts';
import type { Agent, Contact, Counter } from '../branch/state.ts';
import type { LiveBranch } from '../live-branch.ts';
import { queueProfile } from './figures.ts';
import { ROLLING_MS } from './rolling.ts';
import { timeSince } from './time-spent.ts';

export interface StaffMeasure {
  agents: AgentRow[];
  counters: CounterRow[];
  /** Signed-in agents by what they do. */
  activities: Record<AgentActivity, number>;
  /** Ratios rounded to 0.01, `null` when nobody can know. */
  occupancy30: number | null;
  counterUse30: number | null;
  openingRateToday: number | null;
  countersOpen: number;
  countersConfigured: number;
}

const OPEN: readonly CounterActivity[] = ['serving', 'wrapUp', 'idle'];
export const isOpen = (activity: CounterActivity): boolean => OPEN.includes(activity);

/** Measures the staff of a branch at `now`. */
export function measureStaff(branch: LiveBranch, profile: BranchProfile, now: number): StaffMeasure {
  const { state } = branch;
  const activities: Record<AgentActivity, number> = {
    serving: 0,
    wrapUp: 0,
    available: 0,
    break: 0,
    backOffice: 0,
    training: 0,
    meeting: 0,
    moving: 0,
    unavailable: 0,
  };
  const agents: AgentRow[] = [];
  for (const agent of state.agents.values()) {
    if (agent.activity === 'signedOut') continue;
    activities[agent.activity] += 1;
    agents.push(agentRow(branch, profile, agent, agent.activity));
  }
  const counters = counterRows(branch, profile);
  return {
    agents,
    counters,
    activities,
    occupancy30: occupancy(branch, now),
    counterUse30: counterUse(branch, now),
    openingRateToday: openingRate(branch, profile, counters.length, now),
    countersOpen: counters.filter(({ activity }) => isOpen(activity)).length,
    countersConfigured: counters.length,
  };
}

function agentRow(
  branch: LiveBranch,
  profile: BranchProfile,
  agent: Agent,
  activity: AgentActivity,
): AgentRow {
  const contact = firstServed(branch, agent);
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

function firstServed(branch: LiveBranch, agent: Agent): Contact | undefined {
  for (const id of agent.serving) return branch.state.contacts.get(id);
  return undefined;
}

function counterRows(branch: LiveBranch, profile: BranchProfile): CounterRow[] {
  const { state } = branch;
  const known = new Set(profile.counters.map(({ id }) => id));
  const unlisted = [...state.counters.keys()].filter((id) => !known.has(id)).sort();
  return [...known, ...unlisted].map((id, position) => {
    const counter = state.counters.get(id);
    const contact = counter?.contact == null ? undefined : state.contacts.get(counter.contact);
    const agent = counter?.agent == null ? undefined : state.agents.get(counter.agent);
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

function lettersOf(
  profile: BranchProfile,
  counter: Counter | undefined,
  id: string,
  contact: Contact | undefined,
): string[] {
  const configured = profile.counters.find((each) => each.id === id)?.queues ?? [];
  const serves = counter && counter.queues.length > 0 ? counter.queues : configured;
  const letters = serves.map((queue) => letterOf(profile, queue));
  const now = contact?.queue == null ? null : letterOf(profile, contact.queue);
  return now === null ? letters : [now, ...letters.filter((letter) => letter !== now)];
}

const letterOf = (profile: BranchProfile, queue: string): string => {
  const letter = queueProfile(profile, queue)?.letter ?? '';
  return letter === '' ? queue : letter;
};

const labelOf = (profile: BranchProfile, counter: string): string =>
  profile.counters.find(({ id }) => id === counter)?.label ?? counter;

/** OC1: (serving + wrap-up) / (serving + wrap-up + available), agents who report their states. */
function occupancy(branch: LiveBranch, now: number): number | null {
  const spent: Partial<Record<AgentActivity, number>> = {};
  for (const agent of branch.state.agents.values()) {
    if (!agent.reported) continue;
    const spells = branch.figures.agents.get(agent.id)?.recent ?? [];
    const { activity, since } = agent;
    const running = activity === 'signedOut' ? null : { activity, from: since, to: now };
    timeSince(spells, running, now - ROLLING_MS, spent);
  }
  const busy = (spent.serving ?? 0) + (spent.wrapUp ?? 0);
  return rounded(busy, busy + (spent.available ?? 0));
}

/** OC2 忙闲率: serving / open counter time. */
function counterUse(branch: LiveBranch, now: number): number | null {
  const spent: Partial<Record<CounterActivity, number>> = {};
  for (const counter of branch.state.counters.values()) {
    if (!counter.reported) continue;
    const spells = branch.figures.counters.get(counter.id)?.recent ?? [];
    timeSince(spells, { activity: counter.activity, from: counter.since, to: now }, now - ROLLING_MS, spent);
  }
  return rounded(spent.serving ?? 0, openTime(spent));
}

/** OC2 开台率: open / configured counter time since opening today. */
function openingRate(
  branch: LiveBranch,
  profile: BranchProfile,
  configured: number,
  now: number,
): number | null {
  const opening = openingOf(profile, now);
  if (opening === null || now <= opening.opensAt) return null;
  const day = hallDay(profile, now);
  const isToday = branch.figures.day === day;
  const dayStartAt = dayStart(profile, day);
  let open = 0;
  for (const counter of branch.state.counters.values()) {
    if (!counter.reported) continue;
    const spent = { ...(isToday ? branch.figures.counters.get(counter.id)?.today : {}) };
    const running = { activity: counter.activity, from: counter.since, to: now };
    timeSince([], running, dayStartAt, spent);
    open += openTime(spent);
  }
  if (open === 0 && branch.state.counters.size === 0) return null;
  const from = Math.max(opening.opensAt, dayStartAt);
  return rounded(open, configured * (Math.min(now, opening.closesAt) - from));
}

const openTime = (spent: Partial<Record<CounterActivity, number>>): number =>
  OPEN.reduce((sum, activity) => sum + (spent[activity] ?? 0), 0);

const rounded = (numerator: number, denominator: number): number | null =>
  denominator > 0 ? Math.min(1, Math.round((numerator / denominator) * 100) / 100) : null;
