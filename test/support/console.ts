/** A console as the server sees it: a socket that watches views and keeps what it is sent. */
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { apply, fromSnapshot, type ViewState } from '#shared/delta.ts';
import type { Ack } from '#shared/failure.ts';
import type { ClientEvents, ServerEvents, WatchRequest, WatchState } from '#shared/protocol.ts';
import { soon } from './until.ts';

export type LiveSocket = Socket<ServerEvents, ClientEvents>;

export interface Console {
  socket: LiveSocket;
  /** Every text that came over the wire. */
  raw: string[];
  /** Frames that did not follow from what was known. */
  gaps: number;
  /** Watches a view and keeps it in step; throws when the server does not show it. */
  watch(request: WatchRequest): Promise<WatchState>;
  /** What the server answers to a request, whatever it is. */
  ask(request: unknown): Promise<Ack<WatchState>>;
  /** The view of a channel as it stands here. */
  view(channel: number): ViewState;
  close(): void;
}

/** A socket to a server, not connected yet; `origin` null sends none. */
export const socketTo = (address: string, origin: string | null = address, cookie?: string): LiveSocket =>
  io(address, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    extraHeaders: {
      ...(origin === null ? {} : { Origin: origin }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
  });

/** Connects a console, with a cookie when it is somebody's. */
export async function openConsole(address: string, cookie?: string): Promise<Console> {
  const socket = socketTo(address, address, cookie);
  const known = new Map<number, { version: number; view: ViewState }>();
  const take = (state: WatchState): WatchState => {
    known.set(state.channel, { version: state.version, view: fromSnapshot(state.snapshot) });
    return state;
  };
  const ask = (request: unknown): Promise<Ack<WatchState>> =>
    new Promise((resolve) => socket.emit('watch', request as WatchRequest, resolve));

  const opened: Console = {
    socket,
    raw: [],
    gaps: 0,
    ask,
    async watch(request) {
      const answer = await soon(ask(request), 'an answer to watch');
      if (!answer.ok) throw new Error(answer.code);
      return take(answer);
    },
    view(channel) {
      const state = known.get(channel);
      if (!state) throw new Error(`channel ${channel} is not watched`);
      return state.view;
    },
    close: () => socket.close(),
  };
  socket.on('snapshot', take);
  socket.on('frame', (channel, from, to, _serverTime, patch) => {
    const state = known.get(channel);
    if (!state || to <= state.version) return;
    if (from !== state.version) opened.gaps += 1;
    else known.set(channel, { version: to, view: apply(state.view, patch) });
  });
  socket.connect();
  socket.io.engine.on('packet', ({ data }) => opened.raw.push(String(data)));
  await soon(once(socket as unknown as NodeJS.EventEmitter, 'connect'), 'a connection');
  return opened;
}

/** Why the server refuses a socket with this origin, or `connected`. */
export async function knock(address: string, origin: string | null, cookie?: string): Promise<string> {
  const socket = socketTo(address, origin, cookie);
  const outcome = new Promise<string>((resolve) => {
    socket.on('connect', () => resolve('connected'));
    socket.on('connect_error', ({ message }) => resolve(message));
  });
  socket.connect();
  try {
    return await soon(outcome, 'an answer to the handshake');
  } finally {
    socket.close();
  }
}
