/** Agents and counters follow the contact in front of them. */
import { agentOf } from './agent.ts';
import { phaseOf } from './contact.ts';
import { agentAt, counterOf } from './counter.ts';
import type { Outcomes } from './outcome.ts';
import { dropService, noteService, runningService } from './service.ts';
import { settleStaff } from './settle-staff.ts';
import { type Agent, type BranchState, byId, type Contact, type Counter } from './state.ts';

/** Where a contact was before a fact about it. */
export interface Places {
  agent: string | null;
  counter: string | null;
}

/** Ties a contact to the agent and counter it is or was served at, and frees those it was at before. */
export function attend(state: BranchState, contact: Contact, before: Places, out: Outcomes): void {
  if (contact.startedAt !== null) serve(state, contact, contact.startedAt, before, out);
  show(state, contact, before);
}

function serve(state: BranchState, contact: Contact, startedAt: number, before: Places, out: Outcomes): void {
  fillPlaces(state, contact, startedAt);
  const { id, source, queue, endedAt } = contact;
  const service = { contact: id, queue, from: startedAt, to: endedAt };
  const agent = contact.agent === null ? undefined : agentOf(state, contact.agent, source, startedAt);
  const counter = contact.counter === null ? undefined : counterOf(state, contact.counter, source, startedAt);
  const agentLeft = before.agent === contact.agent ? undefined : byId(state.agents, before.agent);
  const counterLeft = before.counter === contact.counter ? undefined : byId(state.counters, before.counter);
  const from = Math.min(
    agent ? noteService(agent.services, service) : Infinity,
    counter ? noteService(counter.services, service) : Infinity,
    agentLeft ? dropService(agentLeft.services, service) : Infinity,
    counterLeft ? dropService(counterLeft.services, service) : Infinity,
  );
  if (from === Infinity) return;
  const change: { agents: Agent[]; counters: Counter[]; from: number } = { agents: [], counters: [], from };
  if (agent) change.agents.push(agent);
  if (agentLeft) change.agents.push(agentLeft);
  if (counter) change.counters.push(counter);
  if (counterLeft) change.counters.push(counterLeft);
  settleStaff(state, change, out);
}

// Who sits at the counter serves what is served there, and the other way round.
function fillPlaces(state: BranchState, contact: Contact, startedAt: number): void {
  const counter = byId(state.counters, contact.counter);
  if (counter) contact.agent ??= agentAt(state, counter, startedAt);
  contact.counter ??= byId(state.agents, contact.agent)?.counter ?? null;
}

/** Puts the contact in front of its counter, where a served one comes before one that was only called. */
function show(state: BranchState, contact: Contact, before: Places): void {
  const phase = phaseOf(contact);
  const isThere = phase === 'serving' || phase === 'held' || phase === 'called';
  const left = byId(state.counters, before.counter);
  if (left?.contact === contact.id && !(isThere && before.counter === contact.counter))
    left.contact = runningService(left.services)?.contact ?? null;
  if (!isThere || contact.counter === null) return;
  const counter = counterOf(state, contact.counter, contact.source, contact.lastCalledAt ?? contact.lastAt);
  if (phase !== 'called' || runningService(counter.services) === undefined) counter.contact = contact.id;
}
