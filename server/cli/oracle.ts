/** `muster oracle`: cases with known answers through the production functions. */
import { basename } from 'node:path';
import { readOracles } from './oracle/read-oracles.ts';
import { runOracles } from './oracle/run-oracles.ts';
import { printResult, progress } from './result.ts';

/** Prints what failed, how near each kind comes and what is not covered. */
export async function oracle(file: string): Promise<void> {
  const oracles = await readOracles(file);
  const startedAt = performance.now();
  const report = runOracles(oracles, progress);
  printResult({
    ...report,
    seconds: Math.round((performance.now() - startedAt) / 10) / 100,
    dataset: basename(file),
    seed: null,
  });
}
