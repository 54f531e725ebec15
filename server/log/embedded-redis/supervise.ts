import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedRedisError } from './error.ts';
import { launch, type ServerProcess } from './server-process.ts';
import { isReady } from './socket.ts';

const READY_POLL_MS = 10;
const FIRST_RESTART_DELAY_MS = 50;
const MAX_RESTART_DELAY_MS = 5_000;
/** A server that lived this long died of something new: the delay starts over. */
const STEADY_MS = 10_000;
/** How long a server may take to stop by itself before it is killed. */
export const STOP_TIMEOUT_MS = 5_000;

/** The part of a pino logger that is used. */
export interface RedisLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface Supervised {
  /** The server's process now, or null while it is down. */
  pid(): number | null;
  stop(): Promise<void>;
}

/**
 * Starts a Redis server, gives it once it answers, and starts it again with growing delay whenever it dies.
 * @throws what the server said last, when it does not come up the first time.
 */
export async function supervise(options: {
  command: string;
  args: string[];
  socketPath: string;
  logger: RedisLogger;
}): Promise<Supervised> {
  const { command, args, socketPath, logger } = options;
  const stopping = new AbortController();
  let server = launch(command, args);
  // An orderly end of this process, or an uncaught error, takes the server along.
  const takeAlong = () => server.kill('SIGTERM');
  process.once('exit', takeAlong);

  if (!(await isUp(server))) {
    process.off('exit', takeAlong);
    throw new EmbeddedRedisError(`redis-server did not start: ${await server.lastWords()}`);
  }
  const kept = keepAlive();

  /** True as soon as the server answers with its data loaded, false when it ended before. */
  async function isUp(candidate: ServerProcess): Promise<boolean> {
    while (!candidate.isOver()) {
      if (await isReady(socketPath)) {
        candidate.onLine((line) => stopping.signal.aborted || logger.warn({ line }, 'Redis says'));
        return true;
      }
      await sleep(READY_POLL_MS);
    }
    return false;
  }

  async function keepAlive(): Promise<void> {
    let delayMs = FIRST_RESTART_DELAY_MS;
    for (;;) {
      const bornAt = performance.now();
      await server.ended;
      if (performance.now() - bornAt > STEADY_MS) delayMs = FIRST_RESTART_DELAY_MS;
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      logger.warn({ redisPid: server.pid, delayMs }, 'Redis died and is started again');
      delayMs = Math.min(delayMs * 2, MAX_RESTART_DELAY_MS);
      server = launch(command, args);
      void report(server);
    }
  }

  async function report(restarted: ServerProcess): Promise<void> {
    if (await isUp(restarted)) logger.info({ redisPid: restarted.pid }, 'Redis is back');
    else logger.warn({ lastWords: await restarted.lastWords() }, 'Redis did not come back');
  }

  return {
    pid: () => (server.isOver() ? null : server.pid),
    async stop() {
      stopping.abort();
      server.kill('SIGTERM');
      const force = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await kept;
      clearTimeout(force);
      process.off('exit', takeAlong);
    },
  };
}
