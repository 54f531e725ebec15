/** A contact that nobody will ever tell the end of: taken off the floor, counted as unfinished and as nothing else. */
import { attend } from './attend.ts';
import type { Outcomes } from './outcome.ts';
import type { BranchState, Contact } from './state.ts';

/** Removes a contact its source lost (rule DQ1); who was busy with it is free from `at`. */
export function loseContact(state: BranchState, contact: Contact, at: number, out: Outcomes): void {
  const source = state.sources.get(contact.source);
  const unfinished = contact.endedAt === null && contact.abandonedAt === null;
  if (source && unfinished) source.unfinished += 1;
  if (contact.queue !== null) state.queues.get(contact.queue)?.waiting.delete(contact.id);
  const places = { agent: contact.agent, counter: contact.counter };
  contact.endedAt ??= at;
  contact.counted = { offered: true, waitEnd: true, handled: true };
  attend(state, contact, places, at, out);
  state.missed.delete(contact.id);
  state.finished.delete(contact.id);
  state.contacts.delete(contact.id);
}
