/** A connection to Redis with the few ways of asking that the log needs. */
import { createClient, RESP_TYPES } from 'redis';
import type { Logger } from '../logger.ts';
import { LogUnavailable } from './event-log.ts';

/** Where Redis is: a URL, or the unix socket of the embedded one. */
export type RedisAddress = { url: string } | { socketPath: string };

export interface RedisConnection {
  /** Sends one command. Throws {@link LogUnavailable} when Redis is away. */
  send(command: readonly (string | Buffer)[]): Promise<unknown>;
  /** The same, with a flat list of byte strings as the answer. */
  sendBinary(command: readonly string[]): Promise<Buffer[]>;
  /** Sends commands that happen all or not at all. */
  sendTogether(commands: readonly (readonly (string | Buffer)[])[]): Promise<void>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MS = { first: 50, most: 1_000 };
const START_TIMEOUT_MS = 60_000;
const START_RETRY_MS = 50;

/** Connects, and waits until Redis has loaded its data. */
export async function openRedis(address: RedisAddress, logger: Logger): Promise<RedisConnection> {
  const socket = {
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectStrategy: (tries: number) => Math.min(RECONNECT_MS.first * 2 ** tries, RECONNECT_MS.most),
  };
  const client = createClient({
    RESP: 2,
    disableOfflineQueue: true,
    // Its own timer costs more than the commands; whoever must not wait bounds the wait.
    commandOptions: { timeout: 0 },
    ...('url' in address
      ? { url: address.url, socket }
      : { socket: { ...socket, path: address.socketPath } }),
  });
  client.on('error', (error: unknown) => {
    logger.debug({ err: error }, 'redis connection');
  });
  await client.connect();

  const send = async (command: readonly (string | Buffer)[]): Promise<unknown> => {
    try {
      return await client.sendCommand([...command]);
    } catch (error) {
      throw asUnavailable(error);
    }
  };
  const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  await untilLoaded(send);

  return {
    send,
    async sendBinary(command) {
      try {
        const reply: unknown = await binary.sendCommand([...command]);
        return Array.isArray(reply) ? reply.filter((item) => Buffer.isBuffer(item)) : [];
      } catch (error) {
        throw asUnavailable(error);
      }
    },
    async sendTogether(commands) {
      try {
        const multi = client.multi();
        for (const command of commands) multi.addCommand([...command]);
        await multi.exec();
      } catch (error) {
        throw asUnavailable(error);
      }
    },
    close() {
      client.destroy();
      return Promise.resolve();
    },
  };
}

// What Redis itself refuses for good (a wrong command) is a fault of ours and stays what it is.
const PASSING = /^(LOADING|MISCONF|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|BUSY) /;

function asUnavailable(error: unknown): Error {
  if (!(error instanceof Error)) return new LogUnavailable(String(error));
  const refused = error.constructor.name === 'SimpleError' || /^[A-Z]+ /.test(error.message);
  if (refused && !PASSING.test(error.message)) return error;
  return new LogUnavailable(error.message, { cause: error });
}

async function untilLoaded(send: (command: readonly string[]) => Promise<unknown>): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await send(['PING']);
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, START_RETRY_MS));
    }
  }
}
