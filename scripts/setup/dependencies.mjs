import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SetUpError, run, say } from './project.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/** Installs the packages of package-lock.json unless they are there already. */
export function ensureDependencies() {
  // npm writes this file last, so it is the stamp: an interrupted install leaves none.
  const installed = packagesOf('node_modules/.package-lock.json');
  const wanted = packagesOf('package-lock.json') ?? {};
  if (installed !== null && satisfies(installed, wanted)) return;
  say('installing dependencies (once, about half a minute)');
  if (!run('npm', ['ci', '--loglevel=error'])) {
    throw new SetUpError('npm ci failed; see its message above (the first start needs the network).');
  }
}

/**
 * Whether all wanted packages are installed in the wanted version; optional ones may be absent, as those of
 * other platforms are.
 * @param {Packages} installed
 * @param {Packages} wanted
 * @returns {boolean}
 */
export function satisfies(installed, wanted) {
  return Object.entries(wanted).every(([path, { version, optional = false }]) => {
    if (path === '') return true;
    const present = installed[path];
    return present === undefined ? optional : present.version === version;
  });
}

/**
 * @param {string} file
 * @returns {Packages | null}
 */
function packagesOf(file) {
  try {
    const lock = /** @type {{ packages: Packages }} */ (JSON.parse(readFileSync(join(ROOT, file), 'utf8')));
    return lock.packages;
  } catch {
    return null;
  }
}
