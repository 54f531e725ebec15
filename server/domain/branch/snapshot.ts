/** The full state of one source after a reconnect: it replaces what that source's facts had told. */
import type { EventOf } from '#shared/events.ts';
import { agentOf, isSignedIn, lastReportAt, report } from './agent.ts';
import { attend } from './attend.ts';
import { contactOf, settleContact } from './contact.ts';
import { counterOf, lastCounterReportAt, reportCounter } from './counter.ts';
import { loseContact } from './lose.ts';
import type { Outcomes } from './outcome.ts';
import { queueOf } from './queue.ts';
import { seat, settleStaff } from './settle-staff.ts';
import type { BranchState, Contact, Source } from './state.ts';

type Snapshot = EventOf<'source.snapshot'>;

/** Applies a snapshot taken at `at`; contacts it does not name are over, by what nobody knows; others have left. */
export function replaceBySnapshot(
  state: BranchState,
  source: Source,
  event: Snapshot,
  at: number,
  out: Outcomes,
): void {
  for (const { queue } of event.queues) queueOf(state, queue, source.id);
  dropUnnamed(state, source, new Set(event.contacts.map(({ contact }) => contact)), at, out);
  closeUnnamed(state, source, new Set(event.counters.map(({ counter }) => counter)), at, out);
  for (const said of event.counters) {
    const counter = counterOf(state, said.counter, source.id, at);
    const from = Math.max(said.since ?? at, lastCounterReportAt(counter));
    reportCounter(counter, from, said.state);
    counter.queues = said.queues ?? counter.queues;
    const agents = said.agent === undefined ? [] : [agentOf(state, said.agent, source.id, at)];
    for (const agent of agents) seat(agent, counter, at);
    settleStaff(state, { agents, counters: [counter], from: Math.min(from, at) }, out);
  }
  replaceAgents(state, source, event, at, out);
  for (const said of event.contacts) replaceContact(state, source, said, at, out);
}

function replaceAgents(state: BranchState, source: Source, event: Snapshot, at: number, out: Outcomes): void {
  const named = new Set(event.agents.map(({ agent }) => agent));
  for (const agent of state.agents.values()) {
    if (agent.source !== source.id || named.has(agent.id) || !isSignedIn(agent)) continue;
    const from = Math.max(at, lastReportAt(agent));
    report(agent, from, { signedIn: false, state: 'unavailable', reason: null });
    settleStaff(state, { agents: [agent], counters: [], from }, out);
  }
  for (const said of event.agents) {
    const agent = agentOf(state, said.agent, source.id, at);
    const from = Math.max(said.since ?? at, lastReportAt(agent));
    report(agent, from, { signedIn: true, state: said.state, reason: said.reason ?? null });
    agent.name = said.name ?? agent.name;
    agent.queues = said.queues ?? agent.queues;
    if (said.counter !== undefined) seat(agent, counterOf(state, said.counter, source.id, at), at);
    settleStaff(state, { agents: [agent], counters: [], from: Math.min(from, at) }, out);
  }
}

function replaceContact(
  state: BranchState,
  source: Source,
  said: Snapshot['contacts'][number],
  at: number,
  out: Outcomes,
): void {
  const known = state.contacts.get(said.contact);
  if (known && isAnotherVisit(known, said)) loseContact(state, known, at, out);
  const contact = contactOf(state, said.contact, source.id, at);
  const before = { agent: contact.agent, counter: contact.counter };
  contact.queue ??= said.queue;
  contact.queuedAt ??= said.queuedAt;
  contact.arrivedAt ??= said.queuedAt;
  contact.ticket = said.ticket ?? contact.ticket;
  contact.priority = said.priority ?? contact.priority;
  if (said.channel !== undefined) contact.inHall = said.channel === 'hall';
  contact.calledAt ??= said.calledAt ?? null;
  contact.startedAt ??= said.startedAt ?? null;
  contact.agent = said.agent ?? contact.agent;
  contact.counter = said.counter ?? contact.counter;
  contact.lastAt = at;
  attend(state, contact, before, out);
  settleContact(state, contact, out);
}

// Back again after its visit was over, or waiting for something else than we knew.
function isAnotherVisit(known: Contact, said: Snapshot['contacts'][number]): boolean {
  const finishedAt = known.endedAt ?? known.abandonedAt;
  if (finishedAt !== null) return said.queuedAt > finishedAt;
  return known.queue !== null && known.queue !== said.queue;
}

function closeUnnamed(
  state: BranchState,
  source: Source,
  named: Set<string>,
  at: number,
  out: Outcomes,
): void {
  for (const counter of state.counters.values()) {
    const isClosed = counter.reports.at(-1)?.is === 'closed';
    if (counter.source !== source.id || named.has(counter.id) || isClosed) continue;
    const from = Math.max(at, lastCounterReportAt(counter));
    reportCounter(counter, from, 'closed');
    settleStaff(state, { agents: [], counters: [counter], from }, out);
  }
}

function dropUnnamed(
  state: BranchState,
  source: Source,
  named: Set<string>,
  at: number,
  out: Outcomes,
): void {
  for (const contact of state.contacts.values()) {
    const over = contact.endedAt !== null || contact.abandonedAt !== null;
    if (contact.source !== source.id || named.has(contact.id) || over) continue;
    loseContact(state, contact, at, out);
  }
}
