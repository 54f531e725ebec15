/**
 * The live feed between server and browser, in one place for both.
 *
 * A browser watches a view and gets a snapshot with its version; after that come frames, each the patch from
 * one version to the next, and heartbeats. `to ≤ mine`: drop. `from > mine`: a gap, ask for a snapshot.
 * Another epoch: the publisher restarted, everything known is void.
 */
import { z } from 'zod';
import type { Patch, Snapshot } from './delta.ts';
import type { Ack } from './failure.ts';
import { Id } from './ids.ts';
import { VIEW_NAMES } from './views.ts';

/** Rises when the meaning of anything here changes; a browser with another number reloads itself. */
export const PROTOCOL_VERSION = 2;
/** A heartbeat goes out this often even when nothing changed (rule LV2), ms. */
export const HEARTBEAT_MS = 2_000;
/** Every heartbeat at least this long after the last such one carries the view's hash, ms. */
export const HASH_EVERY_MS = 10_000;

/** A wish to see one branch (floor, walls), or all branches of a scope (`row`; `all` or a region's id). */
export const WatchRequest = z.union([
  z.strictObject({ view: z.enum(VIEW_NAMES).exclude(['row']), branch: Id }),
  z.strictObject({ view: z.literal('row'), scope: Id }),
]);
export type WatchRequest = z.infer<typeof WatchRequest>;

/** Where a view stands: the start of watching, and the answer to `resync`. */
export interface WatchState {
  protocol: number;
  /** New whenever the publisher restarts. */
  epoch: string;
  /** Number of the view within the epoch; frames and heartbeats name it instead of repeating the request. */
  channel: number;
  version: number;
  /** Epoch milliseconds by the server's clock. */
  serverTime: number;
  snapshot: Snapshot;
}

/** Age of what a view rests on, beside the link itself. */
export interface Ages {
  /** Since the server last heard from the log, ms. */
  logMs: number;
  /** Since each source of the branch was last heard, ms, by source id; absent for network views. */
  sources?: Record<string, number>;
}

export interface ServerEvents {
  frame: (channel: number, from: number, to: number, serverTime: number, patch: Patch) => void;
  /** `hash` is of version `to`; `null` when this beat carries none. */
  heartbeat: (channel: number, to: number, serverTime: number, ages: Ages, hash: number | null) => void;
  /** The whole view again, unasked: this client read too slowly and frames were left out. */
  snapshot: (state: WatchState) => void;
  /** The server is going away; come back after this many ms. */
  reconnect: (afterMs: number) => void;
  /**
   * What this socket may see is another now: its session is over (`ended`, the server closes it), or its grants changed
   * and no more will come of these channels. Ask `GET /api/v1/me` again.
   */
  access: (change: 'ended' | 'changed', lost: readonly number[]) => void;
}

export interface ClientEvents {
  watch: (request: WatchRequest, ack: (answer: Ack<WatchState>) => void) => void;
  unwatch: (channel: number) => void;
  resync: (channel: number, ack: (answer: Ack<WatchState>) => void) => void;
}
