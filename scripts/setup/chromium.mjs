import { aptInstall } from './apt.mjs';
import { SetUpError, findProgram, isRoot, outputOf, run, say } from './project.mjs';
import { nodeBinary } from './runtime.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Makes sure that browser tests have a browser: the system's, or else Playwright's own. */
export function ensureChromium() {
  if (systemChromium() !== null || (aptInstall('chromium') && systemChromium() !== null)) return;
  say('no Chromium on this machine; fetching the one of Playwright (once)');
  const libraries = isRoot() ? ['--with-deps'] : [];
  if (!run(nodeBinary(), ['node_modules/@playwright/test/cli.js', 'install', ...libraries, 'chromium'])) {
    throw new SetUpError('Chromium is missing and could not be fetched; install it (apt install chromium).');
  }
}

/**
 * The Chromium of this machine that really starts (on Ubuntu the name may stand for a note about snaps).
 * @returns {string | null} its path
 */
export function systemChromium() {
  const found = NAMES.map((name) => findProgram(name)).find(
    (path) => path !== null && outputOf(path, ['--version']) !== null,
  );
  return found ?? null;
}
