/** A Redis of our own for the machine that names none: a supervised child on a unix socket in the data folder. */
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { redisServerCommand } from './embedded-redis/binary.mjs';
import { lockFolder } from './embedded-redis/folder-lock.ts';
import { stopOrphan } from './embedded-redis/orphan.ts';
import { socketPathFor } from './embedded-redis/socket.ts';
import { type RedisLogger, supervise } from './embedded-redis/supervise.ts';

export interface EmbeddedRedisOptions {
  /** The data folder; one running Muster each. */
  folder: string;
  logger: RedisLogger;
  /** The `redis-server` to start; without it, the one set-up found. */
  command?: string;
}

export interface EmbeddedRedis {
  readonly socketPath: string;
  /** The server's process now, or null while it is down; another one after a restart. */
  readonly pid: number | null;
  /** Stops the server politely and frees the folder. */
  stop(): Promise<void>;
}

/**
 * Starts the folder's Redis and gives it once it answers. From then on it is started again whenever it dies.
 * What it acknowledged is on the disk: every write is synced, nothing is evicted.
 * @throws EmbeddedRedisError, one sentence, when the folder is in use, redis-server is missing, or it refuses to start.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const { logger, command = redisServerCommand() } = options;
  mkdirSync(join(options.folder, 'redis'), { recursive: true, mode: 0o700 });
  const folder = realpathSync(options.folder);
  const home = join(folder, 'redis');
  const socketPath = socketPathFor(folder);
  const pidFile = join(home, 'redis.pid');
  const lock = lockFolder(folder);
  try {
    const orphan = await stopOrphan(socketPath, pidFile);
    if (orphan !== null) logger.warn({ redisPid: orphan }, 'stopped the Redis a crashed Muster left behind');
    const server = await supervise({
      command,
      args: settings(home, socketPath, pidFile),
      socketPath,
      logger,
    });
    return {
      socketPath,
      get pid() {
        return server.pid();
      },
      async stop() {
        await server.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function settings(home: string, socketPath: string, pidFile: string): string[] {
  const values = {
    port: '0',
    unixsocket: socketPath,
    unixsocketperm: '700',
    dir: home,
    pidfile: pidFile,
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
    save: '',
    // Nothing here expires or times out by the clock's tick; ten ticks a second would only wake an idle machine.
    hz: '2',
    loglevel: 'warning',
  };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
}
