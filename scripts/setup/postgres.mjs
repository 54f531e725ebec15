// PostgreSQL is for tests only: the product reaches one by DATABASE_URL.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { aptInstall } from './apt.mjs';
import { ROOT, SetUpError, findProgram, isRoot, say } from './project.mjs';
import { unpackPackages } from './unpacked.mjs';

const CACHE = join(ROOT, '.cache/postgres');
/** Where Debian and Ubuntu install each version, in a folder of its own and not on PATH. */
const DEBIAN = 'usr/lib/postgresql';
/** Debian's `nobody`, who owns nothing. */
const NOBODY = 65_534;

/**
 * Whom a PostgreSQL of ours runs as: it refuses root.
 * @returns {{ uid: number, gid: number } | undefined} undefined when it is whoever runs this
 */
export const postgresUser = () => (isRoot() ? { uid: NOBODY, gid: NOBODY } : undefined);

/**
 * The folder with `initdb` and `postgres`: of the PATH, of Debian, or unpacked by set-up.
 * @returns {string | null} null when there is none that runs here
 */
export function postgresPrograms() {
  const onPath = findProgram('initdb');
  const candidates = [...(onPath === null ? [] : [dirname(realpathSync(onPath))]), ...versionsIn('/'), CACHE];
  return candidates.find(works) ?? null;
}

/** Makes sure that a PostgreSQL can be started: the system's, one unpacked earlier, or one fetched now. */
export function ensurePostgres() {
  if (postgresPrograms() !== null) return;
  say('PostgreSQL is missing; fetching it for the tests (once)');
  if (unpackPostgres() || (aptInstall('postgresql') && postgresPrograms() !== null)) return;
  throw new SetUpError(
    'PostgreSQL is missing and could not be fetched, and history must be tested on it; install it ' +
      '(apt install postgresql, or any other way that puts initdb and postgres on the PATH).',
  );
}

function unpackPostgres() {
  return unpackPackages({
    packages: ['postgresql'],
    folder: CACHE,
    programs: (folder) => {
      const [version] = versionsIn(folder);
      if (version === undefined) return null;
      const path = relative(folder, version);
      return { initdb: `${path}/initdb`, postgres: `${path}/postgres` };
    },
    works: (folder) => {
      // Made for one user; the server may run as another.
      chmodSync(folder, 0o755);
      return works(folder);
    },
  });
}

/**
 * The program folders of all versions below a root, newest first.
 * @param {string} root
 * @returns {string[]}
 */
function versionsIn(root) {
  const folder = join(root, DEBIAN);
  const versions = existsSync(folder) ? readdirSync(folder) : [];
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(folder, version, 'bin'));
}

/**
 * Whether both programs run as the user they will run as.
 * @param {string} folder
 */
function works(folder) {
  return ['initdb', 'postgres'].every(
    (name) =>
      spawnSync(join(folder, name), ['--version'], { stdio: 'ignore', ...postgresUser() }).status === 0,
  );
}
