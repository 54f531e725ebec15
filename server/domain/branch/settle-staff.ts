/** Agents and counters hang together: who sits where, and whose state shows in whose. */
import { forgetPastOfAgent, settleAgent } from './agent.ts';
import { agentAt, forgetPastOfCounter, settleCounter } from './counter.ts';
import type { Outcomes } from './outcome.ts';
import { type Agent, type BranchState, byId, type Counter } from './state.ts';
import { insertStep } from './timeline.ts';

/** Who and what a fact may have changed, and from when on. */
export interface Change {
  agents: readonly Agent[];
  counters: readonly Counter[];
  from: number;
}

/** Brings agents and counters up to date after a fact; so are the counters at which these agents sat. */
export function settleStaff(state: BranchState, { agents, counters, from }: Change, out: Outcomes): void {
  const places = [...counters];
  for (const agent of agents) {
    forgetPastOfAgent(agent, state.now);
    settleAgent(agent, Math.max(from, agent.track.revisableFrom), out);
    for (const { is } of agent.seatings) {
      const counter = byId(state.counters, is);
      if (counter && !places.includes(counter)) places.push(counter);
    }
  }
  for (const counter of places) {
    forgetPastOfCounter(counter, state.now);
    settleCounter(state, counter, Math.max(from, firstKnown(state, counter)), out);
    if (counter.seats.length > 0) seatAt(state, counter);
  }
  for (const agent of agents) agent.counter = placeOf(state, agent);
}

/** Who is at a counter now; whoever was there before and is not any more is nowhere. */
function seatAt(state: BranchState, counter: Counter): void {
  counter.agent = agentAt(state, counter, state.now);
  for (const { is } of counter.seats) {
    const agent = byId(state.agents, is);
    if (agent) agent.counter = placeOf(state, agent);
  }
}

/** From when on everything is known that says how a counter was. */
function firstKnown(state: BranchState, counter: Counter): number {
  let from = counter.track.revisableFrom;
  for (const { is } of counter.seats) {
    const agent = byId(state.agents, is);
    if (agent) from = Math.max(from, agent.track.revisableFrom);
  }
  return from;
}

function placeOf(state: BranchState, agent: Agent): string | null {
  const counter = byId(state.counters, agent.seatings.at(-1)?.is ?? null);
  return counter && agentAt(state, counter, state.now) === agent.id ? counter.id : null;
}

/** Seats an agent at a counter from an instant on; both leave where they were. To be settled after. */
export function seat(agent: Agent, counter: Counter, at: number): void {
  const isThere = agent.seatings.some((each) => each.at === at && each.is === counter.id);
  if (isThere) return;
  insertStep(agent.seatings, { at, is: counter.id });
  insertStep(counter.seats, { at, is: agent.id });
}

/** The agent leaves its counter at an instant. To be settled after. */
export function unseat(agent: Agent, at: number): void {
  const hasLeft = agent.seatings.some((each) => each.at === at && each.is === null);
  if (!hasLeft) insertStep(agent.seatings, { at, is: null });
}
