/** A contact's visit to a queue: facts in, phase and outcomes out. Facts are set once, so order does not matter. */
import type { Outcomes } from './outcome.ts';
import { queueOf } from './queue.ts';
import type { BranchState, Contact } from './state.ts';

export type Phase = 'unknown' | 'waiting' | 'called' | 'missed' | 'serving' | 'held' | 'finished';

/** Where a contact stands, from the facts known of it. */
export function phaseOf(contact: Contact): Phase {
  if (contact.endedAt !== null || contact.abandonedAt !== null) return 'finished';
  if (contact.startedAt !== null) return contact.holds.at(-1)?.held === true ? 'held' : 'serving';
  // A phone that was not answered rings elsewhere: its caller goes on waiting.
  if (contact.inHall && contact.missedAt !== null) return 'missed';
  if (contact.inHall && contact.calledAt !== null) return 'called';
  return contact.queuedAt === null ? 'unknown' : 'waiting';
}

/** The contact of this id, made when not known. */
export function contactOf(state: BranchState, id: string, source: string, at: number): Contact {
  const known = state.contacts.get(id);
  if (known) return known;
  const contact: Contact = {
    id,
    source,
    queue: null,
    ticket: null,
    priority: 0,
    inHall: state.channel === 'hall',
    arrivedAt: null,
    queuedAt: null,
    calledAt: null,
    lastCalledAt: null,
    missedAt: null,
    startedAt: null,
    isStartImplied: false,
    holds: [],
    endedAt: null,
    abandonedAt: null,
    agent: null,
    counter: null,
    counted: { offered: false, waitEnd: false, handled: false },
    misses: [],
    waitedMs: 0,
    told: [],
    lastAt: at,
  };
  state.contacts.set(id, contact);
  return contact;
}

/** Begins a new visit of the same contact: back after it had finished, or sent to another queue. */
export function beginVisit(contact: Contact, queue: string, at: number): void {
  contact.queue = queue;
  contact.arrivedAt ??= at;
  contact.queuedAt = at;
  contact.calledAt = null;
  contact.lastCalledAt = null;
  contact.missedAt = null;
  contact.startedAt = null;
  contact.isStartImplied = false;
  contact.holds = [];
  contact.endedAt = null;
  contact.abandonedAt = null;
  contact.agent = null;
  contact.counter = null;
  contact.counted = { offered: false, waitEnd: false, handled: false };
}

/** Counts what has become known of the visit, and keeps the list of who waits. */
export function settleContact(state: BranchState, contact: Contact, out: Outcomes): void {
  const { counted, queue, queuedAt, startedAt } = contact;
  if (queue !== null && queuedAt !== null) {
    if (!counted.offered) {
      counted.offered = true;
      out.push({ kind: 'offered', queue, at: queuedAt });
    }
    for (const at of contact.misses.splice(0)) out.push({ kind: 'missed', queue, at });
    if (!counted.waitEnd) settleWait(contact, queue, queuedAt, out);
    if (!counted.handled && startedAt !== null && contact.endedAt !== null)
      settleService(contact, queue, out);
    settleWaitingList(state, contact, queue, queuedAt);
  }
  const phase = phaseOf(contact);
  if (phase === 'missed' && contact.missedAt !== null) state.missed.set(contact.id, contact.missedAt);
  else if (state.missed.size > 0) state.missed.delete(contact.id);
  if (phase === 'finished') state.finished.set(contact.id, state.now);
}

/** How a wait ended, if it has: in service or with leaving; `at` is when it counts, `ms` how long it was (rule WT1). */
export function waitOf(contact: Contact): { end: 'answered' | 'abandoned'; at: number; ms: number } | null {
  const { queuedAt, startedAt, abandonedAt, calledAt, inHall } = contact;
  if (queuedAt === null) return null;
  if (startedAt !== null) {
    const at = inHall && calledAt !== null ? Math.min(calledAt, startedAt) : startedAt;
    return { end: 'answered', at, ms: Math.max(0, at - queuedAt) };
  }
  if (abandonedAt === null) return null;
  // Who was called and not there has waited until the call.
  const until = inHall && contact.missedAt !== null && calledAt !== null ? calledAt : abandonedAt;
  return { end: 'abandoned', at: abandonedAt, ms: Math.max(0, until - queuedAt) };
}

function settleWait(contact: Contact, queue: string, queuedAt: number, out: Outcomes): void {
  const wait = waitOf(contact);
  if (wait === null) return;
  contact.counted.waitEnd = true;
  const { end, at, ms } = wait;
  const known = { queue, at, queuedAt, waitSeconds: ms / 1_000 };
  if (end === 'abandoned') out.push({ kind: 'abandoned', ...known });
  else {
    const totalWaitSeconds = (contact.waitedMs + ms) / 1_000;
    out.push({ kind: 'answered', ...known, totalWaitSeconds, answerSeconds: answerSeconds(contact) });
  }
}

// On the phone the wait lasts until the answer; of an implied start nobody knows when it was.
function answerSeconds({ inHall, calledAt, startedAt, isStartImplied }: Contact): number | null {
  if (!inHall || calledAt === null || startedAt === null || isStartImplied) return null;
  return secondsBetween(calledAt, startedAt);
}

/** Notes that the contact was put on hold or taken off it, in order of time. */
export function noteHold(contact: Contact, at: number, held: boolean): void {
  contact.holds.push({ at, held });
  contact.holds.sort((a, b) => a.at - b.at);
}

/** How long the contact was on hold between two instants, ms. */
export function heldMs(contact: Contact, from: number, to: number): number {
  let sum = 0;
  let since: number | null = null;
  for (const { at, held } of [...contact.holds, { at: to, held: false }]) {
    const within = Math.min(to, Math.max(from, at));
    if (held) since ??= within;
    else if (since !== null) {
      sum += within - since;
      since = null;
    }
  }
  return sum;
}

/** Counts the service of a visit; also of one whose queue never became known. */
export function settleService(contact: Contact, queue: string | null, out: Outcomes): void {
  if (contact.startedAt === null || contact.endedAt === null || contact.counted.handled) return;
  contact.counted.handled = true;
  out.push({
    kind: 'handled',
    queue,
    at: contact.endedAt,
    serviceSeconds: secondsBetween(contact.startedAt, contact.endedAt),
    holdSeconds: heldMs(contact, contact.startedAt, contact.endedAt) / 1_000,
    agent: contact.agent,
    counter: contact.counter,
  });
}

function settleWaitingList(state: BranchState, contact: Contact, queue: string, queuedAt: number): void {
  const waiting = queueOf(state, queue, contact.source).waiting;
  if (phaseOf(contact) === 'waiting') waiting.set(contact.id, queuedAt);
  else waiting.delete(contact.id);
}

const secondsBetween = (from: number, to: number): number => Math.max(0, to - from) / 1_000;
