/** Agents and counters of the floor view → lists and counts. Pure. */
import type { AgentActivity, AgentRow, CounterRow, QueueRow } from '#shared/views.ts';

/** Order of the list of people: who needs a look or can help comes before who is busy. */
const ORDER: Record<AgentActivity, number> = {
  available: 0,
  serving: 1,
  wrapUp: 2,
  break: 3,
  moving: 4,
  meeting: 5,
  training: 6,
  backOffice: 7,
  unavailable: 8,
};

/** Agents by what they do, then by who has done it longest. */
export const agentOrder = (agents: Iterable<AgentRow>): AgentRow[] =>
  [...agents].sort(
    (a, b) =>
      ORDER[a.activity] - ORDER[b.activity] || a.since - b.since || a.name.localeCompare(b.name, 'zh-CN'),
  );

/** Counters as they stand in the hall. */
export const counterOrder = (counters: Iterable<CounterRow>): CounterRow[] =>
  [...counters].sort(
    (a, b) => a.position - b.position || a.label.localeCompare(b.label, 'en', { numeric: true }),
  );

/** The four groups of the bar of people; `away` is signed in but neither ready nor busy. */
export interface StateShares {
  serving: number;
  wrapUp: number;
  available: number;
  away: number;
  total: number;
}

export function stateShares(agents: Iterable<AgentRow>): StateShares {
  const shares: StateShares = { serving: 0, wrapUp: 0, available: 0, away: 0, total: 0 };
  for (const { activity } of agents) {
    shares.total++;
    if (activity === 'serving' || activity === 'wrapUp' || activity === 'available') shares[activity]++;
    else shares.away++;
  }
  return shares;
}

/** Somebody whose break is too long, and for how long it runs, seconds. */
export interface LongBreak {
  id: string;
  name: string;
  seconds: number;
}

/** Whose break is longer than the limit, seconds, at `now`; the longest first. */
export const longBreaks = (agents: Iterable<AgentRow>, limitSeconds: number, now: number): LongBreak[] =>
  [...agents]
    .filter(({ activity }) => activity === 'break')
    .map(({ id, name, since }) => ({ id, name: name || id, seconds: (now - since) / 1_000 }))
    .filter(({ seconds }) => seconds > limitSeconds)
    .sort((a, b) => b.seconds - a.seconds);

/** True when a counter serves the queue with this letter; without a queue nothing is singled out. */
export const servesQueue = (counter: CounterRow, queue: QueueRow | null): boolean =>
  queue !== null && queue.letter !== '' && counter.queues.includes(queue.letter);

/** True when an agent is busy with the queue, or sits at a counter that serves it. */
export function worksFor(
  agent: AgentRow,
  queue: QueueRow | null,
  counters: ReadonlyMap<string, CounterRow>,
): boolean {
  if (queue === null) return false;
  if (agent.queue !== null) return agent.queue === queue.letter;
  const counter = agent.counter === null ? undefined : counters.get(agent.counter);
  return counter !== undefined && servesQueue(counter, queue);
}
