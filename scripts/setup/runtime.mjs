import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SetUpError } from './project.mjs';

const BUNDLED = join(ROOT, 'node_modules/.bin/node');
/** Runs TypeScript by stripping the types and has SQLite without a flag. */
const OLDEST_NODE = [22, 18];

/**
 * The Node that runs the product: the one its dependencies bring, or this one when it is new enough.
 * Call after dependencies are there.
 * @returns {string} its path
 */
export function nodeBinary() {
  if (existsSync(BUNDLED)) return BUNDLED;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return process.execPath;
  throw new SetUpError(
    `Node ${process.versions.node} is too old and none is packaged for ${process.platform} ${process.arch}; ` +
      `install Node 24 and start again.`,
  );
}
