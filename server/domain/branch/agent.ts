/** An agent: presence and state as reported, serving as it follows from contacts. */
import type { ReportedAgentState } from '#shared/events.ts';
import type { Outcomes } from './outcome.ts';
import type { Agent, BranchState } from './state.ts';

/** The agent of this id, made when not known. */
export function agentOf(state: BranchState, id: string, source: string, at: number): Agent {
  const known = state.agents.get(id);
  if (known) return known;
  const agent: Agent = {
    id,
    source,
    name: id,
    reported: false,
    signedIn: true,
    state: 'available',
    reason: null,
    stateAt: at,
    counter: null,
    queues: [],
    serving: new Set(),
    lastQueue: null,
    activity: 'available',
    since: at,
  };
  state.agents.set(id, agent);
  return agent;
}

/** Reports a state; one told earlier than what is known changes nothing. */
export function setAgentState(
  agent: Agent,
  report: { signedIn: boolean; state: ReportedAgentState; reason: string | null },
  at: number,
): boolean {
  if (agent.reported && at < agent.stateAt) return false;
  agent.reported = true;
  agent.signedIn = report.signedIn;
  agent.state = report.state;
  agent.reason = report.reason;
  agent.stateAt = at;
  return true;
}

/** The agent began to serve a contact. */
export function startServing(agent: Agent, contact: string, queue: string | null): void {
  agent.serving.add(contact);
  agent.lastQueue = queue;
}

/** The contact is over; an agent who reports states now wraps up until saying otherwise. */
export function stopServing(agent: Agent, contact: string, at: number): void {
  if (!agent.serving.delete(contact)) return;
  if (agent.reported && agent.signedIn && agent.serving.size === 0 && at >= agent.stateAt) {
    agent.state = 'wrapUp';
    agent.reason = null;
    agent.stateAt = at;
  }
}

/** Brings the derived activity up to date; the time spent in the one before is an outcome. */
export function settleAgent(agent: Agent, at: number, out: Outcomes): void {
  const activity = agent.serving.size > 0 ? 'serving' : agent.signedIn ? agent.state : 'signedOut';
  if (activity === agent.activity) return;
  const until = Math.max(at, agent.since);
  if (agent.reported && agent.activity !== 'signedOut') {
    out.push({ kind: 'agentSpent', agent: agent.id, activity: agent.activity, from: agent.since, to: until });
  }
  if (agent.activity === 'wrapUp' && agent.lastQueue !== null) {
    const wrapUpSeconds = (until - agent.since) / 1_000;
    out.push({ kind: 'wrappedUp', queue: agent.lastQueue, at: until, wrapUpSeconds, agent: agent.id });
  }
  agent.activity = activity;
  agent.since = until;
}
