// `npm test`: prepares a bare machine, runs all tests of Vitest and Playwright, and counts them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensurePostgres } from './setup/postgres.mjs';
import { ROOT, launcher } from './setup/project.mjs';
import { ensureRedis } from './setup/redis.mjs';
import { nodeBinary } from './setup/runtime.mjs';
import { addUp, playwrightTally, vitestTally } from './setup/tally.mjs';
import { ensureWeb } from './setup/web.mjs';

launcher(() => {
  ensureDependencies();
  ensureRedis();
  ensurePostgres();
  ensureChromium();
  ensureWeb();
  const folder = mkdtempSync(join(tmpdir(), 'muster-reports-'));
  const tallies = [vitest(join(folder, 'vitest.json')), playwright(join(folder, 'playwright.json'))];
  rmSync(folder, { recursive: true });

  const { passed, failed, skipped } = addUp(tallies);
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});

/** @param {string} file where the report goes */
function vitest(file) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const succeeded = runTests(['node_modules/vitest/vitest.mjs', 'run', ...reporters], {});
  return tally('Vitest', succeeded, file, vitestTally);
}

/** @param {string} file where the report goes */
function playwright(file) {
  const command = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'];
  const succeeded = runTests(command, { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  return tally('Playwright', succeeded, file, playwrightTally);
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} settings
 * @returns {boolean} whether the runner is content
 */
function runTests(args, settings) {
  const node = nodeBinary();
  // Whatever a test starts as `node` must be this one, also where an older one is installed.
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH, ...settings };
  return spawnSync(node, args, { cwd: ROOT, env, stdio: 'inherit' }).status === 0;
}

/**
 * Counts a runner's report. A runner that failed although no test did (it crashed, or an error belonged to no
 * test) counts as one failure, and is never passed over.
 * @template Report
 * @param {string} name
 * @param {boolean} succeeded
 * @param {string} file
 * @param {(report: Report) => import('./setup/tally.mjs').Tally} count
 */
function tally(name, succeeded, file, count) {
  const counted = read(file, count) ?? { passed: 0, failed: 0, skipped: 0 };
  if (!succeeded && counted.failed === 0) counted.failed = 1;
  console.log(`${name}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
  return counted;
}

/**
 * @template Report, Result
 * @param {string} file
 * @param {(report: Report) => Result} count
 * @returns {Result | null} null when the runner wrote no report
 */
function read(file, count) {
  try {
    return count(/** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8'))));
  } catch {
    return null;
  }
}
