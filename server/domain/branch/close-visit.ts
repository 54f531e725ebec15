/** The last word about a visit: what must be implied is, what can be counted is, and history gets its record. */
import { heldMs, settleContact, settleService, waitOf } from './contact.ts';
import type { Outcomes } from './outcome.ts';
import type { BranchState, Contact } from './state.ts';
import type { Visit } from './visit.ts';

/** Closes a visit that nothing can change any more; `sentOnAt` when it was sent to another queue before service. */
export function closeVisit(
  state: BranchState,
  contact: Contact,
  out: Outcomes,
  sentOnAt: number | null = null,
): void {
  implyStart(state, contact, out);
  settleService(contact, contact.queue, out);
  out.push({ kind: 'visit', visit: visitOf(contact, sentOnAt) });
}

// Some machines tell the call and the end only. By now a start that was merely late would have come:
// the service began with the last call (rule DQ1).
function implyStart(state: BranchState, contact: Contact, out: Outcomes): void {
  if (contact.startedAt !== null || contact.endedAt === null || contact.lastCalledAt === null) return;
  out.push({ kind: 'implied', source: contact.source, at: state.now });
  contact.startedAt = Math.min(contact.lastCalledAt, contact.endedAt);
  contact.isStartImplied = true;
  settleContact(state, contact, out);
}

function visitOf(contact: Contact, sentOnAt: number | null): Visit {
  const { startedAt, endedAt, abandonedAt } = contact;
  const wait = waitOf(contact);
  const served = startedAt === null || endedAt === null ? null : { from: startedAt, to: endedAt };
  return {
    contact: contact.id,
    source: contact.source,
    queue: contact.queue,
    ticket: contact.ticket,
    channel: contact.inHall ? 'hall' : 'remote',
    priority: contact.priority,
    at: wait?.at ?? startedAt ?? abandonedAt ?? sentOnAt ?? contact.lastAt,
    arrivedAt: contact.arrivedAt,
    queuedAt: contact.queuedAt,
    calledAt: contact.calledAt,
    startedAt,
    endedAt,
    abandonedAt,
    result:
      startedAt !== null
        ? 'answered'
        : abandonedAt !== null
          ? 'abandoned'
          : sentOnAt !== null
            ? 'rerouted'
            : 'lost',
    waitSeconds: wait && wait.ms / 1_000,
    totalWaitSeconds: wait && (contact.waitedMs + wait.ms) / 1_000,
    serviceSeconds: served && (served.to - served.from) / 1_000,
    holdSeconds: served && heldMs(contact, served.from, served.to) / 1_000,
    agent: contact.agent,
    counter: contact.counter,
  };
}
