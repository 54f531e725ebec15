/** A counter: the place, apart from the person at it and the contact in front of it. */
import type { CounterActivity } from '#shared/views.ts';
import type { Outcomes } from './outcome.ts';
import type { BranchState, Counter } from './state.ts';

/** The counter of this id, made when not known: open, since somebody works at it. */
export function counterOf(state: BranchState, id: string, source: string, at: number): Counter {
  const known = state.counters.get(id);
  if (known) return known;
  const counter: Counter = {
    id,
    source,
    reported: false,
    state: 'open',
    stateAt: at,
    agent: null,
    queues: [],
    contact: null,
    activity: 'idle',
    since: at,
  };
  state.counters.set(id, counter);
  return counter;
}

/** Reports a state; one told earlier than what is known changes nothing. */
export function setCounterState(counter: Counter, to: Counter['state'], at: number): boolean {
  if (counter.reported && at < counter.stateAt) return false;
  counter.reported = true;
  counter.state = to;
  counter.stateAt = at;
  return true;
}

/** Brings the derived activity up to date; the time spent in the one before is an outcome. */
export function settleCounter(state: BranchState, counter: Counter, at: number, out: Outcomes): void {
  const activity = activityOf(state, counter);
  if (activity === counter.activity) return;
  const until = Math.max(at, counter.since);
  if (counter.reported) {
    out.push({
      kind: 'counterSpent',
      counter: counter.id,
      activity: counter.activity,
      from: counter.since,
      to: until,
    });
  }
  counter.activity = activity;
  counter.since = until;
}

// A counter is open only while an agent is at it (rule OC2); who is unknown is taken to be there.
function activityOf(state: BranchState, counter: Counter): CounterActivity {
  if (counter.state !== 'open') return counter.state;
  const contact = counter.contact === null ? undefined : state.contacts.get(counter.contact);
  if (contact && contact.startedAt !== null && contact.endedAt === null) return 'serving';
  const agent = counter.agent === null ? undefined : state.agents.get(counter.agent);
  switch (agent?.activity) {
    case undefined:
    case 'available':
    case 'serving':
      return 'idle';
    case 'wrapUp':
      return 'wrapUp';
    case 'signedOut':
      return 'closed';
    case 'break':
    case 'backOffice':
    case 'training':
    case 'meeting':
    case 'moving':
    case 'unavailable':
      return 'paused';
  }
}
