/** A contact that nobody will ever tell the end of: taken off the floor, counted as unfinished and as nothing else. */
import { attend } from './attend.ts';
import { closeVisit } from './close-visit.ts';
import type { Outcomes } from './outcome.ts';
import { type BranchState, byId, type Contact } from './state.ts';

/** Removes a contact its source lost (rule DQ1); who was busy with it is free from `at`. */
export function loseContact(state: BranchState, contact: Contact, at: number, out: Outcomes): void {
  const unfinished = contact.endedAt === null && contact.abandonedAt === null;
  if (unfinished) out.push({ kind: 'unfinished', source: contact.source, at: state.now });
  closeVisit(state, contact, out);
  byId(state.queues, contact.queue)?.waiting.delete(contact.id);
  contact.endedAt ??= Math.max(at, contact.startedAt ?? at);
  attend(state, contact, { agent: contact.agent, counter: contact.counter }, out);
  state.missed.delete(contact.id);
  state.finished.delete(contact.id);
  state.contacts.delete(contact.id);
}
