/** Facts of a contact's life, applied to its record; each returns false when it told nothing new. */
import type { EventOf } from '#shared/events.ts';
import { attend } from './attend.ts';
import { closeVisit } from './close-visit.ts';
import { beginVisit, contactOf, noteHold, phaseOf, settleContact, waitOf } from './contact.ts';
import type { Outcomes } from './outcome.ts';
import { type BranchState, byId, type Contact, type Source } from './state.ts';

/** Calls kept for public walls. */
const CALLS_KEPT = 8;

/** A number was taken, a line joined. */
export function queued(
  state: BranchState,
  source: Source,
  event: EventOf<'contact.queued'>,
  at: number,
  out: Outcomes,
): boolean {
  const contact = contactOf(state, event.contact, source.id, at);
  if (isToldAgain(contact, event)) return false;
  const phase = phaseOf(contact);
  const finishedAt = contact.endedAt ?? contact.abandonedAt;
  if (phase === 'missed' && contact.missedAt !== null && at >= contact.missedAt) {
    // Back in the queue with the same number (过号重排): the same visit goes on until the next call.
    contact.missedAt = null;
    contact.calledAt = null;
    contact.lastCalledAt = null;
  } else if (contact.queuedAt === null) {
    contact.queue = event.queue;
    contact.queuedAt = Math.min(at, contact.calledAt ?? at, contact.startedAt ?? at);
    contact.arrivedAt = contact.queuedAt;
  } else if (finishedAt !== null && at > finishedAt) {
    closeVisit(state, contact, out);
    contact.arrivedAt = at;
    contact.waitedMs = 0;
    beginVisit(contact, event.queue, at);
    state.finished.delete(contact.id);
  } else {
    return false;
  }
  contact.ticket = event.ticket ?? contact.ticket;
  contact.priority = event.priority ?? contact.priority;
  // Who holds a ticket stands in a hall, whatever the branch usually is.
  if (event.channel !== undefined) contact.inHall = event.channel === 'hall';
  else if (event.ticket !== undefined) contact.inHall = true;
  contact.lastAt = Math.max(contact.lastAt, at);
  attend(state, contact, { agent: contact.agent, counter: contact.counter }, out);
  settleContact(state, contact, out);
  return true;
}

type ContactEvent = EventOf<'contact.queued' | 'contact.rated'> | LifeEvent;

export type LifeEvent = EventOf<
  | 'contact.called'
  | 'contact.missed'
  | 'contact.started'
  | 'contact.held'
  | 'contact.resumed'
  | 'contact.transferred'
  | 'contact.ended'
  | 'contact.abandoned'
>;

/** Anything after queueing; agent and counter follow the contact. */
export function lived(
  state: BranchState,
  source: Source,
  event: LifeEvent,
  at: number,
  out: Outcomes,
): boolean {
  const known = state.contacts.get(event.contact);
  if (!known) out.push({ kind: 'implied', source: source.id, at: state.now });
  const contact = known ?? contactOf(state, event.contact, source.id, at);
  if (isToldAgain(contact, event)) return false;
  const before = { agent: contact.agent, counter: contact.counter };
  if (!advance(state, contact, event, at, out)) return false;
  contact.lastAt = Math.max(contact.lastAt, at);
  attend(state, contact, before, out);
  settleContact(state, contact, out);
  return true;
}

/** Kinds of facts of a contact by number; never renumbered, for checkpoints hold them. */
const KIND: Record<ContactEvent['type'], number> = {
  'contact.queued': 0,
  'contact.called': 1,
  'contact.missed': 2,
  'contact.started': 3,
  'contact.held': 4,
  'contact.resumed': 5,
  'contact.transferred': 6,
  'contact.ended': 7,
  'contact.abandoned': 8,
  'contact.rated': 9,
};
const KINDS = 16;

/** True when this fact was told before, if under another id. */
export function isToldAgain(contact: Contact, { type, at }: Pick<ContactEvent, 'type' | 'at'>): boolean {
  const fact = at * KINDS + KIND[type];
  if (contact.told.includes(fact)) return true;
  // Copied, for a list that grows in place keeps room for sixteen more, and there are hundreds of thousands of contacts.
  contact.told = contact.told.concat(fact);
  return false;
}

function advance(state: BranchState, contact: Contact, event: LifeEvent, at: number, out: Outcomes): boolean {
  // An end that was told first does not hide what came before it.
  const beforeService = contact.startedAt === null && contact.abandonedAt === null;
  const finished = phaseOf(contact) === 'finished';
  switch (event.type) {
    case 'contact.called':
      if (!beforeService) return false;
      if (contact.missedAt !== null && at >= contact.missedAt) contact.missedAt = null;
      contact.calledAt = Math.min(at, contact.calledAt ?? at);
      contact.lastCalledAt = Math.max(at, contact.lastCalledAt ?? at);
      contact.counter = event.counter ?? contact.counter;
      contact.agent = event.agent ?? contact.agent;
      if (!finished) rememberCall(state, contact, at);
      return true;
    case 'contact.missed':
      if (!beforeService) return false;
      contact.misses.push(at);
      if (at >= (contact.lastCalledAt ?? at)) contact.missedAt = Math.max(at, contact.missedAt ?? at);
      return true;
    case 'contact.started':
      if (!beforeService) return false;
      contact.startedAt = Math.min(at, contact.endedAt ?? at);
      contact.missedAt = null;
      contact.agent = event.agent ?? contact.agent;
      contact.counter = event.counter ?? contact.counter;
      return true;
    case 'contact.held':
    case 'contact.resumed':
      if (finished) return false;
      noteHold(contact, at, event.type === 'contact.held');
      return true;
    case 'contact.transferred':
      return transferred(state, contact, event, at, out);
    case 'contact.ended':
      if (finished) return false;
      contact.endedAt = Math.max(at, contact.startedAt ?? at);
      return true;
    case 'contact.abandoned':
      if (!beforeService || finished) return false;
      contact.abandonedAt = Math.max(at, contact.queuedAt ?? at);
      return true;
    default:
      return event satisfies never;
  }
}

// The visit so far is counted for its queue; the next begins in the new one (rule WT4).
function transferred(
  state: BranchState,
  contact: Contact,
  event: EventOf<'contact.transferred'>,
  at: number,
  out: Outcomes,
): boolean {
  const known = contact.queuedAt ?? contact.startedAt;
  const sameVisit = contact.queue === event.queue && contact.startedAt === null;
  if (phaseOf(contact) === 'finished' || sameVisit || (known !== null && at < known)) return false;
  if (contact.startedAt !== null) {
    contact.endedAt = Math.max(at, contact.startedAt);
    attend(state, contact, { agent: contact.agent, counter: contact.counter }, out);
    settleContact(state, contact, out);
    state.finished.delete(contact.id);
    contact.waitedMs += waitOf(contact)?.ms ?? 0;
    closeVisit(state, contact, out);
  } else if (contact.queue !== null) {
    byId(state.queues, contact.queue)?.waiting.delete(contact.id);
    out.push({ kind: 'rerouted', queue: contact.queue, at });
    closeVisit(state, contact, out, at);
    contact.waitedMs += at - (contact.queuedAt ?? at);
  }
  beginVisit(contact, event.queue, at);
  return true;
}

function rememberCall(state: BranchState, contact: Contact, at: number): void {
  if (contact.ticket === null || contact.counter === null) return;
  const { ticket, counter } = contact;
  state.calls = [...state.calls.filter((call) => call.ticket !== ticket), { ticket, counter, at }].slice(
    -CALLS_KEPT,
  );
}
