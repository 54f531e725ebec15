import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHED_REDIS_SERVER, REDIS_CACHE } from '../../server/log/embedded-redis/binary.mjs';
import { aptDownload, aptInstall } from './apt.mjs';
import { SetUpError, findProgram, outputOf, run, say } from './project.mjs';

/** redis-tools holds the program, redis-server its name; not every machine has the libraries. */
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];

/** Makes sure that a redis-server can be started: the system's, one unpacked earlier, or one fetched now. */
export function ensureRedis() {
  if (findProgram('redis-server') !== null || existsSync(CACHED_REDIS_SERVER)) return;
  say('redis-server is missing; fetching it (once)');
  if (unpack() || aptInstall('redis-server') || brewInstall('redis')) return;
  throw new SetUpError(
    'redis-server is missing and could not be fetched; install it (apt install redis-server, brew install redis) ' +
      'or set REDIS_URL to a Redis of yours.',
  );
}

/**
 * Unpacks the packages of Debian or Ubuntu below the checkout. It needs no root, and unlike an installation
 * it starts no service on the machine.
 * @returns {boolean} whether that Redis runs here
 */
function unpack() {
  mkdirSync(dirname(REDIS_CACHE), { recursive: true });
  const folder = mkdtempSync(`${REDIS_CACHE}-`);
  try {
    if (!aptDownload(PACKAGES, folder)) return false;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
      if (!run('dpkg', ['-x', file, '.'], { cwd: folder })) return false;
      rmSync(join(folder, file));
    }
    writeFileSync(join(folder, 'redis-server'), starter(folder), { mode: 0o755 });
    if (outputOf(join(folder, 'redis-server'), ['--version']) === null) return false;
    rmSync(REDIS_CACHE, { recursive: true, force: true });
    renameSync(folder, REDIS_CACHE);
    return existsSync(CACHED_REDIS_SERVER);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A script that starts the unpacked server with its own libraries, wherever the checkout is moved to.
 * @param {string} folder
 */
function starter(folder) {
  const libraries = ['usr/lib', 'lib']
    .filter((parent) => existsSync(join(folder, parent)))
    .flatMap((parent) => readdirSync(join(folder, parent)).map((name) => `${parent}/${name}`))
    .filter((path) => path.includes('-linux-'))
    .map((path) => `$here/${path}`);
  return `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="${libraries.join(':')}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$here/usr/bin/redis-server" "$@"
`;
}

/** @param {string} formula */
function brewInstall(formula) {
  return findProgram('brew') !== null && run('brew', ['install', formula]);
}
