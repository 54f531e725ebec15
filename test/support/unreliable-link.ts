/** Consoles and a server joined by a network that loses, doubles, delays and cuts, as a seed says. */
import type { Transport, TransportListener } from '#lib/live/transport.ts';
import { type Ack, FAILURES } from '#shared/failure.ts';
import type { WatchRequest, WatchState } from '#shared/protocol.ts';
import type { Rng } from '#server/rng.ts';
import type { Sent, Stage } from './stage.ts';

/** How bad the network is; shares are 0–1. */
export interface Weather {
  drop: number;
  duplicate: number;
  longestDelayMs: number;
  /** Share of frames in which one value is changed on the way. */
  damage: number;
}

/** A connection as it should be: everything arrives at once, in order. */
export const CALM: Weather = { drop: 0, duplicate: 0, longestDelayMs: 0, damage: 0 };

/** After this long without an answer a console gives up waiting for it, ms. */
const ANSWER_TIMEOUT_MS = 4_000;
const LONGEST_RETRY_MS = 4_000;

export interface Surroundings {
  stage: Stage;
  rng: Rng;
  weather: Weather;
  /** Told of each view the server gives to a console. */
  onWatched(state: WatchState): void;
  /** Runs something when simulated time has passed. */
  later(delayMs: number, run: () => void): void;
}

/** One console's connection, seen from both ends. */
export interface Link extends Transport {
  /** What the server sends to everybody who watches. */
  broadcast(sent: Sent): void;
}

/** A link of one console to whatever publisher is on the stage; `ear` may change what the console hears. */
export function unreliableLink(
  world: Surroundings,
  ear: (listener: TransportListener) => TransportListener,
): Link {
  const { stage, rng, later } = world;
  let listener: TransportListener | null = null;
  /** Number of the connection; what belongs to an older one is lost with it. */
  let connection = 0;
  let connected = false;
  let attempts = 0;
  let watched = new Set<number>();

  const connect = (): void => {
    connection += 1;
    connected = true;
    attempts = 0;
    listener?.connected();
  };
  const disconnect = (): void => {
    connection += 1;
    if (!connected) return;
    connected = false;
    for (const channel of watched) stage.publisher.unwatch(channel);
    watched = new Set();
    listener?.disconnected();
  };
  const connectLater = (): void => {
    const mine = connection;
    attempts += 1;
    later(rng() * LONGEST_RETRY_MS, () => {
      if (mine === connection) connect();
    });
  };

  /** Carries something over, none, one or two times, each after its own delay. */
  const carry = (deliver: () => void): void => {
    const mine = connection;
    const { drop, duplicate, longestDelayMs } = world.weather;
    if (!connected || rng() < drop) return;
    const copies = rng() < duplicate ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      later(rng() * longestDelayMs, () => {
        if (mine === connection) deliver();
      });
    }
  };

  const ask = (answerOf: () => WatchState | undefined): Promise<Ack<WatchState>> =>
    new Promise((resolve, reject) => {
      later(ANSWER_TIMEOUT_MS, () => reject(new Error('no answer')));
      carry(() => {
        const state = answerOf();
        const { message } = FAILURES['not-found'];
        const answer: Ack<WatchState> = state
          ? { ok: true, ...state }
          : { ok: false, code: 'not-found', message };
        carry(() => resolve(answer));
      });
    });

  const watch = (request: WatchRequest): WatchState | undefined => {
    const state = stage.publisher.watch(request);
    if (state && watched.has(state.channel)) stage.publisher.unwatch(state.channel);
    if (state) {
      watched.add(state.channel);
      world.onWatched(state);
    }
    return state;
  };

  return {
    get connected() {
      return connected;
    },
    get attempts() {
      return attempts;
    },
    listen(next) {
      listener = ear(next);
      connect();
      return () => (listener = null);
    },
    watch: (request) => ask(() => watch(request)),
    resync: (channel) => ask(() => (watched.has(channel) ? stage.publisher.stateOf(channel) : undefined)),
    unwatch(channel) {
      if (watched.delete(channel)) stage.publisher.unwatch(channel);
    },
    restart() {
      disconnect();
      connectLater();
    },
    broadcast(sent) {
      if (!watched.has(sent.channel)) return;
      const { channel, to } = sent;
      if (sent.type === 'heartbeat') {
        carry(() => listener?.heartbeat(channel, to, stage.now(), sent.ages, sent.hash));
        return;
      }
      const patch = rng() < world.weather.damage ? damaged(sent.patch) : sent.patch;
      carry(() => listener?.frame(channel, sent.from, to, stage.now(), patch));
    },
  };
}

/** The patch with the last value of its last change replaced. */
function damaged(patch: readonly (readonly unknown[])[]): (string | number)[][] {
  const copy = structuredClone(patch) as (string | number)[][];
  const change = copy.at(-1);
  if (change && change.length > 2) change[change.length - 1] = -7;
  return copy;
}
