/** Short messages to the other nodes over Redis pub/sub: quick, and lost while Redis is away. */
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { Logger } from '../logger.ts';
import type { RedisAddress } from './redis-connection.ts';

const RECONNECT_MS = 500;

export interface RedisSignals {
  /** Never throws; a message that cannot go out is dropped. */
  send(message: string): void;
  /** Told of the messages of others. */
  hear(listener: (message: string) => void): void;
  close(): Promise<void>;
}

/** Joins a channel; connects, and connects again, in the background. */
export function joinRedisSignals(address: RedisAddress, channel: string, logger: Logger): RedisSignals {
  const self = randomUUID();
  const listeners: ((message: string) => void)[] = [];
  const socket = { reconnectStrategy: () => RECONNECT_MS };
  const connect = () => {
    const client = createClient({
      RESP: 2,
      disableOfflineQueue: true,
      ...('url' in address
        ? { url: address.url, socket }
        : { socket: { ...socket, path: address.socketPath } }),
    });
    client.on('error', (error: unknown) => {
      logger.debug({ err: error }, 'redis signals');
    });
    return client;
  };
  const sender = connect();
  const receiver = connect();
  const ready = Promise.all([
    sender.connect(),
    // Subscriptions are taken up again by the client after a reconnect.
    receiver.connect().then(() =>
      receiver.subscribe(channel, (text) => {
        if (text.startsWith(self)) return;
        for (const listener of listeners) listener(text.slice(self.length));
      }),
    ),
  ]).catch((error: unknown) => {
    logger.warn({ err: error }, 'rights that change on other nodes are heard by the sweep only');
  });
  return {
    send(message) {
      if (!sender.isReady) return;
      sender.publish(channel, self + message).catch((error: unknown) => {
        logger.debug({ err: error }, 'a signal was dropped');
      });
    },
    hear: (listener) => void listeners.push(listener),
    async close() {
      sender.destroy();
      receiver.destroy();
      await ready;
    },
  };
}
