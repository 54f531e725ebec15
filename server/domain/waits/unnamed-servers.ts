/** Servers that no source names: all that is known of them are the contacts in service. */
import { phaseOf } from '../branch/contact.ts';
import type { Contact } from '../branch/state.ts';

/** One of them, as far as it can be followed: who was freed last takes the next contact. */
export interface UnnamedServer {
  /** In service; `null` when it is free. */
  contact: string | null;
  queue: string | null;
  /** When it began that service or became free, epoch ms. */
  since: number;
}

/** The name under which what all of them served is learned; no agent or counter has it. */
export const UNNAMED = '';

/** Free this long, a server has left, ms. */
const LEFT_AFTER_MS = 3_600_000;

/** Takes in what a contact is doing now. */
export function noteUnnamed(servers: UnnamedServer[], contact: Contact): void {
  const { id, queue, agent, counter, startedAt, endedAt, lastAt } = contact;
  const phase = phaseOf(contact);
  const isServed = (phase === 'serving' || phase === 'held') && agent === null && counter === null;
  const known = servers.find((server) => server.contact === id);
  if (isServed && known === undefined) {
    const server = freedLast(servers);
    const now = { contact: id, queue, since: startedAt ?? lastAt };
    if (server === undefined) servers.push(now);
    else Object.assign(server, now);
  }
  if (!isServed && known !== undefined) Object.assign(known, { contact: null, since: endedAt ?? lastAt });
}

function freedLast(servers: readonly UnnamedServer[]): UnnamedServer | undefined {
  let last: UnnamedServer | undefined;
  for (const server of servers) {
    if (server.contact === null && server.since >= (last?.since ?? -Infinity)) last = server;
  }
  return last;
}

/** Drops those that have left, and those whose contact `isGone` without a word. */
export function dropUnnamed(
  servers: UnnamedServer[],
  now: number,
  isGone: (contact: string) => boolean,
): UnnamedServer[] {
  return servers.filter(({ contact, since }) =>
    contact === null ? now - since <= LEFT_AFTER_MS : !isGone(contact),
  );
}
