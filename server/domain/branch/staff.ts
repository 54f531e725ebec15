/** What is reported of agents and counters; each returns false when it told nothing new. */
import type { EventOf } from '#shared/events.ts';
import { agentOf, setAgentState, settleAgent } from './agent.ts';
import { counterOf, setCounterState, settleCounter } from './counter.ts';
import type { Outcomes } from './outcome.ts';
import type { Agent, BranchState, Counter, Source } from './state.ts';

/** Presence and state of an agent. */
export function agentReported(
  state: BranchState,
  source: Source,
  event: EventOf<'agent.signedIn' | 'agent.signedOut' | 'agent.stateChanged'>,
  at: number,
  out: Outcomes,
): boolean {
  const agent = agentOf(state, event.agent, source.id, at);
  switch (event.type) {
    case 'agent.signedIn': {
      if (!setAgentState(agent, { signedIn: true, state: 'available', reason: event.raw ?? null }, at))
        return false;
      agent.name = event.name ?? agent.name;
      agent.queues = event.queues ?? agent.queues;
      if (event.counter !== undefined) seat(state, agent, counterOf(state, event.counter, source.id, at));
      break;
    }
    case 'agent.signedOut':
      if (!setAgentState(agent, { signedIn: false, state: 'unavailable', reason: event.raw ?? null }, at))
        return false;
      break;
    case 'agent.stateChanged': {
      const reason = event.reason ?? event.raw ?? null;
      if (!setAgentState(agent, { signedIn: true, state: event.state, reason }, at)) return false;
      break;
    }
    default:
      return event satisfies never;
  }
  settleWithCounter(state, agent, at, out);
  if (event.type === 'agent.signedOut') unseat(state, agent, at, out);
  return true;
}

/** State of a counter and who opened it. */
export function counterReported(
  state: BranchState,
  source: Source,
  event: EventOf<'counter.opened' | 'counter.closed' | 'counter.faulted'>,
  at: number,
  out: Outcomes,
): boolean {
  const counter = counterOf(state, event.counter, source.id, at);
  switch (event.type) {
    case 'counter.opened':
      if (!setCounterState(counter, 'open', at)) return false;
      counter.queues = event.queues ?? counter.queues;
      if (event.agent !== undefined) {
        const agent = agentOf(state, event.agent, source.id, at);
        seat(state, agent, counter);
        settleAgent(agent, at, out);
      }
      break;
    case 'counter.closed':
      if (!setCounterState(counter, 'closed', at)) return false;
      break;
    case 'counter.faulted':
      if (!setCounterState(counter, 'faulted', at)) return false;
      break;
    default:
      return event satisfies never;
  }
  settleCounter(state, counter, at, out);
  return true;
}

/** Puts an agent at a counter; both leave where they were. */
export function seat(state: BranchState, agent: Agent, counter: Counter): void {
  const previous = agent.counter === null ? undefined : state.counters.get(agent.counter);
  if (previous && previous !== counter && previous.agent === agent.id) previous.agent = null;
  const displaced = counter.agent === null ? undefined : state.agents.get(counter.agent);
  if (displaced && displaced !== agent && displaced.counter === counter.id) displaced.counter = null;
  agent.counter = counter.id;
  counter.agent = agent.id;
}

/** Settles an agent and the counter it sits at. */
export function settleWithCounter(state: BranchState, agent: Agent, at: number, out: Outcomes): void {
  settleAgent(agent, at, out);
  const counter = agent.counter === null ? undefined : state.counters.get(agent.counter);
  if (counter) settleCounter(state, counter, at, out);
}

function unseat(state: BranchState, agent: Agent, at: number, out: Outcomes): void {
  const counter = agent.counter === null ? undefined : state.counters.get(agent.counter);
  agent.counter = null;
  if (!counter || counter.agent !== agent.id) return;
  // Nobody is at it: closed from here on, whatever the counter itself said (rule OC2).
  counter.agent = null;
  if (counter.state === 'open') setCounterState(counter, 'closed', Math.max(at, counter.stateAt));
  settleCounter(state, counter, at, out);
}
