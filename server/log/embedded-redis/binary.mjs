// Plain JavaScript: the launcher imports it on Node 20, before dependencies are there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where set-up unpacks a Redis for a machine that has none. */
export const REDIS_CACHE = fileURLToPath(new URL('../../../.cache/redis', import.meta.url));

/** The unpacked `redis-server`, started through a small script that names its libraries. */
export const CACHED_REDIS_SERVER = join(REDIS_CACHE, 'redis-server');

/**
 * The command that starts a Redis server: the one set-up unpacked, or the system's own.
 * @returns {string}
 */
export function redisServerCommand() {
  return existsSync(CACHED_REDIS_SERVER) ? CACHED_REDIS_SERVER : 'redis-server';
}
