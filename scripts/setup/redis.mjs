import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CACHED_REDIS_SERVER, REDIS_CACHE } from '../../server/log/embedded-redis/binary.mjs';
import { aptInstall } from './apt.mjs';
import { SetUpError, findProgram, outputOf, run, say } from './project.mjs';
import { unpackPackages } from './unpacked.mjs';

/** redis-tools holds the program, redis-server its name; not every machine has the libraries. */
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];

/** Makes sure that a redis-server can be started: the system's, one unpacked earlier, or one fetched now. */
export function ensureRedis() {
  if (findProgram('redis-server') !== null || existsSync(CACHED_REDIS_SERVER)) return;
  say('redis-server is missing; fetching it (once)');
  if (unpackRedis() || aptInstall('redis-server') || brewInstall('redis')) return;
  throw new SetUpError(
    'redis-server is missing and could not be fetched; install it (apt install redis-server, brew install redis) ' +
      'or set REDIS_URL to a Redis of yours.',
  );
}

function unpackRedis() {
  return unpackPackages({
    packages: PACKAGES,
    folder: REDIS_CACHE,
    programs: () => ({ 'redis-server': 'usr/bin/redis-server' }),
    works: (folder) => outputOf(join(folder, 'redis-server'), ['--version']) !== null,
  });
}

/** @param {string} formula */
function brewInstall(formula) {
  return findProgram('brew') !== null && run('brew', ['install', formula]);
}
