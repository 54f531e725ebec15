import { spawnSync } from 'node:child_process';
import { ROOT } from './project.mjs';

const PATIENCE_MS = 60_000;
/** A bill of materials is larger than what Node keeps by itself. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/**
 * Runs npm and reads what it says as JSON. npm also ends with a failure when it has found something, so only
 * its words count.
 * @param {...string} args
 * @returns {Record<string, unknown> | null} null when it said nothing readable, as without a network
 */
export function npmAnswer(...args) {
  const { stdout } = spawnSync('npm', [...args, '--fetch-retries=0', '--loglevel=silent'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    return JSON.parse(stdout ?? '');
  } catch {
    return null;
  }
}
