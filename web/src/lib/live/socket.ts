/**
 * The connection to the server: the only owner of socket.io-client.
 * It comes back by itself, with full jitter so that a thousand screens do not come at once.
 */
import { io, type Socket } from 'socket.io-client';
import type { FailureCode } from '#shared/failure.ts';
import type { ClientEvents, ServerEvents } from '#shared/protocol.ts';
import { ATTEMPT_MS, retryDelayMs } from './retry.ts';
import type { Transport, TransportListener } from './transport.ts';

const PATH = '/live';
const ANSWER_TIMEOUT_MS = 4_000;
/** What the server says to a socket that nobody is signed in on. */
const NOT_SIGNED_IN: FailureCode = 'unauthorized';

class SocketTransport implements Transport {
  #socket: Socket<ServerEvents, ClientEvents>;
  #listeners = new Set<TransportListener>();
  /** The next attempt, or the end of the one that runs. */
  #next: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;

  constructor() {
    const socket: Socket<ServerEvents, ClientEvents> = io({
      path: PATH,
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
    });
    socket.on('connect', () => {
      clearTimeout(this.#next);
      this.#attempts = 0;
      this.#tell((listener) => listener.connected());
    });
    socket.on('disconnect', () => {
      this.#tell((listener) => listener.disconnected());
      this.#connectIn(retryDelayMs(0, Math.random()));
    });
    socket.on('connect_error', ({ message }) => {
      if (message === NOT_SIGNED_IN) {
        // The next attempt has to bring the cookie of then.
        socket.disconnect();
        this.#tell((listener) => listener.access('ended', []));
      }
      this.#connectIn(retryDelayMs(++this.#attempts, Math.random()));
    });
    socket.on('reconnect', (afterMs) => {
      socket.disconnect();
      this.#connectIn(afterMs);
    });
    socket.on('frame', (...frame) => this.#tell((listener) => listener.frame(...frame)));
    socket.on('heartbeat', (...beat) => this.#tell((listener) => listener.heartbeat(...beat)));
    socket.on('snapshot', (state) => this.#tell((listener) => listener.snapshot(state)));
    socket.on('access', (...change) => this.#tell((listener) => listener.access(...change)));
    addEventListener('online', () => {
      if (!socket.connected) this.#connectIn(0);
    });
    this.#socket = socket;
    this.#connect();
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  get attempts(): number {
    return this.#attempts;
  }

  listen(listener: TransportListener): () => void {
    this.#listeners.add(listener);
    if (this.connected) listener.connected();
    return () => this.#listeners.delete(listener);
  }

  watch: Transport['watch'] = (request) =>
    this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('watch', request);

  resync: Transport['resync'] = (channel) =>
    this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('resync', channel);

  unwatch(channel: number): void {
    if (this.connected) this.#socket.emit('unwatch', channel);
  }

  restart(): void {
    this.#socket.disconnect();
    this.#connectIn(0);
  }

  #connectIn(delayMs: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#connect(), delayMs);
  }

  /** Given up here, and not by the library: that waits for the connection alone, not for the word that it is taken. */
  #connect(): void {
    this.#next = setTimeout(() => {
      this.#attempts += 1;
      this.#socket.disconnect();
      this.#connectIn(retryDelayMs(0, Math.random()));
    }, ATTEMPT_MS);
    this.#socket.connect();
  }

  #tell(what: (listener: TransportListener) => void): void {
    for (const listener of this.#listeners) what(listener);
  }
}

let transport: Transport | undefined;

/** The connection of this page, opened on first use; all feeds share it. */
export const openTransport = (): Transport => (transport ??= new SocketTransport());
