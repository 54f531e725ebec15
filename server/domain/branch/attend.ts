/** Agents and counters follow the contact in front of them. */
import { agentOf, settleAgent, startServing, stopServing } from './agent.ts';
import { phaseOf } from './contact.ts';
import { counterOf, settleCounter } from './counter.ts';
import type { Outcomes } from './outcome.ts';
import type { BranchState, Contact, Counter } from './state.ts';

interface Places {
  agent: string | null;
  counter: string | null;
}

/** Ties a contact to the agent and counter it is at now, and frees those it was at before. */
export function attend(
  state: BranchState,
  contact: Contact,
  before: Places,
  at: number,
  out: Outcomes,
): void {
  const phase = phaseOf(contact);
  const inService = phase === 'serving' || phase === 'held';
  const atCounter = inService || phase === 'called';
  if (inService) fillPlaces(state, contact);
  if (before.agent !== null && !(inService && before.agent === contact.agent)) {
    release(state, before.agent, contact.id, at, out);
  }
  if (before.counter !== null && !(atCounter && before.counter === contact.counter)) {
    clear(state, before.counter, contact.id, at, out);
  }
  if (inService && contact.agent !== null) {
    const agent = agentOf(state, contact.agent, contact.source, at);
    startServing(agent, contact.id, contact.queue);
    settleAgent(agent, at, out);
  }
  if (atCounter && contact.counter !== null) {
    const counter = counterOf(state, contact.counter, contact.source, at);
    if (inService || counter.contact === null || !isServed(state, counter)) counter.contact = contact.id;
    settleCounter(state, counter, at, out);
  }
}

// Who sits at the counter serves what is served there, and the other way round.
function fillPlaces(state: BranchState, contact: Contact): void {
  if (contact.agent === null && contact.counter !== null) {
    contact.agent = state.counters.get(contact.counter)?.agent ?? null;
  }
  if (contact.counter === null && contact.agent !== null) {
    contact.counter = state.agents.get(contact.agent)?.counter ?? null;
  }
}

function isServed(state: BranchState, counter: Counter): boolean {
  const contact = counter.contact === null ? undefined : state.contacts.get(counter.contact);
  return contact !== undefined && contact.startedAt !== null && contact.endedAt === null;
}

function release(state: BranchState, agentId: string, contact: string, at: number, out: Outcomes): void {
  const agent = state.agents.get(agentId);
  if (!agent) return;
  stopServing(agent, contact, at);
  settleAgent(agent, at, out);
  const counter = agent.counter === null ? undefined : state.counters.get(agent.counter);
  if (counter) settleCounter(state, counter, at, out);
}

function clear(state: BranchState, counterId: string, contact: string, at: number, out: Outcomes): void {
  const counter = state.counters.get(counterId);
  if (!counter) return;
  if (counter.contact === contact) counter.contact = null;
  settleCounter(state, counter, at, out);
}
