import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aptDownload } from './apt.mjs';
import { run } from './project.mjs';

/**
 * Unpacks packages of Debian or Ubuntu, with what they need, below the checkout. It needs no root, and unlike an
 * installation it starts no service on the machine.
 * @param {object} wish
 * @param {string[]} wish.packages
 * @param {string} wish.folder where they go, replaced only when everything went well
 * @param {(folder: string) => Record<string, string> | null} wish.programs what to start at the top of the folder, by
 *   name, and where it lies below; null when it did not come
 * @param {(folder: string) => boolean} wish.works whether they run here
 * @returns {boolean} whether they are there now
 */
export function unpackPackages({ packages, folder, programs, works }) {
  mkdirSync(dirname(folder), { recursive: true });
  const unpacked = mkdtempSync(`${folder}-`);
  try {
    if (!aptDownload(packages, unpacked)) return false;
    for (const file of readdirSync(unpacked).filter((name) => name.endsWith('.deb'))) {
      if (!run('dpkg', ['-x', file, '.'], { cwd: unpacked })) return false;
      rmSync(join(unpacked, file));
    }
    const found = programs(unpacked);
    if (found === null) return false;
    for (const [name, path] of Object.entries(found)) {
      writeFileSync(join(unpacked, name), starter(unpacked, path), { mode: 0o755 });
    }
    if (!works(unpacked)) return false;
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
    return true;
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

/**
 * A script that starts an unpacked program with its own libraries, wherever the checkout is moved to.
 * @param {string} folder
 * @param {string} program
 */
function starter(folder, program) {
  const libraries = ['usr/lib', 'lib']
    .filter((parent) => existsSync(join(folder, parent)))
    .flatMap((parent) => readdirSync(join(folder, parent)).map((name) => `${parent}/${name}`))
    .filter((path) => path.includes('-linux-'))
    .map((path) => `$here/${path}`);
  return `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="${libraries.join(':')}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$here/${program}" "$@"
`;
}
