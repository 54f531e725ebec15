import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const STDERR = 2;
/** Output kept of a quiet command; beyond it Node would end the command. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/** A step that cannot be done here; its message is one sentence that says what to do. */
export class SetUpError extends Error {}

/**
 * Tells the person at the terminal what is going on; standard output stays free for a command's result.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`muster: ${line}\n`);
}

/**
 * Runs a command and waits for it; what it prints goes to standard error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: show its output only when it fails
 * @returns {boolean} whether it ran and ended with 0
 */
export function run(command, args, { cwd = ROOT, env = process.env, quiet = false } = {}) {
  const target = quiet ? 'pipe' : STDERR;
  const ended = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', target, target],
  });
  if (quiet && ended.status !== 0) process.stderr.write(ended.error?.message ?? ended.stdout + ended.stderr);
  return ended.status === 0;
}

/**
 * Runs a command and gives what it printed, or null when it failed.
 * @param {string} command
 * @param {string[]} args
 * @returns {string | null}
 */
export function outputOf(command, args) {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : null;
}

/**
 * Finds the first of several programs on PATH, without starting any.
 * @param {...string} names
 * @returns {string | null} its full path
 */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return null;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether programs may be installed for the whole machine. */
export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * Runs the body of a launcher; a step that cannot be done ends it with its one sentence and exit code 2.
 * @param {() => void} body
 */
export function launcher(body) {
  try {
    body();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exitCode = 2;
  }
}
