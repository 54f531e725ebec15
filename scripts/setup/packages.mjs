/**
 * What may be among the packages: exact versions, whole hashes, the public registry, licences that ask for no more
 * than a notice.
 */

/** @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Manifest */
/** @typedef {{ version?: string, resolved?: string, integrity?: string, license?: string, dev?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ name: string, version: string, licence: string, ships: boolean }} Licensed */

const REGISTRY = 'registry.npmjs.org';
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const FOLDER = 'node_modules/';

/** Licences of what is shipped to customers. */
const PERMISSIVE = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
]);
/** MPL-2.0 binds only those who change its files; it is among the tools that are never shipped. */
const FOR_TOOLS = new Set([...PERMISSIVE, 'MPL-2.0', 'CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'Unlicense']);

/** Packages whose manifest names no licence in the usual field; read in their own files. */
const READ_BY_HAND = new Map([
  ['@inlang/plugin-message-format', 'MIT'],
  ['sqlite-wasm-kysely', 'MIT'],
  ['xmlhttprequest-ssl', 'MIT'],
]);

/**
 * The licence of every package of a lock file, by name.
 * @param {Record<string, LockedPackage>} locked
 * @returns {Licensed[]}
 */
export function licences(locked) {
  return installed(locked).map(({ name, version = '', license, dev = false }) => ({
    name,
    version,
    licence: license ?? READ_BY_HAND.get(name) ?? 'unknown',
    ships: !dev,
  }));
}

/**
 * What is wrong with the packages, one sentence each.
 * @param {Manifest} manifest
 * @param {Record<string, LockedPackage>} locked
 * @returns {string[]}
 */
export function packageFaults(manifest, locked) {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  const loose = Object.entries(asked).filter(([, version]) => !EXACT.test(version));
  const unhashed = installed(locked).filter(({ integrity = '' }) => !integrity.startsWith('sha512-'));
  const foreign = installed(locked).filter(({ resolved }) => resolved && new URL(resolved).host !== REGISTRY);
  const unlicensed = licences(locked).filter(({ licence, ships }) => !isAllowed(licence, ships));
  return [
    ...loose.map(([name, version]) => `${name} is asked for as ${version}, not as one exact version`),
    ...unhashed.map(({ name }) => `${name} has no SHA-512 in package-lock.json`),
    ...foreign.map(({ name }) => `${name} comes from another place than the public registry`),
    ...unlicensed.map(({ name, licence }) => `${name} has a licence nobody agreed to: ${licence}`),
  ];
}

/**
 * @param {Record<string, LockedPackage>} locked
 * @returns {(LockedPackage & { name: string })[]}
 */
const installed = (locked) =>
  Object.entries(locked)
    .filter(([path, { link }]) => path !== '' && !link)
    .map(([path, entry]) => ({ ...entry, name: path.slice(path.lastIndexOf(FOLDER) + FOLDER.length) }));

/**
 * An SPDX expression is allowed when one of its alternatives is.
 * @param {string} licence
 * @param {boolean} ships
 */
function isAllowed(licence, ships) {
  const allowed = ships ? PERMISSIVE : FOR_TOOLS;
  const alternatives = licence.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((alternative) => alternative.split(' AND ').every((part) => allowed.has(part)));
}
