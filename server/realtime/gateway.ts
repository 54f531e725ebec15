/** Sockets of consoles and walls: who may watch what, and frames on their way out. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { SOCKET_EVENTS } from '#shared/access.ts';
import { type Ack, type FailureCode, FAILURES } from '#shared/failure.ts';
import { type ClientEvents, type ServerEvents, WatchRequest, type WatchState } from '#shared/protocol.ts';
import type { Identity } from '../auth/accounts.ts';
import type { Principal } from '../auth/authorize.ts';
import type { Clock } from '../clock.ts';
import type { Publisher, ViewSink } from '../publish/publisher.ts';
import type { ViewRequest } from '../publish/view-source.ts';
import { createRightsCheck, type RightsCheck } from './rights-check.ts';
import type { LiveSocket, Seat } from './seat.ts';

/** Socket.IO lives under this path. */
export const LIVE_PATH = '/live/';
/** A dead peer is gone after the sum of these, ms. */
const PING = { pingInterval: 5_000, pingTimeout: 5_000 };
/** Nothing a browser has to say is longer, bytes. */
const MAX_MESSAGE_BYTES = 16 * 1_024;
/** Views one socket may watch at a time. */
const MAX_WATCHED = 8;
/** Packets waiting for a socket before it is left out until it has read them. */
const MAX_BACKLOG = 4;
/** A handshake that is not followed up is dropped after this, ms. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Sockets of one session or wall. */
const MAX_SOCKETS = 32;
/** What one socket may say in a second; a page says a few things when it is opened. */
const MAX_EVENTS_A_SECOND = 50;
/** Clients told to come back spread over this time, ms. */
const RECONNECT_SPREAD_MS = 2_000;

export interface Gateway extends ViewSink {
  /** Sockets connected now. */
  connected(): number;
  /** Looks again at the rights of sockets, all or those of some principals: who lost one gets no more of it. */
  recheck: RightsCheck;
  /** Branches came or changed: whoever may see more or fewer of them gets the whole view anew. */
  refit(): void;
  /** Tells everybody to come back later and closes. */
  close(): Promise<void>;
}

export interface GatewayParts {
  http: HttpServer;
  /** True when a browser from this origin may connect; the whole handshake request decides. */
  isAllowed: (request: IncomingMessage) => boolean;
  publisher: () => Publisher;
  /** Who opens a socket. Throws when that cannot be known now: nobody is let in. */
  identify: (request: IncomingMessage) => Promise<Identity>;
  /** Who those are now that opened sockets before; those whose right is over are missing. */
  renew: (credentials: NonNullable<Identity['credential']>[]) => Promise<ReadonlyMap<string, Principal>>;
  clock: Clock;
  /** A view as somebody may have it, `null` when not at all. */
  narrowed: (principal: Principal, request: WatchRequest) => ViewRequest | null;
}

const room = (channel: number): string => `v${channel}`;

/** Puts Socket.IO on the server's port. */
export function createGateway(parts: GatewayParts): Gateway {
  const { http, isAllowed, publisher, identify, narrowed } = parts;
  const io = new Server<ClientEvents, ServerEvents, Record<string, never>, Seat>(http, {
    path: LIVE_PATH,
    transports: ['websocket'],
    allowRequest: (request, decide) => {
      decide(null, isAllowed(request));
    },
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...PING,
  });

  const watch = (socket: LiveSocket, raw: unknown): WatchState | FailureCode => {
    const request = WatchRequest.safeParse(raw);
    if (!request.success) return 'invalid';
    if (socket.data.watched.size >= MAX_WATCHED) return 'too-many-requests';
    const view = narrowed(socket.data.principal, request.data);
    const state = view && publisher().watch(view);
    if (!state) return 'not-found';
    if (socket.data.watched.has(state.channel)) publisher().unwatch(state.channel);
    socket.data.watched.set(state.channel, { asked: request.data, view });
    void socket.join(room(state.channel));
    return state;
  };

  const unwatch = (socket: LiveSocket, channel: number): void => {
    if (!socket.data.watched.delete(channel)) return;
    socket.data.missed.delete(channel);
    void socket.leave(room(channel));
    publisher().unwatch(channel);
  };

  const ofSameCredential = (hash: string): number => {
    let count = 0;
    for (const { data } of io.sockets.sockets.values()) if (data.credential?.hash === hash) count += 1;
    return count;
  };
  const check = createRightsCheck({ ...parts, sockets: () => [...io.sockets.sockets.values()], unwatch });
  /** Checks asked for since the start. */
  let checks = 0;
  io.use((socket, next) => {
    const before = checks;
    identify(socket.request).then(
      (identity) => {
        const { principal, credential } = identity;
        const refused: FailureCode | null =
          principal.kind === 'nobody'
            ? 'unauthorized'
            : credential !== null && ofSameCredential(credential.hash) >= MAX_SOCKETS
              ? 'too-many-requests'
              : null;
        if (refused !== null) {
          next(new Error(refused));
          return;
        }
        const said = { since: performance.now(), events: 0 };
        const empty = { watched: new Map(), missed: new Set<number>(), backlog: 0, owedSince: null };
        socket.data = { ...identity, ...empty, checksBefore: before, said };
        next();
      },
      () => {
        next(new Error('unavailable' satisfies FailureCode));
      },
    );
  });

  io.on('connection', (socket: LiveSocket) => {
    // What was checked since accounts were asked did not see this socket yet.
    if (socket.data.checksBefore !== checks)
      check((principal) => principal === socket.data.principal).catch(() => undefined);
    socket.on('error', () => socket.disconnect(true));
    socket.use(([event], next) => {
      if (!(event in SOCKET_EVENTS)) next(new Error('not-found' satisfies FailureCode));
      else if (saysTooMuch(socket.data.said)) socket.disconnect(true);
      else next();
    });
    socket.on('watch', (request, ack) => {
      answer(ack, watch(socket, request));
    });
    socket.on('unwatch', (channel) => {
      unwatch(socket, channel);
    });
    socket.on('resync', (channel, ack) => {
      const state = socket.data.watched.has(channel) ? publisher().stateOf(channel) : undefined;
      answer(ack, state ?? 'not-found');
    });
    socket.conn.on('packetCreate', () => {
      socket.data.backlog += 1;
    });
    socket.conn.on('drain', () => {
      socket.data.backlog = 0;
      catchUp(socket);
    });
    socket.on('disconnect', () => {
      for (const channel of [...socket.data.watched.keys()]) unwatch(socket, channel);
    });
  });

  // A socket that reads slowly is left out, and gets the whole view once when it has read what it has:
  // so it costs nothing while it is slow, and is never behind by more than one message.
  const leaveOutSlow = (channel: number): void => {
    for (const id of io.sockets.adapter.rooms.get(room(channel)) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (!socket || socket.data.backlog < MAX_BACKLOG) continue;
      void socket.leave(room(channel));
      socket.data.missed.add(channel);
    }
  };

  const catchUp = (socket: LiveSocket): void => {
    for (const channel of socket.data.missed) {
      socket.data.missed.delete(channel);
      const state = publisher().stateOf(channel);
      if (!state) continue;
      void socket.join(room(channel));
      socket.emit('snapshot', state);
    }
  };

  /** The page takes a whole view as it comes, so nobody has to ask again. */
  const refit = (socket: LiveSocket): void => {
    const { principal, watched } = socket.data;
    const lost: number[] = [];
    for (const [channel, { asked, view }] of [...watched]) {
      const now = narrowed(principal, asked);
      if (JSON.stringify(now) === JSON.stringify(view)) continue;
      unwatch(socket, channel);
      const state = watch(socket, asked);
      if (typeof state === 'string') lost.push(channel);
      else socket.emit('snapshot', state);
    }
    if (lost.length > 0) socket.emit('access', 'changed', lost);
  };

  return {
    frame(channel, from, to, serverTime, patch) {
      leaveOutSlow(channel);
      io.to(room(channel)).emit('frame', channel, from, to, serverTime, patch);
    },
    heartbeat(channel, to, serverTime, ages, hash) {
      leaveOutSlow(channel);
      io.to(room(channel)).emit('heartbeat', channel, to, serverTime, ages, hash);
    },
    connected: () => io.sockets.sockets.size,
    recheck(concerns) {
      checks += 1;
      return check(concerns);
    },
    refit() {
      for (const socket of io.sockets.sockets.values()) refit(socket);
    },
    async close() {
      for (const socket of io.sockets.sockets.values()) {
        socket.emit('reconnect', Math.round((socket.id.charCodeAt(0) / 128) * RECONNECT_SPREAD_MS));
      }
      await io.close();
    },
  };
}

function saysTooMuch(said: Seat['said']): boolean {
  const now = performance.now();
  if (now - said.since >= 1_000) Object.assign(said, { since: now, events: 0 });
  said.events += 1;
  return said.events > MAX_EVENTS_A_SECOND;
}

type Answer = (answer: Ack<WatchState>) => void;

// The ack comes from outside: a client may send none, or something else in its place.
function answer(ack: Answer | undefined, result: WatchState | FailureCode): void {
  if (typeof ack !== 'function') return;
  if (typeof result === 'string') ack({ ok: false, code: result, message: FAILURES[result].message });
  else ack({ ok: true, ...result });
}
