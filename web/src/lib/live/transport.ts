/** What a feed needs of the connection; the socket implements it, tests bring their own. */
import type { Patch } from '#shared/delta.ts';
import type { Ack } from '#shared/failure.ts';
import type { Ages, WatchRequest, WatchState } from '#shared/protocol.ts';

/** What arrives, in the order in which it was sent. */
export interface TransportListener {
  connected(): void;
  disconnected(): void;
  frame(channel: number, from: number, to: number, serverTime: number, patch: Patch): void;
  heartbeat(channel: number, to: number, serverTime: number, ages: Ages, hash: number | null): void;
  snapshot(state: WatchState): void;
  /** The session is over, or these channels may no longer be seen. */
  access(change: 'ended' | 'changed', lost: readonly number[]): void;
}

export interface Transport {
  /** True while messages can be sent. */
  readonly connected: boolean;
  /** Attempts to reach the server since the connection was lost. */
  readonly attempts: number;
  /** Starts to tell the listener; if the connection is up, `connected` comes at once. Gives the way to stop. */
  listen(listener: TransportListener): () => void;
  /** Rejects when no answer comes in time. */
  watch(request: WatchRequest): Promise<Ack<WatchState>>;
  /** Rejects when no answer comes in time. */
  resync(channel: number): Promise<Ack<WatchState>>;
  unwatch(channel: number): void;
  /** Drops the connection, however it looks, and makes a new one now. */
  restart(): void;
}
