import { readConfig } from '../config.ts';
import { addSourceKey } from '../network.ts';
import { Id } from '#shared/ids.ts';
import { UsageError } from './result.ts';

/** `muster source-key`: prints a new key once; a running server takes it at once. */
export function sourceKey(options: { source: string; branches: string }): void {
  const branches = options.branches.split(',').map((branch) => branch.trim());
  for (const id of [options.source, ...branches]) {
    if (!Id.safeParse(id).success) throw new UsageError(`${JSON.stringify(id)} is not an id`);
  }
  const { dataDir } = readConfig();
  const key = addSourceKey(dataDir, options.source, branches);
  process.stdout.write(`${key}\n`);
  process.stderr.write('Kept nowhere but here; only its hash is in network.json.\n');
}
