/** Keeps one view in step with the server: carries messages into the state machine and its wishes to the server. */
import type { Ack, FailureCode } from '#shared/failure.ts';
import { HEARTBEAT_MS, type WatchRequest, type WatchState } from '#shared/protocol.ts';
import { advance, initialFeed, type FeedInput, type FeedState, type Wish } from './feed-state.ts';
import type { Transport } from './transport.ts';

/** Two heartbeats and a half without a word: the connection is dead, whatever it says (rule LV5). */
const DEAD_AFTER_MS = 2.5 * HEARTBEAT_MS;
/** Screens that lose the same frame ask for their snapshots within this time, not all at once. */
const RESYNC_SPREAD_MS = 250;
const ASK_AGAIN_MS = 1_000;
/** A clock on the wall that runs this much ahead of the monotonic one means the computer slept. */
const SLEEP_MS = 5_000;
const MAY_NOT_SEE: ReadonlySet<FailureCode> = new Set(['unauthorized', 'forbidden', 'not-found']);

/** What the feed may use of the world outside; tests bring their own. */
export interface FeedSurroundings {
  /** Monotonic milliseconds. */
  monotonicMs: () => number;
  /** Milliseconds of the computer's clock, only to notice sleep. */
  wallMs: () => number;
  /** 0 ≤ x < 1. */
  random: () => number;
  later: (delayMs: number, run: () => void) => void;
  reload: () => void;
}

export interface FeedOptions {
  request: WatchRequest;
  transport: Transport;
  surroundings: FeedSurroundings;
  /** Silence after which only a snapshot counts, ms: the screen's limit of "delayed" (rules LV3, LV4). */
  silenceMs: number;
  onState: (state: FeedState) => void;
  /** The server's clock at the moment of a message, epoch ms. */
  onServerTime: (serverTime: number) => void;
  /** Why the server does not show this view; `null` once it does. */
  onFailure: (code: FailureCode | null) => void;
}

export class Feed {
  #options: FeedOptions;
  #state: FeedState = initialFeed;
  #stopListening: () => void = () => undefined;
  #stopped = true;
  #heardAt: number;
  #sleptMs: number;
  /** Number of the latest request; answers to older ones are void. */
  #request = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    const { monotonicMs, wallMs } = options.surroundings;
    this.#heardAt = monotonicMs();
    this.#sleptMs = wallMs() - monotonicMs();
  }

  start(): void {
    this.#stopped = false;
    this.#stopListening = this.#options.transport.listen({
      connected: () => this.#hear({ type: 'connected' }),
      disconnected: () => this.#take({ type: 'disconnected' }),
      frame: (channel, from, to, serverTime, patch) => {
        this.#options.onServerTime(serverTime);
        this.#hear({ type: 'frame', channel, from, to, patch, atMs: this.#now() });
      },
      heartbeat: (channel, to, serverTime, ages, hash) => {
        this.#options.onServerTime(serverTime);
        this.#hear({ type: 'heartbeat', channel, to, ages, hash, atMs: this.#now() });
      },
      snapshot: (state) => this.#takeSnapshot(state),
      access: (change, lost) => this.#takeAccess(change, lost),
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#stopListening();
    if (this.#state.position) this.#options.transport.unwatch(this.#state.position.channel);
  }

  /** Looks whether time passed that nobody noticed; call it each second and when the page comes back to sight. */
  recheck(): void {
    const { transport, surroundings } = this.#options;
    const aheadMs = surroundings.wallMs() - surroundings.monotonicMs();
    const slept = aheadMs - this.#sleptMs > SLEEP_MS;
    this.#sleptMs = aheadMs;
    if (slept) this.distrust();
    else if (transport.connected && this.#now() - this.#heardAt > DEAD_AFTER_MS) this.#reconnect();
  }

  /** Believes nothing that is on screen until a new snapshot has come over a new connection. */
  distrust(): void {
    this.#take({ type: 'distrusted' });
    this.#reconnect();
  }

  /** Tries the server again now. */
  retry(): void {
    this.#reconnect();
  }

  #reconnect(): void {
    this.#heardAt = this.#now();
    this.#options.transport.restart();
  }

  #now(): number {
    return this.#options.surroundings.monotonicMs();
  }

  #hear(input: FeedInput): void {
    this.#heardAt = this.#now();
    this.#take(input);
  }

  #takeSnapshot(state: WatchState): void {
    this.#options.onServerTime(state.serverTime);
    this.#options.onFailure(null);
    this.#hear({ type: 'snapshot', state, atMs: this.#now() });
  }

  #takeAccess(change: 'ended' | 'changed', lost: readonly number[]): void {
    const { position } = this.#state;
    if (change === 'changed' && (position === null || !lost.includes(position.channel))) return;
    // An answer that is still on its way was given under the old rights.
    this.#request += 1;
    this.#lose(change === 'ended' ? 'unauthorized' : 'forbidden');
    // What is left of a scope can be seen under a new channel.
    if (change === 'changed') this.#take({ type: 'connected' });
  }

  /** What may no longer be seen leaves the screen at once, and the page says why. */
  #lose(code: FailureCode): void {
    this.#state = initialFeed;
    this.#options.onState(initialFeed);
    this.#options.onFailure(code);
  }

  #take(input: FeedInput): void {
    const { state, wish } = advance(this.#state, input, this.#options.silenceMs);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.#options.onState(state);
    this.#fulfil(wish);
  }

  #fulfil(wish: Wish): void {
    const { surroundings } = this.#options;
    if (wish === 'reload') surroundings.reload();
    if (wish === 'watch') void this.#ask(++this.#request);
    if (wish === 'resync') {
      const request = ++this.#request;
      surroundings.later(surroundings.random() * RESYNC_SPREAD_MS, () => void this.#ask(request));
    }
  }

  async #ask(request: number): Promise<void> {
    if (this.#outdated(request)) return;
    const answer = await this.#answer();
    if (this.#outdated(request)) {
      if (this.#stopped && answer?.ok) this.#options.transport.unwatch(answer.channel);
      return;
    }
    if (answer?.ok) return this.#takeSnapshot(answer);
    if (answer && MAY_NOT_SEE.has(answer.code)) this.#lose(answer.code);
    else if (answer) this.#options.onFailure(answer.code);
    this.#take({ type: 'refused' });
    const { later, random } = this.#options.surroundings;
    later(ASK_AGAIN_MS * (1 + random()), () => {
      if (this.#outdated(request) || !this.#options.transport.connected) return;
      this.#take({ type: 'connected' });
    });
  }

  /** Asks for the view; `null` when the link was lost meanwhile. */
  async #answer(): Promise<Ack<WatchState> | null> {
    const { transport, request } = this.#options;
    const { position } = this.#state;
    try {
      return await (position ? transport.resync(position.channel) : transport.watch(request));
    } catch {
      return null;
    }
  }

  #outdated(request: number): boolean {
    return this.#stopped || request !== this.#request;
  }
}
