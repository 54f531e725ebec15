/** The log a command works on: the configured Redis, or an embedded one in a data folder. */
import type { Logger } from '../logger.ts';
import { startEmbeddedRedis } from '../log/embedded-redis.ts';
import type { EventLog } from '../log/event-log.ts';
import { openRedis, type RedisAddress } from '../log/redis-connection.ts';
import { openRedisEventLog } from '../log/redis-event-log.ts';

export interface OpenLog {
  log: EventLog;
  /** For others who open it too. */
  address: RedisAddress;
  /** To be called last, after the log itself is closed. */
  stop(): Promise<void>;
}

/** Opens the log; with `empty` everything in it is dropped first. */
export async function openLog(
  where: { redisUrl: string } | { folder: string },
  logger: Logger,
  options: { empty?: boolean } = {},
): Promise<OpenLog> {
  const { address, stop } = await reach(where, logger);
  if (options.empty === true) await dropAll(address, logger);
  // Nobody else reaches the embedded one: its data folder is ours while it runs.
  const soleWriter = 'folder' in where;
  return { log: await openRedisEventLog(address, logger, { soleWriter }), address, stop };
}

async function reach(
  where: { redisUrl: string } | { folder: string },
  logger: Logger,
): Promise<{ address: RedisAddress; stop: () => Promise<void> }> {
  if ('redisUrl' in where) return { address: { url: where.redisUrl }, stop: () => Promise.resolve() };
  const redis = await startEmbeddedRedis({ folder: where.folder, logger });
  return { address: { socketPath: redis.socketPath }, stop: () => redis.stop() };
}

async function dropAll(address: RedisAddress, logger: Logger): Promise<void> {
  const redis = await openRedis(address, logger);
  await redis.send(['FLUSHALL']);
  await redis.close();
}
