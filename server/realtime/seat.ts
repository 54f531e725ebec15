/** What is known of an open socket: whose it is, and what it watches. */
import type { Socket } from 'socket.io';
import type { ClientEvents, ServerEvents, WatchRequest } from '#shared/protocol.ts';
import type { Identity } from '../auth/accounts.ts';
import type { ViewRequest } from '../publish/view-source.ts';

export type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, Seat>;
export interface Seat extends Identity {
  /** Channels it watches, as what was asked and as what that means for whoever asked. */
  watched: Map<number, { asked: WatchRequest; view: ViewRequest }>;
  /** Channels whose frames it missed because it read too slowly. */
  missed: Set<number>;
  /** Packets that wait until the network has taken those before them. */
  backlog: number;
  /** Since when accounts owe an answer about its rights, monotonic ms; `null` when they were looked up. */
  owedSince: number | null;
  /** Checks of rights that had been asked for before its own were looked up. */
  checksBefore: number;
  /** What it said in the second that began then. */
  said: { since: number; events: number };
}
