/** A server and a network that lose, repeat and delay messages, for the feed; everything runs in simulated time. */
import type { Transport, TransportListener } from '#lib/live/transport.ts';
import { diff, type FieldValue, hashOf, toSnapshot, type ViewState } from '#shared/delta.ts';
import type { Ack, FailureCode } from '#shared/failure.ts';
import { HASH_EVERY_MS, HEARTBEAT_MS, PROTOCOL_VERSION, type WatchState } from '#shared/protocol.ts';

/** Park–Miller: the same numbers on every run. */
export function seeded(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Runs what was put off, in order of time. */
export class SimulatedTime {
  nowMs = 0;
  #queue: { at: number; run: () => void }[] = [];

  readonly later = (delayMs: number, run: () => void): void => {
    this.#queue.push({ at: this.nowMs + delayMs, run });
    this.#queue.sort((a, b) => a.at - b.at);
  };

  /** Passes time up to `untilMs`; promises settle between steps. */
  async pass(untilMs: number): Promise<void> {
    for (let next = this.#queue[0]; next && next.at <= untilMs; next = this.#queue[0]) {
      this.#queue.shift();
      this.nowMs = Math.max(this.nowMs, next.at);
      next.run();
      await new Promise(setImmediate);
    }
    this.nowMs = untilMs;
  }
}

export interface Faults {
  /** Share of frames and heartbeats that are lost. */
  loss: number;
  /** Share of requests that are never answered. */
  mute: number;
}

const FRAME_MS = 100;
const ANSWER_TIMEOUT_MS = 4_000;

export class FakeServer implements Transport {
  connected = false;
  attempts = 0;
  /** Requests for a whole view so far. */
  asked = 0;
  /** Why nothing is shown to this screen. */
  refusal: FailureCode | null = null;
  #listener: TransportListener | null = null;
  #epoch = 1;
  #version = 1;
  #view: ViewState = { head: ['hall', 0], tables: [new Map<string, FieldValue[]>()] };
  #hashAt = 0;
  #time: SimulatedTime;
  #random: () => number;
  #faults: Faults;

  constructor(time: SimulatedTime, random: () => number, faults: Faults) {
    this.#time = time;
    this.#random = random;
    this.#faults = faults;
    time.later(FRAME_MS, this.#change);
    time.later(HEARTBEAT_MS, this.#beat);
  }

  get view(): ViewState {
    return this.#view;
  }

  /** No losses from now on. */
  heal(): void {
    this.#faults = { loss: 0, mute: 0 };
  }

  listen(listener: TransportListener): () => void {
    this.#listener = listener;
    this.#time.later(0, () => this.connect());
    return () => (this.#listener = null);
  }

  connect(): void {
    if (this.connected) return;
    this.connected = true;
    this.#listener?.connected();
  }

  /** Loses the connection; a restart also forgets epoch and versions. */
  drop(restart: boolean): void {
    if (restart) {
      this.#epoch++;
      this.#version = 1;
    }
    this.connected = false;
    this.#listener?.disconnected();
    this.#time.later(300, () => this.connect());
  }

  restart(): void {
    this.drop(false);
  }

  /** Takes the right to see the view away: from now on, or with the session. */
  takeAway(change: 'ended' | 'changed', channel = this.#epoch): void {
    this.refusal = change === 'ended' ? 'unauthorized' : 'not-found';
    this.#listener?.access(change, [channel]);
  }

  watch: Transport['watch'] = () => this.#answer();
  resync: Transport['resync'] = () => this.#answer();
  unwatch(): void {
    this.connected = false;
  }

  #answer(): ReturnType<Transport['watch']> {
    this.asked++;
    return new Promise((resolve, reject) => {
      const mute = this.#random() < this.#faults.mute;
      if (mute) this.#time.later(ANSWER_TIMEOUT_MS, () => reject(new Error('no answer')));
      else this.#time.later(20, () => resolve(this.#ack()));
    });
  }

  #ack(): Ack<WatchState> {
    if (this.refusal !== null) return { ok: false, code: this.refusal, message: this.refusal };
    return { ok: true, ...this.#state() };
  }

  #state(): WatchState {
    return {
      protocol: PROTOCOL_VERSION,
      epoch: String(this.#epoch),
      channel: this.#epoch,
      version: this.#version,
      serverTime: this.#time.nowMs,
      snapshot: structuredClone(toSnapshot(this.#view)),
    };
  }

  #change = (): void => {
    this.#time.later(FRAME_MS, this.#change);
    const id = `q${Math.floor(this.#random() * 6)}`;
    const rows = new Map(this.#view.tables[0]);
    if (this.#random() < 0.2) rows.delete(id);
    else rows.set(id, [id, Math.floor(this.#random() * 9)]);
    const next: ViewState = { head: ['hall', Math.floor(this.#random() * 9)], tables: [rows] };
    const patch = diff(this.#view, next);
    if (!patch) return;
    this.#view = next;
    const from = this.#version++;
    if (this.#lost()) return;
    this.#listener?.frame(this.#epoch, from, this.#version, this.#time.nowMs, structuredClone(patch));
  };

  #beat = (): void => {
    this.#time.later(HEARTBEAT_MS, this.#beat);
    const withHash = this.#time.nowMs - this.#hashAt >= HASH_EVERY_MS;
    if (withHash) this.#hashAt = this.#time.nowMs;
    if (this.#lost()) return;
    const hash = withHash ? hashOf(this.#view) : null;
    this.#listener?.heartbeat(this.#epoch, this.#version, this.#time.nowMs, { logMs: 0 }, hash);
  };

  #lost(): boolean {
    return !this.connected || this.#random() < this.#faults.loss;
  }
}
