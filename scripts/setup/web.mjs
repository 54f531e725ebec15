import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SetUpError, run, say } from './project.mjs';
import { nodeBinary } from './runtime.mjs';

/** The consoles, and then the walls beside them. */
const CONFIGS = ['vite.config.ts', 'vite.walls.config.ts'];
const INPUTS = [
  'web',
  'shared',
  ...readdirSync(ROOT).filter((name) => name.startsWith('vite.')),
  'package-lock.json',
];
/** Written by the build itself. */
const GENERATED = 'paraglide';
/** What the last build was made from. */
const STAMP = join(ROOT, 'build/web.inputs');

/** Builds the web app unless what it is made of is unchanged since the last build. */
export function ensureWeb() {
  const inputs = fingerprint();
  if (inputs === lastInputs()) return;
  say('building the web app');
  rmSync(STAMP, { force: true });
  const build = (/** @type {string} */ config) =>
    run(nodeBinary(), ['node_modules/vite/bin/vite.js', 'build', '--config', config], { quiet: true });
  if (!CONFIGS.every(build)) {
    throw new SetUpError('the web app could not be built; see the message above.');
  }
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  writeFileSync(STAMP, inputs);
}

/** A digest of the names and contents of all inputs; 10 ms for a few hundred files. */
function fingerprint() {
  const hash = createHash('sha1');
  for (const input of INPUTS) addTo(hash, input);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path relative to the checkout
 */
function addTo(hash, path) {
  const full = join(ROOT, path);
  if (!statSync(full).isDirectory()) {
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    return;
  }
  for (const name of readdirSync(full).sort()) {
    if (name !== GENERATED) addTo(hash, join(path, name));
  }
}

function lastInputs() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
}
