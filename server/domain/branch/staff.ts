/** What is reported of agents and counters; each returns false when it told nothing new. */
import type { EventOf } from '#shared/events.ts';
import { agentOf, lastReportAt, report } from './agent.ts';
import { counterOf, reportCounter } from './counter.ts';
import type { Outcomes } from './outcome.ts';
import { seat, settleStaff, unseat } from './settle-staff.ts';
import type { Agent, BranchState, Source } from './state.ts';

/** Presence and state of an agent. */
export function agentReported(
  state: BranchState,
  source: Source,
  event: EventOf<'agent.signedIn' | 'agent.signedOut' | 'agent.stateChanged'>,
  at: number,
  out: Outcomes,
): boolean {
  const agent = agentOf(state, event.agent, source.id, at);
  const isNewest = at >= lastReportAt(agent);
  switch (event.type) {
    case 'agent.signedIn':
      if (!report(agent, at, { signedIn: true, state: 'available', reason: event.raw ?? null })) return false;
      if (isNewest) agent.name = event.name ?? agent.name;
      if (isNewest) agent.queues = event.queues ?? agent.queues;
      if (event.counter !== undefined) seat(agent, counterOf(state, event.counter, source.id, at), at);
      break;
    case 'agent.signedOut':
      if (!report(agent, at, { signedIn: false, state: 'unavailable', reason: event.raw ?? null }))
        return false;
      unseat(agent, at);
      break;
    case 'agent.stateChanged': {
      const reason = event.reason ?? event.raw ?? null;
      if (!report(agent, at, { signedIn: true, state: event.state, reason })) return false;
      break;
    }
    default:
      return event satisfies never;
  }
  settleStaff(state, { agents: [agent], counters: [], from: at }, out);
  return true;
}

const REPORTED = {
  'counter.opened': 'open',
  'counter.closed': 'closed',
  'counter.faulted': 'faulted',
} as const;

/** State of a counter and who opened it. */
export function counterReported(
  state: BranchState,
  source: Source,
  event: EventOf<keyof typeof REPORTED>,
  at: number,
  out: Outcomes,
): boolean {
  const counter = counterOf(state, event.counter, source.id, at);
  if (!reportCounter(counter, at, REPORTED[event.type])) return false;
  const agents: Agent[] = [];
  if (event.type === 'counter.opened') {
    counter.queues = event.queues ?? counter.queues;
    if (event.agent !== undefined) agents.push(agentOf(state, event.agent, source.id, at));
    for (const agent of agents) seat(agent, counter, at);
  }
  settleStaff(state, { agents, counters: [counter], from: at }, out);
  return true;
}
