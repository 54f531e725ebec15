import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isRoot, outputOf, run, say } from './project.mjs';

const UNATTENDED = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Installs a package of Debian or Ubuntu for the whole machine.
 * @param {string} name
 * @returns {boolean} whether it is installed now; always false without root
 */
export function aptInstall(name) {
  if (!isRoot() || findProgram('apt-get') === null) return false;
  say(`installing ${name} with apt-get`);
  const install = () =>
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], {
      env: UNATTENDED,
      quiet: true,
    });
  return install() || (run('apt-get', ['update', '-q'], { env: UNATTENDED, quiet: true }) && install());
}

/**
 * Downloads packages, and what else they need on this machine, into a folder; needs no root.
 * @param {string[]} names
 * @param {string} folder
 * @returns {boolean} whether all are there
 */
export function aptDownload(names, folder) {
  if (findProgram('apt-get') === null) return false;
  const download = (/** @type {string[]} */ options) =>
    run('apt-get', [...options, 'download', ...new Set([...names, ...alsoNeeded(names, options)])], {
      cwd: folder,
      quiet: true,
    });
  if (download([])) return true;
  // A slim image ships without package lists: fetch them to a place that needs no root.
  const lists = join(folder, 'lists');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const options = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${lists}`];
  const downloaded = run('apt-get', [...options, 'update'], { quiet: true }) && download(options);
  rmSync(lists, { recursive: true });
  return downloaded;
}

/**
 * The packages an installation would add.
 * @param {string[]} names
 * @param {string[]} options
 * @returns {string[]}
 */
function alsoNeeded(names, options) {
  const plan = outputOf('apt-get', [
    ...options,
    'install',
    '--simulate',
    '--no-install-recommends',
    ...names,
  ]);
  return [...(plan ?? '').matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
}
