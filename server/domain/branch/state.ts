/** One branch as its facts tell it: contacts, queues, agents, counters and the sources that spoke. */
import type { Channel, ReportedAgentState } from '#shared/events.ts';
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import type { SourceClock } from './source-clock.ts';

/**
 * The present visit of a contact to a queue. Each field is one fact, set once: whatever order facts come in,
 * the same record results, and its phase follows from what is known.
 */
export interface Contact {
  id: string;
  source: string;
  queue: string | null;
  ticket: string | null;
  priority: number;
  /** In a hall the wait ends at the first call, elsewhere at the start of service (rule WT1). */
  inHall: boolean;
  /** First arrival of all visits, for the total wait (rule WT4). */
  arrivedAt: number | null;
  queuedAt: number | null;
  /** First call of this turn; coming back after a missed one begins another. */
  calledAt: number | null;
  lastCalledAt: number | null;
  missedAt: number | null;
  startedAt: number | null;
  /** Put on hold (`held`) and taken off it, in order of time. */
  holds: { at: number; held: boolean }[];
  endedAt: number | null;
  abandonedAt: number | null;
  agent: string | null;
  counter: string | null;
  /** What was already counted of this visit. */
  counted: { offered: boolean; waitEnd: boolean; handled: boolean };
  /** Missed turns not counted yet, for want of a queue. */
  misses: number[];
  /** Type and time of each fact told of it: told again under another id, a fact is the same fact. */
  told: Set<string>;
  /** Time of the newest fact. */
  lastAt: number;
}

export interface Agent {
  id: string;
  source: string;
  name: string;
  /** False when known only from contacts: then nobody can say when the agent was ready. */
  reported: boolean;
  signedIn: boolean;
  state: ReportedAgentState;
  /** The vendor's word for the state, or the reason given. */
  reason: string | null;
  stateAt: number;
  counter: string | null;
  queues: readonly string[];
  serving: Set<string>;
  /** Queue of the contact served last, for its wrap-up. */
  lastQueue: string | null;
  activity: AgentActivity | 'signedOut';
  since: number;
}

export interface Counter {
  id: string;
  source: string;
  /** False when known only from contacts. */
  reported: boolean;
  state: 'open' | 'closed' | 'faulted';
  stateAt: number;
  agent: string | null;
  queues: readonly string[];
  /** Contact called to it or served at it. */
  contact: string | null;
  activity: CounterActivity;
  since: number;
}

/** What a level feed said of a queue last. */
export interface Observation {
  waiting: number;
  countersOpen: number | null;
  averageServiceSeconds: number | null;
  lastTicket: string | null;
  longestWaitSeconds: number | null;
  at: number;
  receivedAt: number;
  /** When any of its numbers last changed, by receipt: its clock may be wrong; and how many times in a row they did not. */
  changedAt: number;
  repeats: number;
}

export interface Queue {
  id: string;
  /** Who spoke of it last. */
  source: string;
  /** Who waits: contact → start of this wait. */
  waiting: Map<string, number>;
  observed: Observation | null;
}

/** Quality of one source (rule DQ1), counted since its branch is known. */
export interface Source {
  id: string;
  lastHeardAt: number;
  clock: SourceClock;
  events: number;
  /** Told more than 5 min after it happened. */
  late: number;
  /** Said again in other words: the fact was known. */
  repeated: number;
  /** A contact that was called, started or ended without having queued. */
  implied: number;
  /** Never heard of again before the day was over. */
  unfinished: number;
}

/** A call to a counter, newest last; what a public wall may show. */
export interface Call {
  ticket: string;
  counter: string;
  at: number;
}

export interface BranchState {
  /** Channel of contacts that do not name theirs. */
  channel: Channel;
  contacts: Map<string, Contact>;
  /** Called and not there, and not yet back: contact → when. */
  missed: Map<string, number>;
  /** Finished contacts, oldest first, kept a while so that late facts about them change nothing. */
  finished: Map<string, number>;
  queues: Map<string, Queue>;
  agents: Map<string, Agent>;
  counters: Map<string, Counter>;
  sources: Map<string, Source>;
  calls: Call[];
  /** Newest time seen, corrected for the source's clock. */
  now: number;
  /** When contacts that never ended were last looked for. */
  sweptAt: number;
}

/** A branch nobody has said anything about. */
export const initialState = (channel: Channel): BranchState => ({
  channel,
  contacts: new Map(),
  missed: new Map(),
  finished: new Map(),
  queues: new Map(),
  agents: new Map(),
  counters: new Map(),
  sources: new Map(),
  calls: [],
  now: 0,
  sweptAt: 0,
});
