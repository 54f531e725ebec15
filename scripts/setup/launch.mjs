import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './project.mjs';
import { nodeBinary } from './runtime.mjs';

// Memory under load (docs/operations.md): rubbish dies before it is taken for old, and what is old is looked through
// more often.
const MEMORY = ['--max-semi-space-size=16', '--heap-growing-percent=60'];

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the server's command line in place of this process, as far as Node can: input, output, signals and exit
 * code are passed on. In a terminal Ctrl-C reaches both processes, so the server hears of it twice.
 * @param {string[]} args
 */
export function launchServer(args) {
  // Node keeps what it compiled, which halves the time until the server's own code runs.
  const env = { NODE_COMPILE_CACHE: join(ROOT, '.cache/compile'), MALLOC_ARENA_MAX: '2', ...process.env };
  const child = spawn(nodeBinary(), [...MEMORY, join(ROOT, 'server/main.ts'), ...args], {
    stdio: 'inherit',
    env,
  });
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}
