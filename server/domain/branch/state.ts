/** One branch as its facts tell it: contacts, queues, agents, counters and the sources that spoke. */
import type { Channel, ReportedAgentState } from '#shared/events.ts';
import type { AgentActivity, CounterActivity } from '#shared/views.ts';
import type { SourceClock } from './source-clock.ts';
import type { Steps, Track } from './timeline.ts';

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
  /** True when nobody told the start and it was taken from the last call. */
  isStartImplied: boolean;
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
  /** Waits of the contact's earlier visits since its first arrival, ms (rule WT4). */
  waitedMs: number;
  /** Each fact told of it, its kind and time as one number: told again under another id, a fact is the same fact. */
  told: readonly number[];
  /** Time of the newest fact. */
  lastAt: number;
}

/** A service at an agent or counter; `to` is `null` while it goes on. Contact and `from` tell services apart. */
export interface Service {
  contact: string;
  queue: string | null;
  from: number;
  to: number | null;
}

/** What was reported of an agent. */
export interface Report {
  signedIn: boolean;
  state: ReportedAgentState;
  /** The vendor's word for the state, or the reason given. */
  reason: string | null;
}

/** What an agent did, as it follows from reports and services. */
export interface Doing {
  activity: AgentActivity | 'signedOut';
  /** False before the first report: of who is known only from contacts nobody can say when they were ready. */
  counted: boolean;
  /** Of a wrap-up: the queue of the contact served before it. */
  queue: string | null;
}

export interface Agent {
  id: string;
  source: string;
  name: string;
  queues: readonly string[];
  /** Facts that late ones may still come among; the oldest is what held before them. */
  reports: Steps<Report>;
  /** At which counter; `null` from signing out. */
  seatings: Steps<string | null>;
  services: Service[];
  track: Track<Doing>;
  /** At present. */
  activity: Doing['activity'];
  since: number;
  reason: string | null;
  counter: string | null;
}

/** How a counter was, as it follows from reports, services and who sat at it. */
export interface Being {
  activity: CounterActivity;
  /** False while it is known only from contacts. */
  counted: boolean;
}

export interface Counter {
  id: string;
  source: string;
  queues: readonly string[];
  reports: Steps<'open' | 'closed' | 'faulted'>;
  /** Who came to it; `null`: whoever was there had left by then. */
  seats: Steps<string | null>;
  services: Service[];
  track: Track<Being>;
  /** At present; contact called to it or served at it. */
  activity: CounterActivity;
  since: number;
  contact: string | null;
  agent: string | null;
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
  /** True when it must have stopped: it says the same although people wait, or nothing moves in the whole place. */
  isFrozen: boolean;
  /** The last ticket it ever named: feeds leave it out at times. */
  ticket: string | null;
  countedUntil: number;
}

export interface Queue {
  id: string;
  /** Who spoke of it last. */
  source: string;
  /** Who waits: contact → start of this wait. */
  waiting: Map<string, number>;
  observed: Observation | null;
}

export interface Source {
  id: string;
  firstHeardAt: number;
  lastHeardAt: number;
  clock: SourceClock;
  /** Of a level feed: when any number of any of its queues last changed, by receipt, and the queues that are not empty. */
  levels: { changedAt: number; busy: Set<string> } | null;
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

/** What a map holds under an id that may be unknown. */
export const byId = <V>(map: ReadonlyMap<string, V>, id: string | null): V | undefined =>
  id === null ? undefined : map.get(id);

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
