/** Sockets of consoles and walls: who may watch what, and frames on their way out. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { type Ack, type FailureCode, FAILURES } from '#shared/failure.ts';
import { type ClientEvents, type ServerEvents, WatchRequest, type WatchState } from '#shared/protocol.ts';
import type { Publisher, ViewSink } from '../publish/publisher.ts';

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
/** Clients told to come back spread over this time, ms. */
const RECONNECT_SPREAD_MS = 2_000;

type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, Seat>;
interface Seat {
  /** Channels it watches. */
  watched: Set<number>;
  /** Channels whose frames it missed because it read too slowly. */
  missed: Set<number>;
  /** Packets that wait until the network has taken those before them. */
  backlog: number;
}

export interface Gateway extends ViewSink {
  /** Sockets connected now. */
  connected(): number;
  /** Tells everybody to come back later and closes. */
  close(): Promise<void>;
}

export interface GatewayParts {
  http: HttpServer;
  /** True when a browser from this origin may connect; the whole handshake request decides. */
  isAllowed: (request: IncomingMessage) => boolean;
  publisher: () => Publisher;
  /** True when the caller may watch this. */
  maySee: (request: WatchRequest) => boolean;
}

const room = (channel: number): string => `v${channel}`;

/** Puts Socket.IO on the server's port. */
export function createGateway({ http, isAllowed, publisher, maySee }: GatewayParts): Gateway {
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
    ...PING,
  });

  const watch = (socket: LiveSocket, raw: unknown): WatchState | FailureCode => {
    const request = WatchRequest.safeParse(raw);
    if (!request.success) return 'invalid';
    if (socket.data.watched.size >= MAX_WATCHED) return 'too-many-requests';
    if (!maySee(request.data)) return 'not-found';
    const state = publisher().watch(request.data);
    if (!state) return 'not-found';
    if (socket.data.watched.has(state.channel)) publisher().unwatch(state.channel);
    socket.data.watched.add(state.channel);
    void socket.join(room(state.channel));
    return state;
  };

  const unwatch = (socket: LiveSocket, channel: number): void => {
    if (!socket.data.watched.delete(channel)) return;
    socket.data.missed.delete(channel);
    void socket.leave(room(channel));
    publisher().unwatch(channel);
  };

  io.on('connection', (socket: LiveSocket) => {
    socket.data = { watched: new Set(), missed: new Set(), backlog: 0 };
    socket.on('error', () => socket.disconnect(true));
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
      for (const channel of [...socket.data.watched]) unwatch(socket, channel);
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
    async close() {
      for (const socket of io.sockets.sockets.values()) {
        socket.emit('reconnect', Math.round((socket.id.charCodeAt(0) / 128) * RECONNECT_SPREAD_MS));
      }
      await io.close();
    },
  };
}

type Answer = (answer: Ack<WatchState>) => void;

// The ack comes from outside: a client may send none, or something else in its place.
function answer(ack: Answer | undefined, result: WatchState | FailureCode): void {
  if (typeof ack !== 'function') return;
  if (typeof result === 'string') ack({ ok: false, code: result, message: FAILURES[result].message });
  else ack({ ok: true, ...result });
}
